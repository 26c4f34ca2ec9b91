/**
 * What Helios computes from events, as it travels. Plain JSON, no behaviour.
 *
 * Over HTTP a number that does not exist (NaN, infinite) is null.
 */
import type { Correction, InferenceMethod, MetricKind, MetricRole } from './documents.ts'
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
  | 'no-look-yet'

export interface NotComputable {
  readonly status: 'not-computable'
  readonly reason: NotComputableReason
  readonly message: string
}

export interface ComputedComparison {
  readonly status: 'ok'
  /** Human name of the method, with its variants: `Welch's t`, `two-proportion z, unpooled`. */
  readonly method: string
  /** What `absolute` tells where that is not treatment − control: `chance of the larger value, less one half`. */
  readonly estimand?: string
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
  /** When the numbers may be read. */
  readonly inference: InferenceMethod
  /** What adjusting for the time before the experiment saved. */
  readonly varianceReduction?: VarianceReduction
  /** Which planned look the numbers are from. */
  readonly look?: Look
  /** What must hold for the numbers to mean what they say. */
  readonly assumptions: readonly string[]
}

export interface VarianceReduction {
  readonly method: string
  /** Covariates that could be used; constant and redundant ones are left out. */
  readonly covariates: number
  /** 1 − variance with / variance without; as many units fewer are needed. */
  readonly varianceSaved: number
}

/** One of the looks of a group-sequential test. */
export interface Look {
  /** From 1. */
  readonly number: number
  readonly of: number
  /** Units at this look over units at the last one. */
  readonly informationFraction: number
  /** When the sample was large enough; milliseconds since 1970. */
  readonly at: number
  /** |z| from which the difference is significant at this look. */
  readonly boundary: number
  /** |z| below which it is hopeless to go on. */
  readonly futilityBoundary?: number
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
  readonly method: InferenceMethod
  /** How p-values of the primary metrics were adjusted for their number. */
  readonly correction: { readonly method: Correction; readonly comparisons: number }
  readonly metrics: Readonly<Record<string, MetricAnalysis>>
  readonly health: Health
  readonly stopping: Stopping
  readonly recommendations: readonly Recommendation[]
}

export type HealthCheck =
  | 'sample-ratio'
  | 'sample-ratio-sequential'
  | 'allocation-stability'
  | 'crossover'
  | 'sample-size'
  | 'duration'
  | 'plausibility'
  | 'guardrails'
  | 'novelty'
  | 'weekday'
  | 'outliers'
  | 'validity'

/** How far the numbers can be trusted. */
export interface Health {
  /** Product of the scores of the parts, in [0, 1]. */
  readonly score: number
  readonly parts: readonly HealthPart[]
}

export interface HealthPart {
  readonly check: HealthCheck
  /** In [0, 1]; 1 is nothing to object to, 0 is do not read. */
  readonly score: number
  /** What was found, as a sentence with its figures. */
  readonly message: string
  /** p-value of the test behind it, where there is one. */
  readonly pValue?: number
}

export type StoppingReason =
  | 'significant'
  | 'futile'
  | 'equivalent'
  | 'harmful'
  | 'guardrail-harmed'
  | 'maximum-duration'
  | 'sample-ratio-mismatch'

/** Whether to go on. */
export interface Stopping {
  /** Whether the experiment as a whole has nothing more to tell, or should not go on. */
  readonly shouldStop: boolean
  readonly reasons: readonly {
    readonly code: StoppingReason
    readonly message: string
    /** Absent where it is about the whole experiment. */
    readonly variant?: string
    readonly metric?: string
  }[]
  /** Variants that may be stopped alone while the others go on. */
  readonly variants: readonly string[]
  /** Why nothing may be concluded yet: minimum sample, minimum duration, a method that looks later. */
  readonly waitingFor: readonly string[]
}

export type RecommendationCode =
  | 'do-not-read'
  | 'deploy'
  | 'keep-control'
  | 'stop-variant'
  | 'continue'
  | 'decide'

/** What to do now, in words that name the evidence. */
export interface Recommendation {
  readonly code: RecommendationCode
  readonly variant?: string
  readonly message: string
  readonly evidence: readonly string[]
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
  | 'implausible-effect'
  | 'small-counts'

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
  /** What is to be believed after the data, given what was expected before. */
  readonly posterior?: PosteriorAnalysis
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

export type VariantComparison =
  | (ComputedComparison & {
      readonly pValueAdjusted: number
      /** Only for guardrails. */
      readonly guardrail?: GuardrailVerdict
    })
  | NotComputable

/** Whether a guardrail holds: non-inferiority by a margin. */
export interface GuardrailVerdict {
  /** `holds`: worse by less than the margin, beyond doubt; `harmed`: worse, beyond doubt; else `unclear`. */
  readonly verdict: 'holds' | 'harmed' | 'unclear'
  /** As a share of the control. */
  readonly margin: number
  /** One-sided p-value of the hypothesis that it is worse by the margin or more. */
  readonly pValue: number
}

/** Bayesian answers about one metric. They do not control how often a rule that looks again and again errs. */
export interface PosteriorAnalysis {
  /** Name of the model with its prior: `beta-binomial, prior Beta(1, 1)`. */
  readonly method: string
  /** By variant, the control among them. */
  readonly variants: Readonly<Record<string, VariantPosterior>>
}

export interface VariantPosterior {
  /** Posterior mean and equal-tailed credible interval of the variant's value. */
  readonly value: IntervalEstimate
  readonly probabilityBest: number
  /** What is lost on average, in units of the metric, by choosing this variant instead of the best. */
  readonly expectedLoss: number
  /** Against the control; absent for the control itself. */
  readonly comparison?: {
    readonly chanceToBeatControl: number
    /** Of the difference. */
    readonly absolute: IntervalEstimate
    readonly relative: IntervalEstimate | null
    /** Probability that the relative effect is of no practical importance; null where there is no relative effect. */
    readonly chanceOfEquivalence: number | null
  }
}

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
  readonly correction: { readonly method: Correction; readonly comparisons: number }
  readonly dimensions: readonly {
    readonly name: string
    /** Does the effect differ between the segments, by variant? */
    readonly heterogeneity: Readonly<Record<string, Heterogeneity>>
    /** Largest first. */
    readonly segments: readonly Segment[]
  }[]
}

/** Cochran's test that an effect is the same in all segments. */
export interface Heterogeneity {
  readonly segments: number
  readonly statistic: number
  readonly degreesOfFreedom: number
  readonly pValue: number
  /** Share of the variation between segments that is not chance, in [0, 1]. */
  readonly inconsistency: number
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
  readonly health: {
    readonly level: HealthLevel
    /** In [0, 1]; absent while there is nothing to judge. */
    readonly score?: number
    readonly findings: readonly Finding[]
  }
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

/**
 * How tests behave on an experiment's own units where there is nothing to find: units are divided at random into
 * two halves, again and again, and each metric is tested each time. Where the share of false positives is above
 * alpha beyond chance, the data are not such that p-values and intervals can be taken at their word.
 */
export interface AaReplay {
  readonly replays: number
  /** Starts the chance by which units were divided; the same seed and units give the same answer. */
  readonly seed: number
  /** Whose units were divided: those of the control, or of all variants together. */
  readonly population: 'control' | 'all'
  /** Units that were divided: all of the population, or as many of them at random as one replay takes. */
  readonly units: number
  readonly unitsAvailable: number
  readonly metrics: Readonly<Record<string, ReplayedMetric>>
}

export type ReplayedMetric = ReplayedTest | NotComputable

export interface ReplayedTest {
  readonly status: 'ok'
  readonly method: string
  /** Units that count for this metric. */
  readonly units: number
  /** Replays in which the test could be computed. */
  readonly replays: number
  readonly falsePositives: {
    readonly alpha: number
    /** Share of p-values below alpha. */
    readonly share: number
    /** By which the share of an honest test differs from alpha by chance: √(α(1 − α) / replays). */
    readonly standardError: number
  }
  /** Kolmogorov–Smirnov test that the p-values are spread evenly over [0, 1]. */
  readonly uniformity: { readonly distance: number; readonly pValue: number }
  /** p-values in twenty equal parts of [0, 1]. */
  readonly histogram: readonly number[]
}
