import type { Random } from '../../../packages/engine/src/random.ts'
import { brunnerMunzelTest } from '../../../packages/engine/src/statistics/hypothesis-tests/brunner-munzel.ts'
import { kruskalWallisTest } from '../../../packages/engine/src/statistics/hypothesis-tests/kruskal-wallis.ts'
import { mannWhitneyTest } from '../../../packages/engine/src/statistics/hypothesis-tests/mann-whitney.ts'
import {
  oneWayAnova,
  welchAnova,
} from '../../../packages/engine/src/statistics/hypothesis-tests/one-way-anova.ts'
import { pairedTTest } from '../../../packages/engine/src/statistics/hypothesis-tests/paired-t-test.ts'
import { summariseSample } from '../../../packages/engine/src/statistics/hypothesis-tests/sample-summary.ts'
import {
  pooledTTest,
  welchTTest,
} from '../../../packages/engine/src/statistics/hypothesis-tests/two-sample-t-tests.ts'
import { quantileEffect } from '../../../packages/engine/src/statistics/metrics/quantile-effect.ts'
import { quantileEstimate, sorted } from '../../../packages/engine/src/statistics/metrics/sample-quantile.ts'
import { bootstrapDifference } from '../../../packages/engine/src/statistics/resampling/bootstrap.ts'
import { monteCarloPermutationTest } from '../../../packages/engine/src/statistics/resampling/permutation-test.ts'
import { normalVariate } from '../../../packages/engine/src/statistics/variates/variates.ts'
import { ALPHA, type Band, FALSE_POSITIVES, FOR_CONTRAST } from '../band.ts'
import { logNormalVariate, revenueVariate } from '../populations/population.ts'
import { type Study, simulation } from '../study.ts'

const { exact, approximate, atMost } = FALSE_POSITIVES

/** Groups of values that do not differ in what is tested. */
interface Situation {
  readonly name: string
  readonly sizes: readonly number[]
  draw(random: Random, group: number): number
}

interface ValueTest {
  readonly name: string
  readonly band: Band
  /** NaN counts as no finding. */
  pValue(groups: readonly Float64Array[], random: Random): number
}

const normalValues = (sizes: readonly number[]): Situation => ({
  name: 'normal',
  sizes,
  draw: normalVariate,
})

/** The smaller variant varies three times as much. */
const unequalSpread = (sizes: readonly number[]): Situation => ({
  name: 'normal, deviations 3 : 1',
  sizes,
  draw: (random, group) => (group === 0 ? 3 : 1) * normalVariate(random),
})

const logNormalValues = (sizes: readonly number[]): Situation => ({
  name: 'log-normal, skewness 11',
  sizes,
  draw: logNormalVariate,
})

const revenueValues = (sizes: readonly number[]): Situation => ({
  name: 'revenue, 90 % zeros',
  sizes,
  draw: revenueVariate,
})

const ratings = (sizes: readonly number[]): Situation => ({
  name: 'ratings 1 to 5, many ties',
  sizes,
  draw: (random) => 1 + Math.floor(5 * random.next() ** 0.7),
})

type Groups = readonly Float64Array[]

const summaries = (groups: Groups) => groups.map(summariseSample)

function two<T>([first, second]: readonly T[]): readonly [T, T] {
  return [first as T, second as T]
}

const pooledT = (band: Band): ValueTest => ({
  name: 'pooled t',
  band,
  pValue: (groups) => pooledTTest(...two(summaries(groups)), ALPHA).pValue,
})
const welchT = (band: Band): ValueTest => ({
  name: 'Welch t',
  band,
  pValue: (groups) => welchTTest(...two(summaries(groups)), ALPHA).pValue,
})
const mannWhitney = (band: Band): ValueTest => ({
  name: 'Mann–Whitney',
  band,
  pValue: (groups) => mannWhitneyTest(...two(groups)).pValue,
})
const mannWhitneyCorrected: ValueTest = {
  name: 'Mann–Whitney, continuity correction',
  band: atMost,
  pValue: (groups) => mannWhitneyTest(...two(groups)).pValueCorrected,
}
const mannWhitneyExact: ValueTest = {
  name: 'Mann–Whitney, exact',
  band: atMost,
  pValue: (groups) => mannWhitneyTest(...two(groups)).pValueExact,
}
const brunnerMunzel: ValueTest = {
  name: 'Brunner–Munzel',
  band: approximate,
  pValue: (groups) => brunnerMunzelTest(...two(groups)).pValue,
}
const permutation: ValueTest = {
  name: 'permutation of the mean, 199 drawn',
  band: atMost,
  pValue: (groups, random) => {
    const [control, treatment] = two(groups.map((group) => Array.from(group)))
    return monteCarloPermutationTest(control, treatment, 199, random).pValue
  },
}
const anova = (band: Band): ValueTest => ({
  name: 'one-way ANOVA',
  band,
  pValue: (groups) => oneWayAnova(summaries(groups)).pValue,
})
const anovaOfWelch: ValueTest = {
  name: 'Welch ANOVA',
  band: approximate,
  pValue: (groups) => welchAnova(summaries(groups)).pValue,
}
const kruskalWallis: ValueTest = {
  name: 'Kruskal–Wallis',
  band: approximate,
  pValue: (groups) => kruskalWallisTest(groups).pValue,
}
const pairedT: ValueTest = {
  name: 'paired t',
  band: exact,
  pValue: (groups) => pairedTTest(...two(groups.map((group) => Array.from(group))), ALPHA).pValue,
}
const quantile = (level: number, name: string, band: Band): ValueTest => ({
  name,
  band,
  pValue: (groups) => {
    const [control, treatment] = two(groups.map((group) => quantileEstimate(sorted(group), level, ALPHA)))
    return pOfInterval(quantileEffect(control, treatment, ALPHA))
  },
})
const bootstrapMeans: ValueTest = {
  name: 'bootstrap BCa of the mean, 999 drawn',
  band: approximate,
  pValue: (groups, random) =>
    pOfInterval(
      bootstrapDifference(...two(groups), meanOf, {
        replicates: 999,
        alpha: ALPHA,
        uniform: () => random.next(),
      })?.bca,
    ),
}

function pOfInterval(interval: { readonly low: number; readonly high: number } | undefined): number {
  return interval && (interval.low > 0 || interval.high < 0) ? 0 : 1
}

function meanOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

const RUNS = 20_000

interface Plan {
  readonly situation: Situation
  readonly tests: readonly ValueTest[]
  readonly experiments?: number
}

const MEDIAN = quantile(0.5, 'median, order statistics', approximate)
const HIGH_QUANTILE = quantile(0.9, '90 % quantile, order statistics', approximate)

/** Beyond 100 units in each the ranks are compared by the normal approximation, below also exactly. */
const PLANS: readonly Plan[] = [
  { situation: normalValues([10, 10]), tests: [pooledT(exact), mannWhitneyExact, mannWhitneyCorrected] },
  {
    situation: normalValues([20, 20]),
    tests: [pooledT(exact), welchT(approximate), pairedT, permutation, brunnerMunzel, mannWhitneyExact],
  },
  {
    situation: normalValues([110, 110]),
    tests: [
      pooledT(exact),
      welchT(approximate),
      pairedT,
      mannWhitney(approximate),
      mannWhitneyCorrected,
      brunnerMunzel,
      MEDIAN,
    ],
  },
  {
    situation: unequalSpread([20, 80]),
    tests: [welchT(approximate), brunnerMunzel, pooledT(FOR_CONTRAST)],
  },
  { situation: unequalSpread([30, 400]), tests: [mannWhitney(FOR_CONTRAST)], experiments: 10_000 },
  {
    situation: logNormalValues([110, 110]),
    tests: [
      welchT(approximate),
      pooledT(approximate),
      permutation,
      mannWhitney(approximate),
      brunnerMunzel,
      MEDIAN,
      HIGH_QUANTILE,
    ],
    experiments: 10_000,
  },
  { situation: logNormalValues([100, 100]), tests: [bootstrapMeans], experiments: 2000 },
  {
    situation: logNormalValues([1000, 1000]),
    tests: [welchT(approximate), mannWhitney(approximate), MEDIAN, HIGH_QUANTILE],
    experiments: 4000,
  },
  {
    situation: logNormalValues([200, 1800]),
    tests: [welchT(approximate), permutation, mannWhitney(approximate)],
    experiments: 3000,
  },
  {
    situation: revenueValues([100, 100]),
    tests: [welchT(approximate), permutation, mannWhitney(approximate)],
    experiments: 10_000,
  },
  {
    situation: ratings([50, 50]),
    tests: [welchT(approximate), mannWhitney(approximate), brunnerMunzel],
  },
  { situation: normalValues([20, 20, 20]), tests: [anova(exact), anovaOfWelch, kruskalWallis] },
  { situation: unequalSpread([20, 50, 80]), tests: [anovaOfWelch, anova(FOR_CONTRAST)] },
  {
    situation: logNormalValues([100, 100, 100]),
    tests: [anova(approximate), anovaOfWelch, kruskalWallis],
    experiments: 10_000,
  },
  { situation: ratings([50, 50, 50]), tests: [anovaOfWelch, kruskalWallis] },
]

/** Tests that take the values of the units, where nothing differs in what they test. */
export const testsOfValues: readonly Study[] = PLANS.map(({ situation, tests, experiments = RUNS }) =>
  simulation({
    name: `tests of values/${situation.name}/${situation.sizes.join('/')}/${tests.length}`,
    experiments,
    questions: tests.map(({ name, band }) => ({
      section: 'false-positives',
      measure: 'Tests on the values of the units',
      method: name,
      population: situation.name,
      sample: situation.sizes.join(' / '),
      band,
    })),
    experiment: (random, see) => {
      const groups = situation.sizes.map((size, group) =>
        Float64Array.from({ length: size }, () => situation.draw(random, group)),
      )
      for (const [i, test] of tests.entries()) see(i, test.pValue(groups, random) < ALPHA)
    },
  }),
)
