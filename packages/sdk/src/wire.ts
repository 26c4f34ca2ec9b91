/**
 * The words that travel between a client and Helios. Plain JSON, no behaviour.
 *
 * Points and bounds are integers in [0, 2^32]: exact in JSON, in every language and in every release.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export type ExperimentStatus = 'draft' | 'running' | 'paused' | 'completed' | 'cancelled'

/** What an audience condition may look at: facts about the unit at the moment of the decision. */
export type Attributes = Readonly<Record<string, AttributeValue>>
export type AttributeValue = string | number | boolean | null | undefined | readonly string[]

export const COMPARISON_OPERATORS = [
  'equals',
  'notEquals',
  'in',
  'notIn',
  'greaterThan',
  'greaterOrEqual',
  'lessThan',
  'lessOrEqual',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'exists',
  'versionAtLeast',
  'versionBelow',
] as const
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number]

/** A tree of comparisons. A missing attribute satisfies only the negative operators and `exists: false`. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly attribute: string; readonly operator: ComparisonOperator; readonly value: Json }

/** Half-open range of assignment points, `[from, to)`, held by one variant. */
export interface Slot {
  readonly from: number
  readonly to: number
  readonly variant: string
}

export interface VariantDefinition {
  readonly key: string
  readonly payload: Json
}

/** All that a client needs to decide locally; everything else about an experiment stays on the server. */
export interface ExperimentDefinition {
  readonly key: string
  /** Version of the experiment that this definition was made from; travels back with each exposure. */
  readonly version: number
  readonly status: ExperimentStatus
  /** Kind of unit that is randomised: user, conversation, location … */
  readonly unit: string
  /** Name under which units are hashed; see `assignment.ts`. */
  readonly salt: string
  readonly variants: readonly VariantDefinition[]
  readonly control: string
  /** Variant that everyone gets once the experiment is completed; the control when absent. */
  readonly shipped?: string
  /** Ascending, contiguous, covering [0, 2^32); a variant without traffic has no slot. */
  readonly slots: readonly Slot[]
  /** Units whose coverage point is below this bound take part. */
  readonly coverage: number
  readonly audience?: Condition
  readonly layer?: {
    readonly key: string
    readonly ranges: readonly { readonly from: number; readonly to: number }[]
  }
  /** Units whose holdout point is below the bound are kept out. */
  readonly holdout?: { readonly key: string; readonly bound: number }
  /** Unit id → variant key, for quality assurance; such decisions are never analysed. */
  readonly forced?: Readonly<Record<string, string>>
  /** A unit that was exposed keeps its variant whatever is edited later. */
  readonly sticky: boolean
  /** Version of the learned state that made the slots, when a policy allocates. */
  readonly policyVersion?: number
  /** Attributes whose values travel with each exposure, to read the result by segment; at most 5. */
  readonly dimensions?: readonly string[]
}

/** Value of each declared dimension that the unit had: at most 64 characters each. */
export type Dimensions = Readonly<Record<string, string>>

/**
 * Why a unit got its variant. A closed vocabulary: only the first three are randomised (or were), are
 * exposed and are analysed.
 */
export const REASONS = [
  'assigned',
  'policy',
  'sticky',
  'forced',
  'not-running',
  'audience-mismatch',
  'outside-coverage',
  'outside-layer',
  'held-out',
] as const
export type Reason = (typeof REASONS)[number]

export interface Decision {
  readonly experiment: string
  readonly version: number
  readonly unit: string
  readonly variant: string
  readonly payload: Json
  /** Probability with which this unit was to get this variant, given that it takes part; 1 when nothing was drawn. */
  readonly propensity: number
  readonly reason: Reason
  /** Whether using this decision counts as an exposure. */
  readonly tracked: boolean
  readonly policyVersion?: number
  /** Values of the declared dimensions, when the decision counts. */
  readonly dimensions?: Dimensions
}

/** The moment a unit really met its variant. `id` is made by the client (UUIDv7 best); repeats are counted once. */
export interface ExposureEvent {
  readonly type: 'exposure'
  readonly id: string
  readonly experiment: string
  readonly variant: string
  readonly unit: string
  /** Milliseconds since 1970 or an ISO 8601 time; the time of arrival when absent. */
  readonly at?: number | string
  readonly version?: number
  readonly propensity?: number
  readonly policyVersion?: number
  readonly dimensions?: Dimensions
}

/** A measured value of a metric for a unit at a time. */
export interface OutcomeEvent {
  readonly type?: 'outcome'
  readonly id: string
  readonly unit: string
  readonly metric: string
  readonly value: number
  readonly at?: number | string
}

/**
 * Two names of one unit: a visitor who was anonymous signed in. From then on `previous` is another name for
 * `unit`, and what was counted under it counts for `unit`.
 */
export interface IdentityEvent {
  readonly type: 'identity'
  readonly id: string
  readonly unit: string
  readonly previous: string
  readonly at?: number | string
}

export type HeliosEvent = ExposureEvent | OutcomeEvent | IdentityEvent

/** Answer to a batch of events: what was refused is named item by item, the rest is durable. */
export interface Receipt {
  /** Events that are durable now and were not before. */
  readonly accepted: number
  /** Indices of events whose id was already known: nothing to do, nothing counted twice. */
  readonly duplicates: readonly number[]
  readonly rejected: readonly RejectedEvent[]
}

export interface RejectedEvent {
  readonly index: number
  readonly code: string
  readonly message: string
}
