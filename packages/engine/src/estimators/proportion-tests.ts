import type { Estimator } from '../estimator.ts'
import { type ProportionTestResult, proportionEstimator } from '../proportion-test.ts'
import { normalLog10TwoSidedP, normalTwoSidedP } from '../statistics/distributions/normal.ts'
import { independence, likelihoodRatioTest } from '../statistics/hypothesis-tests/chi-square-tests.ts'
import { fisherExact } from '../statistics/hypothesis-tests/fisher-exact.ts'
import {
  pooledProportionTest,
  unpooledProportionTest,
} from '../statistics/hypothesis-tests/proportion-tests.ts'
import {
  agrestiCaffoInterval,
  unpooledStandardError,
  waldInterval,
} from '../statistics/intervals/proportion-difference-intervals.ts'
import {
  type BinarySample,
  newcombeInterval,
  proportionDifference,
} from '../statistics/intervals/proportion-intervals.ts'
import {
  miettinenNurminenInterval,
  miettinenNurminenStatistic,
} from '../statistics/intervals/score-interval.ts'

const LARGE = 'Successes and failures are many enough for the normal approximation.'
const MAY_DISAGREE = 'Interval and p are not each other’s inverse; near alpha they may disagree.'

/** Unpooled z with Wald's interval; Newcombe 1998, method 1, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I. */
export const unpooledZ: Estimator = proportionEstimator({
  name: 'z-unpooled',
  method: 'two-proportion z, unpooled, Wald interval',
  assumptions: [LARGE],
  test: unpooledProportionTest,
  interval: waldInterval,
})

/** Pooled z, the score test of equal proportions, with Wald's interval; same source. */
export const pooledZ: Estimator = proportionEstimator({
  name: 'z-pooled',
  method: 'two-proportion z, pooled, Wald interval',
  assumptions: [LARGE, MAY_DISAGREE],
  test: pooledProportionTest,
  interval: waldInterval,
})

/** Fisher 1935, doi:10.2307/2342435; interval: Newcombe 1998, method 10. */
export const fisher: Estimator = proportionEstimator({
  name: 'fisher',
  method: "Fisher's exact p, Newcombe's interval",
  assumptions: ['p is exact given the margins, and so cautious.', MAY_DISAGREE],
  test: (control, treatment) => ({
    ...cautious(control, treatment),
    ...fisherExact(tableOf(control, treatment)),
  }),
  interval: newcombeInterval,
})

/** Pearson 1900, doi:10.1080/14786440009463897, without continuity correction; interval: Newcombe 1998, method 10. */
export const chiSquare: Estimator = proportionEstimator({
  name: 'chi-square',
  method: "Pearson's chi-square, Newcombe's interval",
  assumptions: ['Five units are expected in each cell of the table.', MAY_DISAGREE],
  test: (control, treatment) => ({
    ...cautious(control, treatment),
    ...testOf(independence(tableOf(control, treatment))),
  }),
  interval: newcombeInterval,
})

/** Wilks 1938, doi:10.1214/aoms/1177732360; interval: Newcombe 1998, method 10. */
export const gTest: Estimator = proportionEstimator({
  name: 'g-test',
  method: "likelihood-ratio G, Newcombe's interval",
  assumptions: ['Five units are expected in each cell of the table.', MAY_DISAGREE],
  test: (control, treatment) => ({
    ...cautious(control, treatment),
    ...testOf(likelihoodRatioTest(tableOf(control, treatment))),
  }),
  interval: newcombeInterval,
})

/** Newcombe 1998, method 10; p of the score test from which the intervals of both sides come. */
export const newcombe: Estimator = proportionEstimator({
  name: 'newcombe',
  method: "Newcombe's hybrid score interval, pooled z",
  assumptions: [MAY_DISAGREE],
  test: pooledProportionTest,
  interval: newcombeInterval,
})

/** Score test and the interval that inverts it; Miettinen & Nurminen 1985, doi:10.1002/sim.4780040211. */
export const miettinenNurminen: Estimator = proportionEstimator({
  name: 'miettinen-nurminen',
  method: "Miettinen and Nurminen's score test and interval",
  assumptions: ['Units are not so few that the score is far from normal.'],
  test: (control, treatment) => {
    const statistic = miettinenNurminenStatistic(control, treatment)
    const difference = proportionDifference(control, treatment)
    const { standardError } = cautious(control, treatment)
    return zOf(statistic, statistic === 0 ? standardError : difference / statistic)
  },
  interval: miettinenNurminenInterval,
})

/** Wald's with one success and one failure more in each; Agresti & Caffo 2000, doi:10.1080/00031305.2000.10474560. */
export const agrestiCaffo: Estimator = proportionEstimator({
  name: 'agresti-caffo',
  method: "Agresti and Caffo's interval and z",
  assumptions: ['Units are not so few that one more of each would rule the answer.'],
  test: (control, treatment) => {
    const [c, t] = [withOneOfEach(control), withOneOfEach(treatment)]
    const standardError = unpooledStandardError(c, t)
    return zOf(proportionDifference(c, t) / standardError, standardError)
  },
  interval: agrestiCaffoInterval,
})

function tableOf(control: BinarySample, treatment: BinarySample) {
  return [
    [control.successes, control.trials - control.successes],
    [treatment.successes, treatment.trials - treatment.successes],
  ] as const
}

/** Agresti and Caffo's standard error, which is never 0, and the difference by it. */
function cautious(control: BinarySample, treatment: BinarySample) {
  const standardError = unpooledStandardError(withOneOfEach(control), withOneOfEach(treatment))
  return { standardError, statistic: proportionDifference(control, treatment) / standardError }
}

function withOneOfEach({ successes, trials }: BinarySample): BinarySample {
  return { successes: successes + 1, trials: trials + 2 }
}

function zOf(statistic: number, standardError: number): ProportionTestResult {
  return {
    statistic,
    standardError,
    pValue: normalTwoSidedP(statistic),
    log10PValue: normalLog10TwoSidedP(statistic),
  }
}

function testOf({ statistic, pValue, log10PValue }: Omit<ProportionTestResult, 'standardError'>) {
  return { statistic, pValue, log10PValue }
}
