/**
 * What Helios computes from events, as it travels. Plain JSON, no behaviour.
 *
 * Over HTTP a number that does not exist (NaN, infinite) is null.
 */
import type { MetricKind, MetricRole } from './documents.ts'
import type { ExperimentStatus } from './wire.ts'

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

/** Answer to "what did the experiment do?", with all that could make it wrong. Plain JSON. */
export interface Analysis {
  /** `refused`: the numbers would mislead; `refusals` say why, and `metrics` is empty unless asked for. */
  readonly status: 'ok' | 'refused'
  readonly refusals: readonly Finding[]
  /** What a careful reader should know before believing the numbers. */
  readonly warnings: readonly Finding[]
  /** Units that met a variant, each counted once. */
  readonly units: number
  readonly control: string
  readonly sampleRatio: SampleRatio
  /** Units that were seen in more than one variant; they count in the one they met first. */
  readonly crossover: { readonly units: number; readonly share: number }
  readonly alpha: number
  /** How p-values of the primary metrics were adjusted for their number. */
  readonly correction: { readonly method: 'holm'; readonly comparisons: number }
  readonly metrics: Readonly<Record<string, MetricAnalysis>>
}

export type FindingCode =
  | 'sample-ratio-mismatch'
  | 'sample-ratio-suspicious'
  | 'allocation-varies'
  | 'allocation-changed'
  | 'crossover'
  | 'below-minimum-sample'
  | 'beyond-maximum-duration'
  | 'no-units'
  | 'rows-skipped'
  | 'fixed-horizon'

export interface Finding {
  readonly code: FindingCode
  readonly message: string
}

/** Do the variants have as many units as they should? Pearson's chi-square against the intended shares. */
export interface SampleRatio {
  /** NaN (null in JSON) when fewer than two variants were to get units. */
  readonly pValue: number
  readonly statistic: number
  readonly degreesOfFreedom: number
  readonly counts: Readonly<Record<string, number>>
  readonly expected: Readonly<Record<string, number>>
  /** The same question within each day (or other stratum): is the allocation the same throughout? */
  readonly strata?: readonly StratumCheck[]
}

/** Chi-square test that variant and stratum are independent. */
export interface StratumCheck {
  readonly name: string
  readonly strata: number
  readonly pValue: number
  readonly statistic: number
  readonly degreesOfFreedom: number
  /** The strata that depart most, worst first. */
  readonly worst: readonly {
    readonly stratum: string
    readonly counts: Readonly<Record<string, number>>
    readonly pValue: number
  }[]
}

export interface MetricAnalysis {
  readonly role: MetricRole
  readonly kind: MetricKind
  readonly direction: 'increase' | 'decrease'
  readonly variants: Readonly<Record<string, VariantSummary>>
  /** Each variant against the control. */
  readonly comparisons: Readonly<Record<string, VariantComparison>>
  /** Do any of the variants differ? Only for proportions. */
  readonly omnibus?: {
    readonly method: string
    readonly statistic: number
    readonly degreesOfFreedom: number
    readonly pValue: number
  }
}

export interface VariantSummary {
  /** Units that count for this metric. */
  readonly n: number
  readonly mean: number
  /** Sample variance over units; for a ratio, of the linearised ratio. */
  readonly variance: number
}

export type VariantComparison = (ComputedComparison & { readonly pValueAdjusted: number }) | NotComputable

/** Whether the numbers may be read, with the reasons when not; then there are none, unless asked for. */
export interface Readability {
  readonly status: 'ok' | 'refused'
  readonly refusals: readonly Finding[]
}

/** The effect on one metric as a reader would have seen it at each moment, oldest first; the last is now. */
export interface MetricHistory extends Readability {
  readonly metric: string
  readonly role: MetricRole
  readonly kind: MetricKind
  readonly direction: 'increase' | 'decrease'
  readonly control: string
  readonly alpha: number
  readonly points: readonly HistoryPoint[]
}

export interface HistoryPoint {
  readonly at: number
  readonly variants: Readonly<Record<string, Pick<VariantSummary, 'n' | 'mean'>>>
  /** Each variant against the control; null where nothing could be computed yet. */
  readonly effects: Readonly<Record<string, EffectAtPoint | null>>
}

export interface EffectAtPoint {
  readonly method: string
  readonly absolute: IntervalEstimate
  readonly relative: IntervalEstimate | null
}

/** How units came in. A unit counts once, at its first exposure. */
export interface Traffic {
  /** Hours with new units, ascending, of the last weeks; `at` is when the hour begins. */
  readonly hours: readonly { readonly at: number; readonly units: Readonly<Record<string, number>> }[]
  /** All units so far. */
  readonly units: Readonly<Record<string, number>>
}

/** One metric within the values of each declared dimension. */
export interface SegmentAnalysis extends Readability {
  readonly metric: string
  readonly role: MetricRole
  readonly kind: MetricKind
  readonly direction: 'increase' | 'decrease'
  readonly control: string
  readonly alpha: number
  /** Over all comparisons in all segments of all dimensions. */
  readonly correction: { readonly method: 'holm'; readonly comparisons: number }
  readonly dimensions: readonly {
    readonly name: string
    /** Largest first. */
    readonly segments: readonly Segment[]
  }[]
}

export interface Segment {
  /** Value of the dimension; absent for units that came without one. */
  readonly value?: string
  /** All values beyond the limit, taken together. */
  readonly isRest?: true
  readonly units: Readonly<Record<string, number>>
  readonly variants: Readonly<Record<string, VariantSummary>>
  readonly comparisons: Readonly<Record<string, VariantComparison>>
}

/** `idle`: nothing to judge yet; `attention`: read with care; `bad`: do not read. */
export type HealthLevel = 'idle' | 'good' | 'attention' | 'bad'

/** One line of the list of experiments. */
export interface ExperimentSummary {
  readonly key: string
  readonly name: string
  readonly status: ExperimentStatus
  readonly unit: string
  readonly version: number
  readonly tags: readonly string[]
  readonly variants: number
  readonly metrics: number
  readonly createdAt: number
  readonly startedAt?: number
  readonly endedAt?: number
  readonly shipped?: string
  readonly units: number
  /** New units in each of the last 24 hours, oldest first; the last hour is the present one. */
  readonly recentUnits: readonly number[]
  readonly health: { readonly level: HealthLevel; readonly findings: readonly Finding[] }
  /** The clearest comparison on the first primary metric; absent while there is none to show. */
  readonly leading?: {
    readonly metric: string
    readonly direction: 'increase' | 'decrease'
    readonly variant: string
    readonly variantName: string
    readonly method: string
    readonly absolute: IntervalEstimate
    readonly relative: IntervalEstimate | null
    readonly pValueAdjusted: number
    /** Whether the adjusted p-value is below the experiment's alpha. */
    readonly isSignificant: boolean
  }
}

/** What `/v1/stream` sends: the name of the server-sent event, and its data. */
export interface StreamMessages {
  /** The definitions have another entity tag now. */
  readonly definitions: { readonly etag: string }
  /** Lines of the list that changed; all of them at the beginning. */
  readonly summaries: { readonly summaries: readonly ExperimentSummary[] }
  /** The numbers of an experiment that is watched changed. */
  readonly results: { readonly experiment: string; readonly version: number; readonly units: number }
}
