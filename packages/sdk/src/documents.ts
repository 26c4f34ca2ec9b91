/**
 * What Helios keeps, as it travels: experiments, metrics, keys and who changed them. Plain JSON, no behaviour.
 * Times are milliseconds since 1970.
 */
import type { Condition, ExperimentStatus, Json, Slot } from './wire.ts'

export type MetricKind = 'mean' | 'proportion' | 'count' | 'ratio' | 'quantile' | 'retention'
/** How the outcomes of one unit become one number. */
export type Aggregation = 'sum' | 'mean' | 'count' | 'any' | 'minimum' | 'maximum' | 'last'
export type MetricRole = 'primary' | 'secondary' | 'guardrail'
export type Action = 'start' | 'pause' | 'resume' | 'complete' | 'cancel'

export interface Variant {
  readonly key: string
  readonly name: string
  readonly payload: Json
  /** Level of each factor, when factors made this variant. */
  readonly levels?: Readonly<Record<string, string>>
}

/** One dimension of a multivariate test, with the values it takes; exactly one level is the control. */
export interface Factor {
  readonly key: string
  readonly levels: readonly { readonly key: string; readonly payload?: Json; readonly control?: boolean }[]
}

/** How traffic is divided among variants. */
export type Allocation =
  | { readonly kind: 'equal' }
  | { readonly kind: 'weighted'; readonly weights: Readonly<Record<string, number>> }
  | {
      readonly kind: 'dynamic'
      readonly policy: { readonly kind: string; readonly [parameter: string]: unknown }
    }

export interface MetricRoles {
  readonly primary: readonly string[]
  readonly secondary: readonly string[]
  readonly guardrails: readonly string[]
}

/**
 * When results may be read.
 * `always-valid`: at any time and as often as wanted (confidence sequences).
 * `group-sequential`: at a few looks planned before (alpha spending), with futility.
 * `mixture-sprt`: at any time, by the mixture sequential probability ratio test.
 * `fixed-horizon`: once, at the sample size planned before.
 */
export type InferenceMethod = 'always-valid' | 'group-sequential' | 'mixture-sprt' | 'fixed-horizon'

/** How p-values of the primary comparisons are adjusted for their number. */
export type Correction =
  | 'holm'
  | 'bonferroni'
  | 'hochberg'
  | 'benjamini-hochberg'
  | 'benjamini-yekutieli'
  | 'dunnett'
  | 'none'

export type SpendingFunction = 'obrien-fleming' | 'pocock'

export interface AnalysisSettings {
  readonly alpha: number
  readonly sampleRatioAlpha: number
  readonly crossoverShare: number
  readonly method: InferenceMethod
  readonly correction: Correction
  /** `auto` adjusts for what units did before the experiment, where a metric declares a covariate. */
  readonly varianceReduction: 'auto' | 'none'
  /** For group-sequential tests: looks at equal shares of the planned sample, and how alpha is spent on them. */
  readonly looks: number
  readonly spending: SpendingFunction
  /** A guardrail holds when it is worse by less than this share of the control, beyond doubt. */
  readonly guardrailMargin: number
  /** Relative effects smaller than this are of no practical importance. */
  readonly practicalEquivalence: number
  /** Standard deviation of the relative effects that are expected beforehand, around 0: the Bayesian prior. */
  readonly priorDeviation: number
  readonly minimumDurationDays: number
}

/** The part of an experiment that its owner decides. */
export interface ExperimentDesign {
  readonly key: string
  readonly name: string
  readonly hypothesis: string
  readonly unit: string
  readonly variants: readonly Variant[]
  readonly control: string
  readonly factors: readonly Factor[]
  readonly allocation: Allocation
  readonly coverage: number
  readonly audience?: Condition
  readonly layer?: { readonly key: string; readonly share: number }
  readonly holdout?: { readonly key: string; readonly share: number }
  readonly forced: Readonly<Record<string, string>>
  readonly sticky: boolean
  /** Attributes that split the result into segments; their values travel with each exposure. */
  readonly dimensions: readonly string[]
  readonly metrics: MetricRoles
  readonly analysis: AnalysisSettings
  readonly minimumSample: number
  readonly maximumDurationDays?: number
  readonly saltVersion: number
  readonly tags: readonly string[]
}

/** One immutable version of an experiment: the design, and where it stands in its life. */
export interface Experiment extends ExperimentDesign {
  /** Rises by one with every edit and transition; every version is kept. */
  readonly version: number
  readonly status: ExperimentStatus
  readonly slots: readonly Slot[]
  readonly layerRanges: readonly { readonly from: number; readonly to: number }[]
  readonly createdAt: number
  readonly updatedAt: number
  readonly startedAt?: number
  /** Events up to this position of the log arrived before the start. */
  readonly startedPosition?: number
  readonly endedAt?: number
  readonly shipped?: string
}

export interface MetricTerm {
  /** Metric under which the outcomes arrive. */
  readonly source: string
  readonly weight: number
}

/** How outcomes become one number per unit, and what that number is. */
export interface Metric {
  readonly key: string
  readonly name: string
  readonly description: string
  readonly kind: MetricKind
  /** Which way is better. */
  readonly direction: 'increase' | 'decrease'
  /** The value of a unit (every kind but ratio), or the numerator of a ratio: a weighted sum of outcomes. */
  readonly terms: readonly MetricTerm[]
  /** Denominator of a ratio; empty for the other kinds. */
  readonly denominator: readonly MetricTerm[]
  readonly aggregation: Aggregation
  readonly quantile?: number
  /** Outcomes count from `fromMilliseconds` (inclusive) after the exposure … */
  readonly fromMilliseconds: number
  /** … to `toMilliseconds` (exclusive); no end when absent. */
  readonly toMilliseconds?: number
  /** A unit counts only once its window has closed (retention). */
  readonly matured: boolean
  /** A unit's value is at most this (winsorised at a fixed value). */
  readonly cap?: number
  /** Outcomes outside are refused. */
  readonly range?: { readonly minimum: number; readonly maximum: number }
  /** What a unit without outcomes is: zero, or left out. */
  readonly missing: 'zero' | 'exclude'
  /** The same metric over this many days before the exposure serves as covariate (variance reduction). */
  readonly covariateDays?: number
  readonly unitOfMeasure?: string
  readonly builtIn: boolean
}

/** Who did what, when and why; one line per accepted change, never altered. */
export interface AuditEntry {
  readonly subject: string
  readonly version: number
  readonly action: 'create' | 'edit' | Action
  readonly at: number
  readonly by: string
  readonly why: string
}

export type Scope = 'read' | 'decide' | 'ingest' | 'admin'

/** An API key without its secret. */
export interface ApiKey {
  readonly id: string
  readonly name: string
  /** What it may do; `admin` implies the others. */
  readonly scopes: readonly Scope[]
  readonly createdAt: number
  readonly revokedAt?: number
}

/** What is running, in numbers. */
export interface Overview {
  readonly version: string
  readonly uptimeSeconds: number
  readonly experiments: Readonly<Record<ExperimentStatus, number>>
  readonly events: number
  readonly units: number
  /** Memory that the learning state takes. */
  readonly stateBytes: number
  readonly store: {
    readonly name: string
    /** Size on disk. */
    readonly bytes: number
    readonly position: number
    readonly snapshotPosition: number
  }
}

/** Who is signed in to the pages. */
export interface Session {
  /** Name that stands in the audit log. */
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly expiresAt: number
}

/** Refusal of a request: RFC 9457, with a code that does not change. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly code: string
}

/** What the simulated traffic is, and how it goes. */
export interface DemoStatus {
  readonly simulated: true
  readonly seed: number
  /** Units that arrive each second, over all experiments; 0 pauses, at most 100. */
  readonly speed: number
  /** Units whose exposure was sent since this process started. */
  readonly unitsSent: number
  /** Events that the server took since then. */
  readonly eventsSent: number
  /** What the server did not take; the traffic goes on. */
  readonly refused: {
    readonly events: number
    readonly requests: number
    readonly last?: { readonly code: string; readonly message: string; readonly at: number }
  }
  /** The past that is made at the first start: how many days, and which share of them is done. */
  readonly history: { readonly days: number; readonly share: number }
  readonly scenarios: readonly DemoScenario[]
}

export interface DemoScenario {
  readonly experiment: string
  /** What the visitors were made with, to check Helios against. */
  readonly truth: string
}
