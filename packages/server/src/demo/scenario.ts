import type { ExperimentInput, MetricInput } from '@helios/engine'
import type { Random } from './random.ts'

/** Marks everything that the demo makes. */
export const SIMULATED_TAG = 'simulated'

/** One experiment of the demo, what its visitors are like, and what is true of them. */
export interface Scenario {
  readonly experiment: ExperimentInput
  /** Metrics that it needs and that are not built in. */
  readonly metrics?: readonly MetricInput[]
  readonly truth: Truth
  readonly schedule: Schedule
  /** Word that the names of its units begin with. */
  readonly unitPrefix: string
  readonly unitsPerDay: number
  /** Facts about a visitor; audiences and dimensions look at them. */
  attributes(random: Random): VisitorAttributes
  /**
   * What a visitor does after meeting a variant; undefined for one who is gone before the exposure could
   * be recorded.
   */
  behaviour(visitor: Visitor, random: Random): readonly PlannedOutcome[] | undefined
}

export type VisitorAttributes = Readonly<Record<string, string>>

export interface Visitor {
  readonly variant: string
  readonly attributes: VisitorAttributes
}

export interface PlannedOutcome {
  readonly metric: string
  readonly value: number
  /** Minutes from the exposure; live, where nobody wants to wait for hours, as many seconds. */
  readonly afterMinutes: number
}

/** When things happen, as shares of the simulated history: 0 its beginning, 1 its end. Never, when absent. */
export interface Schedule {
  readonly create: number
  readonly start?: number
  readonly complete?: number
}

/** What the visitors were made with, for people and for tests. */
export interface Truth {
  readonly summary: string
  readonly effects: readonly TrueEffect[]
}

/** Expected difference of a variant from the control on a metric: treatment − control, or its ratio to the control. */
export interface TrueEffect {
  readonly metric: string
  readonly variant: string
  readonly scale: 'absolute' | 'relative'
  readonly effect: number
  /** Only for visitors with this value of a dimension; for all when absent. */
  readonly segment?: { readonly dimension: string; readonly value: string }
}

/** Whether visitors come after the history, if somebody lets the experiment run. */
export function isLasting({ schedule }: Scenario): boolean {
  return schedule.complete === undefined
}
