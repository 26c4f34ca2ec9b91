import { type Comparison, faithful, refusal, relativeAnswer } from '../estimator.ts'
import { Random } from '../random.ts'
import { ONE_LOOK } from '../read-once.ts'
import { type Sample, type SampleTest, type SampleTestSettings, sampleProblem } from '../sample-test.ts'
import { normalQuantile } from '../statistics/distributions/normal-quantile.ts'
import { isProblem } from '../statistics/effects/effect.ts'
import { meanEffect } from '../statistics/effects/mean-effect.ts'
import { relativeInterval } from '../statistics/effects/relative-interval.ts'
import { summariseSample } from '../statistics/hypothesis-tests/sample-summary.ts'
import { tMargin } from '../statistics/hypothesis-tests/t-inference.ts'
import { exactPermutationTest, monteCarloPermutationTest } from '../statistics/resampling/permutation-test.ts'

/** Unless asked otherwise so many, or as many as this budget of moved units allows. */
const USUAL_DRAWS = 9999
const MOVES = 6e7
const FEWEST_DRAWS = 999

/**
 * Permutation test of the difference of means: had the variants been dealt out otherwise, how often would they differ as
 * much? All rearrangements where they are at most ten million, else drawn ones. Welch's interval beside it.
 *
 * Source: Fisher 1935, The Design of Experiments, section 21; Pitman 1937, doi:10.2307/2984124; drawn: Phipson & Smyth
 * 2010, doi:10.2202/1544-6115.1585; interval: Welch 1947, doi:10.1093/biomet/34.1-2.28.
 */
export const permutation: SampleTest = {
  name: 'permutation',
  metricKinds: ['mean', 'count', 'proportion'],
  inference: 'fixed-horizon',
  compare,
}

function compare(control: Sample, treatment: Sample, settings: SampleTestSettings): Comparison {
  const problem = sampleProblem(control, treatment)
  if (problem) return refusal(problem)
  const { alpha } = settings
  const effect = meanEffect(momentsOf(control), momentsOf(treatment))
  if (isProblem(effect)) return refusal(effect)
  const { pValue, permutations, isExact } = rearrange(control, treatment, settings)
  const { estimate, standardError, degreesOfFreedom } = effect
  const margin = tMargin(standardError, degreesOfFreedom, alpha)
  return faithful({
    status: 'ok',
    method: `permutation test of means, ${isExact ? 'all' : 'drawn'} ${permutations.toLocaleString('en-US')} rearrangements, Welch's interval`,
    inference: 'fixed-horizon',
    absolute: { estimate, low: estimate - margin, high: estimate + margin },
    relative: relativeAnswer(relativeInterval(effect, -normalQuantile(alpha / 2)), 'normal quantile'),
    standardError,
    statistic: estimate / standardError,
    degreesOfFreedom,
    pValue,
    log10PValue: Math.log10(pValue),
    alpha,
    assumptions: [
      'Units were assigned at random, independently of each other; p takes nothing else for granted.',
      'p is of the hypothesis that no unit is changed at all; with unequal sizes and spreads it is not a test of equal means.',
      ...(isExact
        ? []
        : [`p is known to within about √(p / ${permutations}), and never below 1 / ${permutations}.`]),
      ONE_LOOK,
    ],
  })
}

function rearrange(control: Sample, treatment: Sample, { seed, replicates }: SampleTestSettings) {
  const [c, t] = [Array.from(control.values), Array.from(treatment.values)]
  const exact = exactPermutationTest(c, t)
  if (exact) return { ...exact, isExact: true }
  const affordable = Math.floor(MOVES / Math.min(c.length, t.length))
  const drawn = replicates ?? Math.min(USUAL_DRAWS, Math.max(FEWEST_DRAWS, affordable))
  return { ...monteCarloPermutationTest(c, t, drawn, new Random(seed)), isExact: false }
}

function momentsOf({ values }: Sample) {
  const { units, mean, variance } = summariseSample(values)
  return { units, mean: [mean], covariance: [[variance]] }
}
