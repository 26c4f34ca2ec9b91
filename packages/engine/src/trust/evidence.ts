import type { Analysis, VariantComparison } from '../analysis.ts'
import type { AnalysisSettings } from '../experiment.ts'

/** All that health, stopping and recommendations are judged from. */
export interface Evidence {
  /** The numbers, and what keeps them from being read. */
  readonly analysis: AnalysisNumbers
  readonly settings: AnalysisSettings
  /** Units per variant that were planned; 0 where none were. */
  readonly minimumSample: number
  /** Units of each variant, in their order, and the share of all units that each was to get (sums to 1). */
  readonly counts: readonly number[]
  readonly shares: readonly number[]
  /** Variants that get no more units: nothing is waited for, or recommended, that concerns them. */
  readonly stopped?: readonly string[]
  /** When it ran; absent for a file, which knows nothing of time. */
  readonly schedule?: Schedule
  /** A closer look at the units, where one was taken. */
  readonly checkup?: Checkup
}

/** An analysis before it has been judged. */
export type AnalysisNumbers = Omit<Analysis, 'health' | 'stopping' | 'recommendations'>

/** What is judged from them. */
export type Health = Analysis['health']
export type HealthPart = Health['parts'][number]
export type Stopping = Analysis['stopping']
export type StoppingCause = Stopping['reasons'][number]
export type Recommendation = Analysis['recommendations'][number]

/** A comparison that could be made. */
export type Compared = Extract<VariantComparison, { readonly status: 'ok' }>
export type GuardrailVerdict = NonNullable<Compared['guardrail']>
export type Direction = Analysis['metrics'][string]['direction']

export interface Schedule {
  readonly startedAt: number
  /** Now, or when it ended. */
  readonly until: number
  /** Whether it can go on: running, or paused. */
  readonly isOpen: boolean
  readonly maximumDurationDays?: number
}

/** What only a look at every unit shows, for the first primary metric unless said otherwise. */
export interface Checkup {
  /** Does the effect change with the day on which units came? By variant. */
  readonly novelty: Readonly<Record<string, TrendCheck>>
  /** Does the effect differ between days of the week? By variant. */
  readonly weekday: Readonly<Record<string, PatternCheck>>
  /** How much of each metric hangs on a few units. */
  readonly outliers: readonly OutlierCheck[]
}

export interface TrendCheck {
  /** Days with units of both variants. */
  readonly days: number
  /** Change of the effect per day, in units of the metric. */
  readonly slope: number
  readonly standardError: number
  readonly pValue: number
  /** Average effect on units of the first third of the days, and of the days after. */
  readonly early?: number
  readonly later?: number
}

export interface PatternCheck {
  /** Days of the week with units of both variants. */
  readonly weekdays: number
  readonly statistic: number
  readonly degreesOfFreedom: number
  readonly pValue: number
}

export interface OutlierCheck {
  readonly metric: string
  readonly variant: string
  /** Share of the variant's total that its largest hundredth of units has. */
  readonly shareOfLargest: number
  /** How far the difference from the control would move, in standard errors, without the most influential unit. */
  readonly influence: number
}
