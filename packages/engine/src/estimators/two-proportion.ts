import {
  type Comparison,
  type ComputedComparison,
  type Estimator,
  type EstimatorSettings,
  faithful,
  type MetricSummary,
  refusal,
  relativeAnswer,
} from '../estimator.ts'
import { normalLog10TwoSidedP, normalTwoSidedP } from '../statistics/distributions/normal.ts'
import { normalQuantile } from '../statistics/distributions/normal-quantile.ts'
import { type Effect, isProblem } from '../statistics/effects/effect.ts'
import { binarySample, proportionEffect } from '../statistics/effects/proportion-effect.ts'
import { relativeInterval } from '../statistics/effects/relative-interval.ts'
import { fisherExact } from '../statistics/hypothesis-tests/fisher-exact.ts'
import {
  type BinarySample,
  newcombeInterval,
  proportionRatioInterval,
  relativeProportionDifference,
} from '../statistics/intervals/proportion-intervals.ts'

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
  inference: 'fixed-horizon',
  compare,
}

const SHARED_ASSUMPTIONS = [
  'Units are independent of each other.',
  'Every unit is either a success or not.',
  'The time of this look was fixed before the data were seen.',
] as const

function compare(control: MetricSummary, treatment: MetricSummary, { alpha }: EstimatorSettings): Comparison {
  const effect = proportionEffect(control, treatment)
  if (isProblem(effect)) return refusal(effect)
  const [a, b] = [binarySample(control), binarySample(treatment)]
  if (!a || !b || !(alpha > 0 && alpha < 1)) return refusal('invalid-values')
  return faithful(effect.isSmall ? fromScores(effect, a, b, alpha) : fromNormal(effect, alpha))
}

function fromNormal(effect: Effect, alpha: number): ComputedComparison {
  const { estimate, standardError } = effect
  const statistic = estimate / standardError
  const margin = -normalQuantile(alpha / 2) * standardError
  return {
    status: 'ok',
    method: 'two-proportion z, unpooled, Wald interval',
    inference: 'fixed-horizon',
    absolute: { estimate, low: estimate - margin, high: estimate + margin },
    relative: relativeAnswer(relativeInterval(effect, -normalQuantile(alpha / 2)), 'normal quantile'),
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

function fromScores(
  { estimate, standardError }: Effect,
  control: BinarySample,
  treatment: BinarySample,
  alpha: number,
): ComputedComparison {
  return {
    status: 'ok',
    method: "Newcombe's hybrid score interval, Fisher's exact p",
    inference: 'fixed-horizon',
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

function relativeFromScores(
  control: BinarySample,
  treatment: BinarySample,
  alpha: number,
): ComputedComparison['relative'] {
  if (control.successes === 0) return refusal('baseline-zero')
  const { low, high } = proportionRatioInterval(control, treatment, alpha)
  return {
    status: 'ok',
    method: 'MOVER-R from Wilson intervals',
    estimate: relativeProportionDifference(control, treatment),
    low: low - 1,
    high: high - 1,
  }
}
