import { isMissing, LONGEST_MISSING } from './cell.ts'
import type { CsvRow } from './csv-row.ts'
import type { Cohort } from './experiment-tally.ts'
import type { MetricTotals } from './metric-totals.ts'
import { internSelected } from './name-index.ts'
import { ValueColumn, WholeColumn } from './paged-column.ts'
import { type RowMetric, readMetric } from './row-metric.ts'
import { TextIndex } from './text-index.ts'

/** Where rows become units, and units become statistics. */
export interface UnitSink {
  /** Takes a row that stands for `units` units; answers how many of them are new. */
  take(row: CsvRow, cohort: Cohort, units: number): number
  /** Call once, after the last row. */
  finish(cohorts: readonly Cohort[]): void
}

/** A sink that can tell of each unit; units are numbered from 0 in the order in which they were first seen. */
export interface KeptUnits {
  readonly count: number
  /** Group of the unit's cohort. */
  groupOf(unit: number): number
  /** NaN where the unit lacks the metric. */
  valueOf(unit: number, metric: number, component: number): number
}

export interface Measured {
  readonly metrics: readonly RowMetric[]
  readonly totals: readonly MetricTotals[]
}

/** Each row is a unit (or several, alike): its values go straight into the statistics. */
export class RowSink implements UnitSink {
  readonly #measured: Measured
  readonly #vector = new Float64Array(2)

  constructor(measured: Measured) {
    this.#measured = measured
  }

  take(row: CsvRow, { group, tally }: Cohort, units: number): number {
    const { metrics, totals } = this.#measured
    for (let m = 0; m < metrics.length; m++) {
      if (readMetric(row, metrics[m] as RowMetric, units, this.#vector)) {
        ;(totals[m] as MetricTotals).add(group, this.#vector, units)
      } else tally.missingRows[m] = (tally.missingRows[m] as number) + 1
    }
    return units
  }

  finish(): void {
    // Nothing waits for the last row: every row was a unit of its own.
  }
}

/**
 * Rows of one unit are put together: values are added up, and a proportion asks whether any is 1.
 *
 * A unit belongs to the variant of its first row. In one experiment the column of variants has 16 bits,
 * the highest of which remembers that the unit was seen in another variant too; with many, 32 bits.
 */
export class NamedUnitSink implements UnitSink, KeptUnits {
  readonly #measured: Measured
  readonly #place: number
  readonly #manyExperiments: boolean
  readonly #units = new TextIndex()
  readonly #cohorts: WholeColumn
  readonly #crossed: number
  /** One column per component of each metric. */
  readonly #values: readonly (readonly ValueColumn[])[]
  readonly #vector = new Float64Array(2)
  #key = new Uint8Array(64)

  constructor(measured: Measured, place: number, manyExperiments: boolean) {
    this.#measured = measured
    this.#place = place
    this.#manyExperiments = manyExperiments
    this.#cohorts = new WholeColumn(manyExperiments ? 32 : 16)
    this.#crossed = manyExperiments ? 2 ** 31 : 2 ** 15
    this.#values = measured.metrics.map(({ components }) =>
      Array.from({ length: components }, () => new ValueColumn()),
    )
  }

  take(row: CsvRow, cohort: Cohort): number {
    const before = this.#units.count
    const unit = this.#unitOf(row, cohort)
    if (unit < 0) {
      cohort.tally.rowsWithoutUnit++
      return 0
    }
    const isNew = unit === before
    if (isNew) this.#cohorts.set(unit, cohort.group)
    else this.#noteCrossover(unit, cohort)
    this.#addValues(row, unit, cohort)
    return isNew ? 1 : 0
  }

  get count(): number {
    return this.#units.count
  }

  groupOf(unit: number): number {
    return this.#cohorts.get(unit) % this.#crossed
  }

  valueOf(unit: number, metric: number, component: number): number {
    return this.#values[metric]?.[component]?.get(unit) ?? Number.NaN
  }

  finish(cohorts: readonly Cohort[]): void {
    const { totals } = this.#measured
    for (let unit = 0; unit < this.#units.count; unit++) {
      const cohort = cohorts[this.groupOf(unit)] as Cohort
      for (let m = 0; m < totals.length; m++) {
        if (this.#readUnit(m, unit)) (totals[m] as MetricTotals).add(cohort.group, this.#vector, 1)
        else cohort.tally.missingUnits[m] = (cohort.tally.missingUnits[m] as number) + 1
      }
    }
  }

  /** Number of the unit, or -1 where the row names none. A unit of two experiments is two units. */
  #unitOf(row: CsvRow, { tally }: Cohort): number {
    row.select(this.#place)
    const length = row.to - row.from
    if (length <= LONGEST_MISSING && isMissing(row.selectedTextLoosely())) return -1
    if (!this.#manyExperiments) return internSelected(this.#units, row)
    if (length + 4 > this.#key.length) this.#key = new Uint8Array(2 * (length + 4))
    new DataView(this.#key.buffer).setUint32(0, tally.id)
    this.#key.set(row.bytes.subarray(row.from, row.to), 4)
    row.bytes = this.#key
    row.from = 0
    row.to = length + 4
    return internSelected(this.#units, row)
  }

  #noteCrossover(unit: number, { group, tally }: Cohort): void {
    const first = this.#cohorts.get(unit)
    if (first === group || first >= this.#crossed) return
    this.#cohorts.set(unit, first + this.#crossed)
    tally.crossoverUnits++
  }

  #addValues(row: CsvRow, unit: number, { tally }: Cohort): void {
    const { metrics } = this.#measured
    for (let m = 0; m < metrics.length; m++) {
      const metric = metrics[m] as RowMetric
      if (!readMetric(row, metric, 1, this.#vector)) {
        tally.missingRows[m] = (tally.missingRows[m] as number) + 1
        continue
      }
      const columns = this.#values[m] as readonly ValueColumn[]
      const isProportion = metric.metric.kind === 'proportion'
      for (let i = 0; i < columns.length; i++) {
        const column = columns[i] as ValueColumn
        const before = column.get(unit)
        const value = this.#vector[i] as number
        if (Number.isNaN(before)) column.set(unit, value)
        else if (isProportion) column.set(unit, Math.max(before, value))
        else column.set(unit, before + value)
      }
    }
  }

  #readUnit(metric: number, unit: number): boolean {
    const columns = this.#values[metric] as readonly ValueColumn[]
    for (let i = 0; i < columns.length; i++) this.#vector[i] = (columns[i] as ValueColumn).get(unit)
    return !Number.isNaN(this.#vector[0] as number)
  }
}
