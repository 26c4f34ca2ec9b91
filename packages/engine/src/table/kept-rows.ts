import type { CsvRow } from './csv-row.ts'
import type { Cohort } from './experiment-tally.ts'
import type { MetricTotals } from './metric-totals.ts'
import { ValueColumn, WholeColumn } from './paged-column.ts'
import { type RowMetric, readMetric } from './row-metric.ts'
import type { KeptUnits, Measured, UnitSink } from './unit-sinks.ts'

/** Each row is a unit whose values are kept as well as counted. */
export class KeptRowSink implements UnitSink, KeptUnits {
  count = 0
  readonly #measured: Measured
  readonly #groups = new WholeColumn(16)
  readonly #values: readonly (readonly ValueColumn[])[]
  readonly #vector = new Float64Array(2)

  constructor(measured: Measured) {
    this.#measured = measured
    this.#values = measured.metrics.map(({ components }) =>
      Array.from({ length: components }, () => new ValueColumn()),
    )
  }

  take(row: CsvRow, { group, tally }: Cohort): number {
    const { metrics, totals } = this.#measured
    const unit = this.count++
    this.#groups.set(unit, group)
    for (let m = 0; m < metrics.length; m++) {
      if (readMetric(row, metrics[m] as RowMetric, 1, this.#vector)) {
        ;(totals[m] as MetricTotals).add(group, this.#vector, 1)
        const columns = this.#values[m] as readonly ValueColumn[]
        for (let i = 0; i < columns.length; i++)
          (columns[i] as ValueColumn).set(unit, this.#vector[i] as number)
      } else tally.missingRows[m] = (tally.missingRows[m] as number) + 1
    }
    return 1
  }

  finish(): void {
    // Nothing waits for the last row: every row was a unit of its own.
  }

  groupOf(unit: number): number {
    return this.#groups.get(unit)
  }

  valueOf(unit: number, metric: number, component: number): number {
    return this.#values[metric]?.[component]?.get(unit) ?? Number.NaN
  }
}
