import { HeliosError } from '../errors.ts'
import type { CsvRow } from './csv-row.ts'
import { anyDecimal, plainDecimal } from './decimal.ts'

const MISSING = new Set(['', 'na', 'nan', 'null'])
/** Longer texts need not be looked up. */
export const LONGEST_MISSING = 4
const BINARY_WORDS: Readonly<Record<string, number>> = { true: 1, yes: 1, false: 0, no: 0 }
/** Squares of larger values overflow, and with them every variance. */
const LARGEST_MAGNITUDE = 1e150

/** A column by its place and its name, for messages. */
export interface Column {
  readonly place: number
  readonly name: string
}

/** A value or the reason why there is none. */
export type CellWords = 'numbers' | 'numbers and words'

/**
 * Number in a cell; NaN where it is missing (empty, NA, NaN or null). With `numbers and words`, true,
 * false, yes and no in any case count as 1 and 0. Throws HEL_FILE_INVALID for anything else.
 */
export function numberAt(row: CsvRow, column: Column, words: CellWords): number {
  row.selectTrimmed(column.place)
  const value = plainDecimal(row.bytes, row.from, row.to)
  return Number.isNaN(value) || Math.abs(value) > LARGEST_MAGNITUDE
    ? unusualNumber(row, column, words)
    : value
}

/** Sum over columns; NaN where one of them is missing. */
export function sumAt(row: CsvRow, columns: readonly Column[], words: CellWords): number {
  let sum = 0
  for (let i = 0; i < columns.length; i++) sum += numberAt(row, columns[i] as Column, words)
  return sum
}

function unusualNumber(row: CsvRow, column: Column, words: CellWords): number {
  const text = row.selectedText()
  const lower = text.toLowerCase()
  if (MISSING.has(lower)) return Number.NaN
  const word = Object.hasOwn(BINARY_WORDS, lower) ? (BINARY_WORDS[lower] as number) : undefined
  if (word !== undefined && words === 'numbers and words') return word
  const value = anyDecimal(text)
  if (Number.isNaN(value)) refuseCell(row, column, text, reasonFor(lower, word !== undefined))
  if (Math.abs(value) > LARGEST_MAGNITUDE)
    refuseCell(row, column, text, 'too large a number to take the square of')
  return value
}

function reasonFor(lower: string, isWord: boolean): string {
  if (isWord) return 'a word, not a number; use proportion(…) for such columns'
  if (/^[+-]?inf(inity)?$/.test(lower)) return 'infinite; one such value would make every result infinite'
  if (/^[+-]?\d{1,3}(?:[., ]\d{3})*,\d+$/.test(lower)) return 'not a number; write decimals with a point'
  return 'not a number'
}

export function isMissing(text: string): boolean {
  return MISSING.has(text.toLowerCase())
}

/** Throws HEL_FILE_INVALID: `line 7, column spend: "12;50" is not a number`. */
export function refuseCell(row: CsvRow, column: Column | readonly Column[], text: string, is: string): never {
  const columns = Array.isArray(column) ? (column as readonly Column[]) : [column as Column]
  const name = columns.map((part) => part.name).join(' + ')
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  throw new HeliosError('HEL_FILE_INVALID', {
    problem: `line ${row.line}, column ${name}: "${shown}" is ${is}`,
  })
}
