import type { MetricKind } from './metric.ts'

/**
 * Port: a formula that turns the sufficient statistics of two variants into a comparison.
 *
 * An estimator is a pure function of its arguments. It never throws for data: what cannot be computed
 * is answered as `not-computable` with the reason, never as p = 1 or an empty interval.
 */
export interface Estimator {
  /** Standard name of the method, e.g. `welch`. */
  readonly name: string
  readonly metricKinds: readonly MetricKind[]
  compare(control: MetricSummary, treatment: MetricSummary, settings: EstimatorSettings): Comparison
}

/**
 * Sufficient statistics of one metric in one variant, over units (never events).
 * Components: `[y]` for means and proportions, `[numerator, denominator]` for ratios.
 */
export interface MetricSummary {
  /** Units that count, a whole number ≥ 0. */
  readonly units: number
  /** Mean of each component over units; NaN without units. */
  readonly mean: readonly number[]
  /** Sample covariance (divisor units − 1) of the components, square; NaN with fewer than two units. */
  readonly covariance: readonly (readonly number[])[]
}

export interface EstimatorSettings {
  /** Two-sided error rate in (0, 0.5]; an interval holds with confidence 1 − alpha. */
  readonly alpha: number
}

export interface IntervalEstimate {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

export type NotComputableReason =
  | 'too-few-units'
  | 'zero-variance'
  | 'no-denominator'
  | 'baseline-zero'
  | 'invalid-values'
  | 'no-estimator'

export interface NotComputable {
  readonly status: 'not-computable'
  readonly reason: NotComputableReason
  readonly message: string
}

/** An answer that says why there is none. */
export function notComputable(reason: NotComputableReason, message: string): NotComputable {
  return { status: 'not-computable', reason, message }
}

export interface ComputedComparison {
  readonly status: 'ok'
  /** Human name of the method, with its variants: `Welch's t`, `two-proportion z, unpooled`. */
  readonly method: string
  /** Treatment − control. */
  readonly absolute: IntervalEstimate
  /** (treatment − control) / control. */
  readonly relative: (IntervalEstimate & { readonly status: 'ok'; readonly method: string }) | NotComputable
  readonly standardError: number
  readonly statistic: number
  /** Absent where the reference distribution is the normal. */
  readonly degreesOfFreedom?: number
  /** Two-sided; may underflow to 0, `log10PValue` does not. */
  readonly pValue: number
  readonly log10PValue: number
  readonly alpha: number
  /** What must hold for the numbers to mean what they say. */
  readonly assumptions: readonly string[]
}

export type Comparison = ComputedComparison | NotComputable
