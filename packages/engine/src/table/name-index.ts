import { HeliosError } from '../errors.ts'
import type { CsvRow } from './csv-row.ts'
import { LONGEST_TEXT_BYTES, TextIndex } from './text-index.ts'

/** Few distinct names seen in many rows: a text is made only for each new one. */
export class NameIndex {
  readonly names: string[] = []
  readonly #index = new TextIndex()

  /** Number of the name in a cell, in the order of first sight from 0; blanks around it do not count. */
  at(row: CsvRow, place: number): number {
    row.selectTrimmed(place)
    const id = internSelected(this.#index, row)
    if (id === this.names.length) this.names.push(row.selectedText())
    return id
  }
}

/** Number of the chosen cell's text. Throws HEL_FILE_INVALID when it is too long. */
export function internSelected(index: TextIndex, row: CsvRow): number {
  const id = index.intern(row.bytes, row.from, row.to)
  if (id >= 0) return id
  const problem = `line ${row.line} names something by a text longer than ${LONGEST_TEXT_BYTES} bytes`
  throw new HeliosError('HEL_FILE_INVALID', { problem })
}
