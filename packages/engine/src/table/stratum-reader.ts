import { HeliosError } from '../errors.ts'
import { dayLabel, isDateHeader, isoDay } from './calendar-day.ts'
import { type Column, isMissing } from './cell.ts'
import type { CsvRow } from './csv-row.ts'
import type { Header } from './header.ts'
import { NameIndex } from './name-index.ts'

const MOST_DAYS = 1000
const MOST_VALUES = 10_000
const TEXTS_REMEMBERED = 10_000

/** Tells to which stratum a row belongs. */
export interface StratumReader {
  readonly name: string
  /** False once the column has turned out not to be what it looked like. */
  readonly active: boolean
  /** Number of the row's stratum, from 0. */
  at(row: CsvRow): number
  labelOf(stratum: number): string
}

/** The columns that were asked for, and every column of dates that nobody had to ask for. */
export function stratumReaders(asked: readonly string[], header: Header): StratumReader[] {
  const chosen = [...new Set(asked)].map((name) => new ValueReader({ name, place: header.find(name) }))
  const dates = header.names
    .map((name, place) => ({ name, place }))
    .filter(({ name }) => isDateHeader(name) && !asked.includes(name))
  return [...chosen, ...dates.map((column) => new DayReader(column))]
}

class ValueReader implements StratumReader {
  readonly name: string
  readonly active = true
  readonly #column: Column
  readonly #values = new NameIndex()

  constructor(column: Column) {
    this.#column = column
    this.name = column.name
  }

  at(row: CsvRow): number {
    const stratum = this.#values.at(row, this.#column.place)
    if (stratum >= MOST_VALUES) {
      const problem = `column ${this.name} has more than ${MOST_VALUES} values; it cannot serve as stratum`
      throw new HeliosError('HEL_FILE_INVALID', { problem })
    }
    return stratum
  }

  labelOf(stratum: number): string {
    return this.#values.names[stratum] || '(empty)'
  }
}

/**
 * Days of a column of dates. The column is given up, silently, when a value is missing or is no date:
 * a date that only some units have (`cancelled_at`) is an outcome, and outcomes may differ by variant.
 */
class DayReader implements StratumReader {
  readonly name: string
  active = true
  readonly #column: Column
  readonly #labels: string[] = []
  readonly #byLabel = new Map<string, number>()
  readonly #byDay = new Map<number, number>()
  readonly #byText = new Map<string, number>()

  constructor(column: Column) {
    this.#column = column
    this.name = column.name
  }

  at(row: CsvRow): number {
    row.selectTrimmed(this.#column.place)
    const day = isoDay(row.bytes, row.from, row.to)
    if (day === 0) return this.#atText(row.selectedTextLoosely())
    const known = this.#byDay.get(day)
    if (known !== undefined) return known
    const stratum = this.#stratumOf(row.selectedTextLoosely().slice(0, 10).replaceAll('/', '-'))
    this.#byDay.set(day, stratum)
    return stratum
  }

  labelOf(stratum: number): string {
    return this.#labels[stratum] as string
  }

  #atText(text: string): number {
    const known = this.#byText.get(text)
    if (known !== undefined) return known
    const label = isMissing(text) ? undefined : dayLabel(text, this.name)
    if (label === undefined) this.active = false
    const stratum = label === undefined ? 0 : this.#stratumOf(label)
    if (this.#byText.size >= TEXTS_REMEMBERED) this.#byText.clear()
    this.#byText.set(text, stratum)
    return stratum
  }

  #stratumOf(label: string): number {
    const known = this.#byLabel.get(label)
    if (known !== undefined) return known
    if (this.#labels.length === MOST_DAYS) this.active = false
    const stratum = this.#labels.push(label) - 1
    this.#byLabel.set(label, stratum)
    return stratum
  }
}
