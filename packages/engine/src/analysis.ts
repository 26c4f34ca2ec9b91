import type { ComputedComparison, NotComputable } from './estimator.ts'
import type { MetricKind } from './metric.ts'

export type MetricRole = 'primary' | 'secondary' | 'guardrail'

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
