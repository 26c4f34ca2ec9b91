import type {
  Comparison,
  ComputedComparison,
  InferenceMethod,
  IntervalEstimate,
  MetricKind,
  NotComputable,
  NotComputableReason,
} from '@helios/sdk'

export type {
  Comparison,
  ComputedComparison,
  InferenceMethod,
  IntervalEstimate,
  Look,
  NotComputable,
  NotComputableReason,
  VarianceReduction,
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
  /** When its answers may be read. */
  readonly inference: InferenceMethod
  /** Whether it adjusts for covariates, and so needs summaries that have them. */
  readonly usesCovariates?: boolean
  compare(control: MetricSummary, treatment: MetricSummary, settings: EstimatorSettings): Comparison
}

/**
 * Sufficient statistics of one metric in one variant, over units (never events).
 * Components: `[y]` for means and proportions, `[numerator, denominator]` for ratios. For a quantile `[q]`, with
 * the variance of its estimate times the units in the place of the covariance.
 */
export interface MetricSummary {
  /** Units that count, a whole number ≥ 0. */
  readonly units: number
  /** Mean of each component over units; NaN without units. */
  readonly mean: readonly number[]
  /** Sample covariance (divisor units − 1) of the components, square; NaN with fewer than two units. */
  readonly covariance: readonly (readonly number[])[]
  /** Moments of the components followed by their covariates, where the metric has some. */
  readonly joint?: {
    readonly mean: readonly number[]
    readonly covariance: readonly (readonly number[])[]
  }
}

export interface EstimatorSettings {
  /** Two-sided error rate in (0, 0.5]; an interval holds with confidence 1 − alpha. */
  readonly alpha: number
  /** Units of both variants that the comparison was planned with; sequential methods are sharpest there. */
  readonly plannedUnits?: number
  /** Standard deviation of the relative effects that were expected beforehand, around 0. */
  readonly priorDeviation?: number
  /** The planned look that the statistics belong to, for group-sequential tests. */
  readonly look?: PlannedLook
}

/** One of a few looks at a group-sequential test, with its boundaries. */
export interface PlannedLook {
  readonly number: number
  readonly of: number
  readonly informationFraction: number
  readonly at: number
  /** |z| from which the difference is significant. */
  readonly boundary: number
  readonly futilityBoundary?: number
  /** Two-sided p-value of a |z| at this look: the smallest alpha whose boundary it reaches. */
  pValueOf(z: number): number
}

/** An answer that says why there is none. */
export function notComputable(reason: NotComputableReason, message: string): NotComputable {
  return { status: 'not-computable', reason, message }
}

const REFUSALS = {
  'too-few-units': 'Each variant needs at least 2 units before its variance can be estimated.',
  'invalid-values':
    'A mean or a variance of a variant is not a number that can be compared in double precision; check for extreme values, and whether a proportion has units that are neither 0 nor 1.',
  'zero-variance': 'Without variation between the units, in both variants, there is no test.',
  'no-denominator': 'The denominator of a variant is 0 over all its units, so it has no ratio yet.',
  'baseline-zero': 'The control is 0 or too near to it to express the effect relative to it.',
} as const satisfies Partial<Record<NotComputableReason, string>>

/** The usual refusals, in the same words everywhere. */
export function refusal(reason: keyof typeof REFUSALS): NotComputable {
  return notComputable(reason, REFUSALS[reason])
}

/** The comparison, unless a number of it left the range of doubles. */
export function faithful(comparison: ComputedComparison): Comparison {
  const { absolute, standardError, statistic, pValue, log10PValue, degreesOfFreedom = 1 } = comparison
  const numbers = [absolute.low, absolute.high, standardError, statistic, pValue, degreesOfFreedom]
  return numbers.every(Number.isFinite) && !Number.isNaN(log10PValue) ? comparison : refusal('invalid-values')
}

/** The relative effect with its method's name, or why there is none. */
export function relativeAnswer(
  interval: (IntervalEstimate & { readonly method: 'delta' | 'Fieller' }) | undefined,
  reference: string,
): ComputedComparison['relative'] {
  if (!interval) return refusal('baseline-zero')
  const { estimate, low, high, method } = interval
  const name = method === 'delta' ? 'delta method' : "Fieller's interval"
  return { status: 'ok', method: `${name}, ${reference}`, estimate, low, high }
}
