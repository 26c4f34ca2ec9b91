import type { Stratification, SummarisedMetric } from '../analyse.ts'
import type { Finding } from '../analysis.ts'
import type { UnitValues } from './unit-values.ts'

/** A table reduced to sufficient statistics. */
export interface SummarisedTable {
  /** Rows below the header, counted or not. */
  readonly rows: number
  /** One, without a name, unless a column names experiments; in the order of first appearance. */
  readonly experiments: readonly SummarisedExperiment[]
  readonly findings: readonly Finding[]
}

export interface SummarisedExperiment {
  readonly name: string
  /** The control first, where there is one; the others by name. */
  readonly variants: readonly string[]
  /** Units per variant. */
  readonly counts: readonly number[]
  readonly crossoverUnits: number
  readonly stratifications: readonly Stratification[]
  readonly metrics: readonly SummarisedMetric[]
  readonly findings: readonly Finding[]
  /** The units one by one, where they were to be kept. */
  readonly units?: UnitValues
}
