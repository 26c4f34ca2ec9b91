import { HeliosError } from '../errors.ts'
import { type Column, sumAt } from './cell.ts'
import type { CsvRow } from './csv-row.ts'
import type { Header } from './header.ts'
import { NameIndex } from './name-index.ts'
import { ValueColumn, WholeColumn } from './paged-column.ts'
import type { TableQuestion } from './table-question.ts'

/** More values than that name the units, not groups of them. */
const MOST_VALUES = 100_000

/** What is known of each unit besides its metrics: covariates and labels, both from its first row. */
export class UnitFacts {
  #count = 0
  readonly #covariates: readonly { readonly columns: readonly Column[]; readonly values: ValueColumn }[]
  readonly #labels: readonly {
    readonly column: Column
    readonly index: NameIndex
    readonly values: WholeColumn
  }[]

  constructor({ covariates = [], labels = [] }: TableQuestion, header: Header) {
    this.#covariates = covariates.map(({ value }) => ({
      columns: value.map((name) => ({ name, place: header.find(name) })),
      values: new ValueColumn(),
    }))
    this.#labels = labels.map((name) => ({
      column: { name, place: header.find(name) },
      index: new NameIndex(),
      values: new WholeColumn(32),
    }))
  }

  /** Call with the first row of every unit, in the order of the units. */
  add(row: CsvRow): void {
    const unit = this.#count++
    for (const { columns, values } of this.#covariates) {
      const value = sumAt(row, columns, 'numbers and words')
      if (!Number.isNaN(value)) values.set(unit, value)
    }
    for (const { column, index, values } of this.#labels) {
      const label = index.at(row, column.place)
      if (label >= MOST_VALUES) {
        const problem = `column ${column.name} has more than ${MOST_VALUES} values; it cannot tell groups of units apart`
        throw new HeliosError('HEL_FILE_INVALID', { problem })
      }
      values.set(unit, label)
    }
  }

  get covariates(): number {
    return this.#covariates.length
  }

  get labels(): number {
    return this.#labels.length
  }

  /** NaN where it is missing. */
  covariateOf(unit: number, covariate: number): number {
    return this.#covariates[covariate]?.values.get(unit) ?? Number.NaN
  }

  labelOf(unit: number, label: number): number {
    return this.#labels[label]?.values.get(unit) ?? 0
  }

  /** Texts of a label column, by number. */
  textsOf(label: number): readonly string[] {
    return this.#labels[label]?.index.names ?? []
  }
}
