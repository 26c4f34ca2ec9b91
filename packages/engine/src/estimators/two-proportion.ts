import {
  type Comparison,
  type ComputedComparison,
  type Estimator,
  type EstimatorSettings,
  type MetricSummary,
  notComputable,
} from '../estimator.ts'
import { normalLog10TwoSidedP, normalTwoSidedP } from '../statistics/distributions/normal.ts'
import { normalQuantile } from '../statistics/distributions/normal-quantile.ts'
import { fisherExact } from '../statistics/hypothesis-tests/fisher-exact.ts'
import {
  type BinarySample,
  newcombeInterval,
  proportionDifference,
  proportionRatioInterval,
} from '../statistics/intervals/proportion-intervals.ts'
import { relativeEffect } from '../statistics/intervals/relative-effect.ts'

/**
 * Difference of two proportions over units that are 0 or 1.
 *
 * Usually the unpooled z test with Wald's interval: test and interval share one standard error, so p < alpha
 * exactly when the interval excludes 0. With fewer than 10 successes or failures in a variant that normal
 * approximation fails (at 0 successes its interval has no width); then Newcombe's score interval, Fisher's
 * exact p, and for the ratio the interval that belongs to Newcombe's. `standardError` is then Agresti and
 * Caffo's, which is never 0, and `statistic` the difference divided by it; p does not come from them.
 *
 * Source: Wald interval and z: Newcombe 1998, method 1; small counts: method 10, same paper,
 * doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I; Fisher 1935, doi:10.2307/2342435;
 * Agresti & Caffo 2000, doi:10.1080/00031305.2000.10474560; Donner & Zou 2012, eq. 9,
 * doi:10.1177/0962280210383082; relative: Deng, Knoblich & Lu 2018, section 3,
 * doi:10.1145/3219819.3219919.
 */
export const twoProportion: Estimator = {
  name: 'two-proportion',
  metricKinds: ['proportion', 'retention'],
  compare,
}

/** Fewer successes or failures than this in a variant make the normal approximation untrustworthy. */
const SMALL_COUNT = 10

const SHARED_ASSUMPTIONS = [
  'Units are independent of each other.',
  'Every unit is either a success or not.',
  'The time of this look was fixed before the data were seen.',
] as const

function compare(control: MetricSummary, treatment: MetricSummary, settings: EstimatorSettings): Comparison {
  const { alpha } = settings
  if (!(control.units >= 2 && treatment.units >= 2)) {
    return notComputable(
      'too-few-units',
      'Each variant needs at least 2 units before its proportion can be compared.',
    )
  }
  const [a, b] = [sampleOf(control), sampleOf(treatment)]
  if (!a || !b || !(alpha > 0 && alpha < 1)) {
    return notComputable(
      'invalid-values',
      'The values of the units must be 0 or 1, and so their mean between 0 and 1.',
    )
  }
  return isSmall(a) || isSmall(b) ? fromScores(a, b, alpha) : fromNormal(a, b, alpha)
}

function fromNormal(control: BinarySample, treatment: BinarySample, alpha: number): ComputedComparison {
  const estimate = proportionDifference(control, treatment)
  const standardError = Math.sqrt(variance(control) + variance(treatment))
  const statistic = estimate / standardError
  const margin = -normalQuantile(alpha / 2) * standardError
  return {
    status: 'ok',
    method: 'two-proportion z, unpooled, Wald interval',
    absolute: { estimate, low: estimate - margin, high: estimate + margin },
    relative: relativeFromNormal(control, treatment, alpha),
    standardError,
    statistic,
    pValue: normalTwoSidedP(statistic),
    log10PValue: normalLog10TwoSidedP(statistic),
    alpha,
    assumptions: [
      ...SHARED_ASSUMPTIONS,
      'Successes and failures are many enough for the normal approximation.',
    ],
  }
}

function fromScores(control: BinarySample, treatment: BinarySample, alpha: number): ComputedComparison {
  const estimate = proportionDifference(control, treatment)
  const standardError = Math.sqrt(variance(withTwoMore(control)) + variance(withTwoMore(treatment)))
  return {
    status: 'ok',
    method: "Newcombe's hybrid score interval, Fisher's exact p",
    absolute: { estimate, ...newcombeInterval(control, treatment, alpha) },
    relative: relativeFromScores(control, treatment, alpha),
    standardError,
    statistic: estimate / standardError,
    ...fisherExact([
      [control.successes, control.trials - control.successes],
      [treatment.successes, treatment.trials - treatment.successes],
    ]),
    alpha,
    assumptions: [
      ...SHARED_ASSUMPTIONS,
      'With this few successes or failures p is exact and the interval is not its inverse; near alpha they may disagree.',
    ],
  }
}

function relativeFromNormal(
  control: BinarySample,
  treatment: BinarySample,
  alpha: number,
): ComputedComparison['relative'] {
  const effect = relativeEffect(
    { value: rate(control), variance: variance(control) },
    { value: rate(treatment), variance: variance(treatment) },
    alpha,
  )
  return effect ? { status: 'ok', method: 'delta method, normal quantile', ...effect } : BASELINE_ZERO
}

function relativeFromScores(
  control: BinarySample,
  treatment: BinarySample,
  alpha: number,
): ComputedComparison['relative'] {
  if (control.successes === 0) return BASELINE_ZERO
  const { low, high } = proportionRatioInterval(control, treatment, alpha)
  return {
    status: 'ok',
    method: 'MOVER-R from Wilson intervals',
    estimate: (rate(treatment) - rate(control)) / rate(control),
    low: low - 1,
    high: high - 1,
  }
}

function sampleOf({ units, mean }: MetricSummary): BinarySample | undefined {
  const successes = Math.round((mean[0] ?? Number.NaN) * units)
  const isPossible = Number.isSafeInteger(units) && successes >= 0 && successes <= units
  return isPossible ? { successes, trials: units } : undefined
}

function rate({ successes, trials }: BinarySample): number {
  return successes / trials
}

/** p(1 − p) / n. */
function variance({ successes, trials }: BinarySample): number {
  return ((successes / trials) * ((trials - successes) / trials)) / trials
}

/** One success and one failure more, so that no proportion is 0 or 1. */
function withTwoMore({ successes, trials }: BinarySample): BinarySample {
  return { successes: successes + 1, trials: trials + 2 }
}

function isSmall({ successes, trials }: BinarySample): boolean {
  return successes < SMALL_COUNT || trials - successes < SMALL_COUNT
}

const BASELINE_ZERO = notComputable(
  'baseline-zero',
  'The control has no success, so the effect cannot be expressed relative to it.',
)
