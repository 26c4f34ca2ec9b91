import {
  independence,
  independenceCorrected,
  likelihoodRatioTest,
  sampleRatioTest,
} from '../../../packages/engine/src/statistics/hypothesis-tests/chi-square-tests.ts'
import {
  type FourfoldTable,
  fisherExact,
} from '../../../packages/engine/src/statistics/hypothesis-tests/fisher-exact.ts'
import { rateTest } from '../../../packages/engine/src/statistics/hypothesis-tests/poisson-rates.ts'
import {
  pooledProportionTest,
  unpooledProportionTest,
} from '../../../packages/engine/src/statistics/hypothesis-tests/proportion-tests.ts'
import type { BinarySample } from '../../../packages/engine/src/statistics/intervals/proportion-intervals.ts'
import { ALPHA, type Band, FALSE_POSITIVES } from '../band.ts'
import { binomialWindow, eachPair, poissonWindow } from '../populations/counts.ts'
import { type Enumerated, enumeration, type Study } from '../study.ts'
import { sampleOf } from './estimators-one-look.ts'

const { approximate, atMost } = FALSE_POSITIVES

interface CountTest {
  readonly name: string
  readonly band: Band
  pValue(control: BinarySample, treatment: BinarySample): number
}

const tableOf = (control: BinarySample, treatment: BinarySample): FourfoldTable => [
  [control.successes, control.trials - control.successes],
  [treatment.successes, treatment.trials - treatment.successes],
]

const PROPORTION_TESTS: readonly CountTest[] = [
  { name: 'z, pooled', band: approximate, pValue: (c, t) => pooledProportionTest(c, t).pValue },
  { name: 'z, unpooled', band: approximate, pValue: (c, t) => unpooledProportionTest(c, t).pValue },
  { name: 'chi-square', band: approximate, pValue: (c, t) => independence(tableOf(c, t)).pValue },
  { name: 'chi-square, Yates', band: atMost, pValue: (c, t) => independenceCorrected(tableOf(c, t)).pValue },
  {
    name: 'likelihood ratio (G)',
    band: approximate,
    pValue: (c, t) => likelihoodRatioTest(tableOf(c, t)).pValue,
  },
  { name: 'Fisher, exact', band: atMost, pValue: (c, t) => fisherExact(tableOf(c, t)).pValue },
]

const PROPORTIONS = [
  { trials: 100, rate: 0.05 },
  { trials: 100, rate: 0.3 },
  { trials: 1000, rate: 0.005 },
  { trials: 1000, rate: 0.05 },
  { trials: 1000, rate: 0.3 },
]

/** Two counts with the same rate: all pairs of counts are gone through, so there is no error of simulation. */
export const testsOfProportions: readonly Study[] = PROPORTIONS.map(({ trials, rate }) =>
  enumeration(
    `tests of proportions/${trials}/${rate}`,
    PROPORTION_TESTS.map(({ name, band }) => ({
      section: 'false-positives',
      measure: 'Tests of two proportions and of two rates',
      method: name,
      population: `binomial, ${100 * rate} %`,
      sample: sampleOf(trials),
      band,
    })),
    () => {
      const window = binomialWindow(trials, rate)
      return PROPORTION_TESTS.map(({ pValue }) =>
        sizeOf(window, (a, b) => pValue({ successes: a, trials }, { successes: b, trials })),
      )
    },
  ),
)

const RATE_TESTS = [
  { name: 'Poisson, exact', band: atMost, key: 'pValueExact' },
  { name: 'Poisson, score', band: approximate, key: 'pValueScore' },
] as const

export const testsOfRates: readonly Study[] = [3, 10, 100].map((events) =>
  enumeration(
    `tests of rates/${events}`,
    RATE_TESTS.map(({ name, band }) => ({
      section: 'false-positives',
      measure: 'Tests of two proportions and of two rates',
      method: name,
      population: 'Poisson',
      sample: `${events} events expected`,
      band,
    })),
    () => {
      const window = poissonWindow(events)
      return RATE_TESTS.map(({ key }) =>
        sizeOf(window, (a, b) => rateTest({ events: a, exposure: 1 }, { events: b, exposure: 1 })[key]),
      )
    },
  ),
)

const SAMPLE_RATIOS = [
  { units: 1000, share: 0.5, alpha: ALPHA, name: 'halves' },
  { units: 100_000, share: 0.5, alpha: ALPHA, name: 'halves' },
  { units: 100_000, share: 0.1, alpha: ALPHA, name: '10 : 90' },
]

/** The test of sample sizes that an analysis begins with, at one look. */
export const testsOfSampleRatio: readonly Study[] = SAMPLE_RATIOS.map(({ units, share, alpha, name }) =>
  enumeration(
    `sample ratio/${units}/${share}`,
    [
      {
        section: 'false-positives',
        measure: 'Checks of an experiment',
        method: 'sample ratio, chi-square',
        population: name,
        sample: `${sampleOf(units)} of both`,
        band: approximate,
      },
    ],
    () => {
      let found = 0
      for (const { count, probability } of binomialWindow(units, share))
        if (sampleRatioTest([count, units - count], [share, 1 - share]).pValue < alpha) found += probability
      return [{ value: found }]
    },
  ),
)

/** Probability that p is below alpha. Two equal counts of 0 or of all have no test: no finding. */
function sizeOf(
  window: ReturnType<typeof binomialWindow>,
  pValue: (first: number, second: number) => number,
): Enumerated {
  let found = 0
  eachPair(window, window, (a, b, probability) => {
    if (pValue(a, b) < ALPHA) found += probability
  })
  return { value: found }
}
