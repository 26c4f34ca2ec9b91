import { type Column, refuseCell, sumAt } from './cell.ts'
import type { CsvRow } from './csv-row.ts'
import type { Header } from './header.ts'
import type { TableMetric } from './table-question.ts'

/** A metric with the places of its columns. */
export interface RowMetric {
  readonly metric: TableMetric
  readonly value: readonly Column[]
  readonly denominator: readonly Column[]
  /** Numbers per unit: 2 for a ratio, else 1. */
  readonly components: number
}

export function bindMetric(metric: TableMetric, header: Header): RowMetric {
  const columns = (names: readonly string[]) => names.map((name) => ({ name, place: header.find(name) }))
  return {
    metric,
    value: columns(metric.value),
    denominator: columns(metric.denominator),
    components: metric.kind === 'ratio' ? 2 : 1,
  }
}

/**
 * Writes the value of a row (for a ratio, numerator and denominator) and answers whether it has one.
 * `units` is the number of units for which the row stands. Throws HEL_FILE_INVALID for a value that the
 * metric cannot have.
 */
export function readMetric(row: CsvRow, bound: RowMetric, units: number, into: Float64Array): boolean {
  const { kind } = bound.metric
  const value = sumAt(row, bound.value, kind === 'proportion' ? 'numbers and words' : 'numbers')
  into[0] = value
  if (Number.isNaN(value)) return false
  if (kind === 'proportion') requireSuccesses(row, bound.value, value, units)
  else if (kind === 'count' && !(Number.isInteger(value) && value >= 0)) {
    refuseCell(
      row,
      bound.value,
      textOf(row, bound.value, value),
      'not a count (0, 1, 2, …); use mean(…) for other numbers',
    )
  } else if (kind === 'ratio') {
    const denominator = sumAt(row, bound.denominator, 'numbers')
    into[1] = denominator
    return !Number.isNaN(denominator)
  }
  return true
}

function requireSuccesses(row: CsvRow, columns: readonly Column[], value: number, units: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= units) return
  const text = textOf(row, columns, value)
  if (units === 1)
    refuseCell(row, columns, text, 'neither 0 nor 1, as a proportion needs; mean(…) takes any number')
  refuseCell(row, columns, text, `not a number of successes among ${units} units`)
}

function textOf(row: CsvRow, columns: readonly Column[], value: number): string {
  return columns.length === 1 ? row.text((columns[0] as Column).place) : String(value)
}
