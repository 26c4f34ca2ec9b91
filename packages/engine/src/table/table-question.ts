import type { Metric } from '../metric.ts'

/** Names of columns whose values are added up. */
export type ColumnSum = readonly string[]

export type TableMetricKind = Extract<Metric['kind'], 'mean' | 'proportion' | 'count' | 'ratio' | 'quantile'>

/** A metric over the columns of a table. */
export interface TableMetric {
  readonly name: string
  readonly kind: TableMetricKind
  /** The value of a row, or the numerator of a ratio. */
  readonly value: ColumnSum
  /** Denominator of a ratio; empty for the other kinds. */
  readonly denominator: ColumnSum
  /** Level of a quantile, in (0, 1). */
  readonly level?: number
}

/** A number known of each unit before it met its variant; of a unit with several rows, that of the first. */
export interface TableCovariate {
  readonly name: string
  readonly value: ColumnSum
}

export const COMPARISONS = ['!=', '<=', '>=', '=', '<', '>'] as const
export type ComparisonOperator = (typeof COMPARISONS)[number]

/** Rows count only where this holds. A row without the value never does. */
export interface TableCondition {
  readonly columns: ColumnSum
  readonly operator: ComparisonOperator
  /** What is compared with: as a number where it is one, else as text. */
  readonly value: string
  /** The value as it was given, for messages. */
  readonly text: string
}

/** What is asked of a table in which each row is a unit, an observation of a unit, or many units. */
export interface TableQuestion {
  /** Column that names the variant of a row. */
  readonly variant: string
  /** The variant that the others are compared with. */
  readonly control: string
  readonly metrics: readonly TableMetric[]
  /** Column that names the unit; rows of one unit are put together. Without it each row is a unit. */
  readonly unit?: string
  /** Column that says for how many units a row stands. */
  readonly units?: string
  /** Column that names the experiment, where the table holds many. */
  readonly experiment?: string
  readonly where?: readonly TableCondition[]
  /** Columns by whose values the shares of the variants should not differ. */
  readonly strata?: readonly string[]
  /** Keep the values of each unit, for methods that no summary suffices for; not with `units` or `experiment`. */
  readonly keepUnits?: boolean
  readonly covariates?: readonly TableCovariate[]
  /** Columns whose text is kept for each unit, from its first row. */
  readonly labels?: readonly string[]
  /** Intended share of each variant, on any scale; equal when absent. */
  readonly weights?: Readonly<Record<string, number>>
  /** One ASCII character; a comma when absent. */
  readonly delimiter?: string
}
