import { HeliosError } from '../errors.ts'
import { CsvRow } from './csv-row.ts'

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const QUOTE = 0x22
const INCOMPLETE = -1
const LONGEST_ROW_BYTES = 16 * 2 ** 20

/**
 * Reads CSV from chunks of bytes, cut anywhere, and hands on one row at a time.
 *
 * RFC 4180, and what files in the wild need beyond it: lines may end in LF, CRLF or CR, mixed; the last
 * needs no end; blank lines are passed over; a byte-order mark is dropped; a quote inside an unquoted cell
 * stands for itself. What cannot be read with certainty is refused with its line: a quote that never
 * closes, text after a closing quote, a zero byte. Whether rows have equally many cells is the caller's
 * question, for only the caller knows which row is the header.
 *
 * A row that is cut by the end of a chunk is read again from its beginning when more bytes are there, so
 * a result cannot depend on where chunks end. Memory: one chunk and the longest row (at most 16 MiB).
 */
export class CsvReader {
  readonly #delimiter: number
  readonly #onRow: (row: CsvRow) => void
  /** No byte above this one can end a cell. */
  readonly #highestStop: number
  readonly #row = new CsvRow()
  #buffer = new Uint8Array(1 << 16)
  #held = 0
  #line = 1
  #atStart = true

  constructor(delimiter: number, onRow: (row: CsvRow) => void) {
    this.#delimiter = delimiter
    this.#onRow = onRow
    this.#highestStop = Math.max(delimiter, CARRIAGE_RETURN)
  }

  push(chunk: Uint8Array): void {
    const end = this.#held + chunk.length
    if (end > this.#buffer.length) {
      const larger = new Uint8Array(Math.ceil(end * 1.25))
      larger.set(this.#buffer.subarray(0, this.#held))
      this.#buffer = larger
    }
    this.#buffer.set(chunk, this.#held)
    this.#consume(end, false)
  }

  /** Call once after the last chunk: the last line may have no end. */
  end(): void {
    this.#consume(this.#held, true)
  }

  #consume(end: number, final: boolean): void {
    let from = 0
    if (this.#atStart) {
      if (end < 3 && !final) {
        this.#held = end
        return
      }
      from = this.#skipByteOrderMark(end)
    }
    for (;;) {
      const next = from < end ? this.#scanRow(from, end, final) : INCOMPLETE
      if (next === INCOMPLETE) break
      if (!this.#row.blank) this.#onRow(this.#row)
      this.#line++
      from = next
    }
    this.#hold(from, end)
  }

  #hold(from: number, end: number): void {
    if (end - from > LONGEST_ROW_BYTES) {
      refuse(`the row on line ${this.#line} is longer than 16 MiB; does a quote never close?`)
    }
    this.#buffer.copyWithin(0, from, end)
    this.#held = end - from
  }

  #skipByteOrderMark(end: number): number {
    this.#atStart = false
    const [a, b, c] = this.#buffer
    const isUtf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
    if (end >= 2 && isUtf16) refuse('it is written in UTF-16; save it as UTF-8')
    return end >= 3 && a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0
  }

  /** Reads the row that begins at `from`; answers where the next begins, or INCOMPLETE. */
  #scanRow(from: number, end: number, final: boolean): number {
    const row = this.#row
    row.begin(this.#buffer, this.#line)
    let lineBreaks = 0
    for (let place = from; ; place++) {
      if (place < end && this.#buffer[place] === QUOTE) {
        const after = this.#scanQuoted(place, end, final)
        if (after === INCOMPLETE) return INCOMPLETE
        lineBreaks += this.#lineBreaks
        place = after
      } else {
        const start = place
        place = this.#endOfPlainCell(place, end)
        if (place === end && !final) return INCOMPLETE
        row.append(start, place, 0)
      }
      if (place < end && this.#buffer[place] === this.#delimiter) continue
      const next = this.#afterLineEnd(place, end, final)
      if (next !== INCOMPLETE) this.#line += lineBreaks
      return next
    }
  }

  #endOfPlainCell(from: number, end: number): number {
    const buffer = this.#buffer
    const delimiter = this.#delimiter
    const highestStop = this.#highestStop
    for (let i = from; i < end; i++) {
      const byte = buffer[i] as number
      if (byte > highestStop) continue
      if (byte === delimiter || byte === LINE_FEED || byte === CARRIAGE_RETURN) return i
      if (byte === 0) this.#refuseBinary()
    }
    return end
  }

  /** Line breaks within the quoted cell last read. */
  #lineBreaks = 0

  /** Appends the quoted cell that opens at `open`; answers the place behind its closing quote. */
  #scanQuoted(open: number, end: number, final: boolean): number {
    const buffer = this.#buffer
    let doubled = false
    let lineBreaks = 0
    for (let i = open + 1; i < end; i++) {
      const byte = buffer[i]
      if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && buffer[i + 1] !== LINE_FEED)) lineBreaks++
      if (byte === 0) this.#refuseBinary()
      if (byte !== QUOTE) continue
      if (i + 1 === end && !final) return INCOMPLETE
      if (i + 1 < end && buffer[i + 1] === QUOTE) {
        doubled = true
        i++
        continue
      }
      this.#lineBreaks = lineBreaks
      this.#requireCellEnd(i + 1, end, this.#line + lineBreaks)
      this.#row.append(open + 1, i, doubled ? 2 : 1)
      return i + 1
    }
    if (final)
      refuse(`the quote that opens on line ${this.#line} in cell ${this.#row.count + 1} never closes`)
    return INCOMPLETE
  }

  #requireCellEnd(place: number, end: number, line: number): void {
    const byte = this.#buffer[place]
    if (place >= end || byte === this.#delimiter || byte === LINE_FEED || byte === CARRIAGE_RETURN) return
    const cell = this.#row.count + 1
    refuse(
      `line ${line}, cell ${cell}: text follows a closing quote (a quote inside quotes is written twice)`,
    )
  }

  #afterLineEnd(place: number, end: number, final: boolean): number {
    if (place >= end) return final ? end : INCOMPLETE
    if (this.#buffer[place] === LINE_FEED) return place + 1
    if (place + 1 < end) return this.#buffer[place + 1] === LINE_FEED ? place + 2 : place + 1
    return final ? end : INCOMPLETE
  }

  #refuseBinary(): never {
    refuse(`it is not text (zero byte near line ${this.#line}); save a workbook or an archive as CSV first`)
  }
}

function refuse(problem: string): never {
  throw new HeliosError('HEL_FILE_INVALID', { problem })
}
