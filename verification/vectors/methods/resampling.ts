import { summariseSample } from '../../../packages/engine/src/statistics/hypothesis-tests/sample-summary.ts'
import { sampleQuantile } from '../../../packages/engine/src/statistics/metrics/sample-quantile.ts'
import { bootstrap, type Statistic } from '../../../packages/engine/src/statistics/resampling/bootstrap.ts'
import { exactPermutationTest } from '../../../packages/engine/src/statistics/resampling/permutation-test.ts'
import type { VectorMethods } from '../vector-method.ts'

const STATISTICS: Readonly<Record<string, Statistic>> = {
  mean: (sample) => summariseSample(sample).mean,
  median: (sample) => sampleQuantile(sample.toSorted(), 0.5),
  p90: (sample) => sampleQuantile(sample.toSorted(), 0.9),
  sd: (sample) => Math.sqrt(summariseSample(sample).variance),
}

export const resampling: VectorMethods = {
  'permutation-exact': {
    title: 'exact permutation test, difference in means (two-sided by |diff|)',
    compute: ({ control, treatment }) => {
      const test = exactPermutationTest(control, treatment)
      return {
        diff: test?.estimate,
        permutations: test?.permutations,
        p_two_sided_exact: test?.pValue,
        p_greater_exact: test?.pValueGreater,
      }
    },
  },
  'bootstrap-bca': {
    title: 'percentile, basic and BCa bootstrap intervals with a reproducible generator',
    compute: ({ x, statistic, B, seed }) => {
      const settings = { replicates: B, alpha: 0.05, uniform: mulberry32(seed) }
      const result = bootstrap(x, STATISTICS[statistic] ?? (() => Number.NaN), settings)
      if (!result) return undefined
      return {
        theta_hat: result.estimate,
        bootstrap_mean: result.mean,
        bootstrap_sd: result.standardError,
        z0: result.biasCorrection,
        acceleration: result.acceleration,
        percentile95: [result.percentile.low, result.percentile.high],
        bca_alphas: [result.bcaShares.low, result.bcaShares.high],
        bca95: [result.bca.low, result.bca.high],
        basic95: [result.basic.low, result.basic.high],
        first_5_replicates: [...result.replicates.slice(0, 5)],
      }
    },
  },
}

/** The generator that the reference values were drawn with. */
function mulberry32(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
