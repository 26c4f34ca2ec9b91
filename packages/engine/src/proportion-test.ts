import {
  type Comparison,
  type ComputedComparison,
  type Estimator,
  faithful,
  type MetricSummary,
  refusal,
} from './estimator.ts'
import { INDEPENDENT_UNITS, ONE_LOOK } from './read-once.ts'
import { binarySample } from './statistics/effects/proportion-effect.ts'
import {
  type BinarySample,
  type Interval,
  proportionDifference,
  proportionRatioInterval,
  relativeProportionDifference,
} from './statistics/intervals/proportion-intervals.ts'

/** A test of two proportions and the interval shown beside it. */
export interface ProportionTest {
  /** Standard name, e.g. `fisher`. */
  readonly name: string
  readonly method: string
  readonly assumptions: readonly string[]
  /** NaN for p where the test has no answer. */
  test(control: BinarySample, treatment: BinarySample): ProportionTestResult
  /** Of treatment − control; NaN where there is none. */
  interval(control: BinarySample, treatment: BinarySample, alpha: number): Interval
}

export interface ProportionTestResult {
  /** Of the difference, > 0. */
  readonly standardError: number
  readonly statistic: number
  readonly pValue: number
  readonly log10PValue: number
}

/**
 * A test of two proportions as an estimator. Relative effects by MOVER-R from Wilson intervals: Donner & Zou 2012, eq. 9,
 * doi:10.1177/0962280210383082.
 */
export function proportionEstimator(given: ProportionTest): Estimator {
  return {
    name: given.name,
    metricKinds: ['proportion', 'retention'],
    inference: 'fixed-horizon',
    compare: (control, treatment, { alpha }) => compare(given, control, treatment, alpha),
  }
}

function compare(
  given: ProportionTest,
  control: MetricSummary,
  treatment: MetricSummary,
  alpha: number,
): Comparison {
  if (!(control.units >= 2 && treatment.units >= 2)) return refusal('too-few-units')
  const [c, t] = [binarySample(control), binarySample(treatment)]
  if (!c || !t || !(alpha > 0 && alpha < 1)) return refusal('invalid-values')
  const result = given.test(c, t)
  if (Number.isNaN(result.pValue)) return refusal('zero-variance')
  const estimate = proportionDifference(c, t)
  const { low, high } = given.interval(c, t, alpha)
  return faithful({
    status: 'ok',
    method: given.method,
    inference: 'fixed-horizon',
    // In the smallest samples an interval about a shifted centre can miss the estimate, to which it then reaches.
    absolute: { estimate, low: Math.min(low, estimate), high: Math.max(high, estimate) },
    relative: relativeOf(c, t, alpha),
    ...result,
    alpha,
    assumptions: [
      INDEPENDENT_UNITS,
      'Every unit is either a success or not.',
      ...given.assumptions,
      ONE_LOOK,
    ],
  })
}

function relativeOf(
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
