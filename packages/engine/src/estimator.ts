import type { Comparison, MetricKind, NotComputable, NotComputableReason } from '@helios/sdk'

export type {
  Comparison,
  ComputedComparison,
  IntervalEstimate,
  NotComputable,
  NotComputableReason,
} from '@helios/sdk'

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

/** An answer that says why there is none. */
export function notComputable(reason: NotComputableReason, message: string): NotComputable {
  return { status: 'not-computable', reason, message }
}
