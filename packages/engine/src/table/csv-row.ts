import { HeliosError } from '../errors.ts'

const SPACE = 0x20
const TAB = 0x09
const QUOTE = 0x22

/**
 * One row of a CSV file as spans of bytes: no text is made until somebody asks for it.
 *
 * The row is a view that the reader moves along; it must not be kept beyond the call that received it.
 */
export class CsvRow {
  /** Line of the file on which the row begins, from 1. */
  line = 0
  /** Cells in the row. */
  count = 0
  /** Bytes, begin and end of the cell last chosen by `select`. */
  bytes: Uint8Array = new Uint8Array(0)
  from = 0
  to = 0

  #source: Uint8Array = this.bytes
  #starts = new Int32Array(64)
  #ends = new Int32Array(64)
  /** 0 plain, 1 quoted, 2 quoted with doubled quotes inside. */
  #quoting = new Uint8Array(64)
  #scratch = new Uint8Array(256)

  begin(source: Uint8Array, line: number): void {
    this.#source = source
    this.line = line
    this.count = 0
  }

  /** Appends a cell: its bytes without the outer quotes. */
  append(start: number, end: number, quoting: 0 | 1 | 2): void {
    const { count } = this
    if (count === this.#starts.length) this.#grow()
    this.#starts[count] = start
    this.#ends[count] = end
    this.#quoting[count] = quoting
    this.count = count + 1
  }

  /** Nothing at all stands on the line. */
  get blank(): boolean {
    return this.count === 1 && this.#starts[0] === this.#ends[0] && this.#quoting[0] === 0
  }

  /** Chooses a cell as it stands in the file. */
  select(cell: number): void {
    this.bytes = this.#source
    this.from = this.#starts[cell] as number
    this.to = this.#ends[cell] as number
    if (this.#quoting[cell] === 2) this.#removeDoubledQuotes()
  }

  /** Chooses a cell without the blanks around it. */
  selectTrimmed(cell: number): void {
    this.select(cell)
    const { bytes } = this
    let { from, to } = this
    while (from < to && isBlank(bytes[from] as number)) from++
    while (to > from && isBlank(bytes[to - 1] as number)) to--
    this.from = from
    this.to = to
  }

  /** Text of a cell, without the blanks around it. Throws HEL_FILE_INVALID where it is not UTF-8. */
  text(cell: number): string {
    this.selectTrimmed(cell)
    return this.selectedText()
  }

  /** Text of the chosen cell. Throws HEL_FILE_INVALID where it is not UTF-8. */
  selectedText(): string {
    try {
      return decoder.decode(this.bytes.subarray(this.from, this.to))
    } catch (cause) {
      const problem = `line ${this.line} holds text that is not UTF-8; save the file as UTF-8`
      throw new HeliosError('HEL_FILE_INVALID', { problem }, { cause })
    }
  }

  /** Text of the chosen cell, with marks in place of what is not UTF-8: for columns that nobody asked for. */
  selectedTextLoosely(): string {
    return looseDecoder.decode(this.bytes.subarray(this.from, this.to))
  }

  #removeDoubledQuotes(): void {
    const { bytes, from, to } = this
    if (to - from > this.#scratch.length) this.#scratch = new Uint8Array(2 * (to - from))
    let length = 0
    for (let i = from; i < to; i++) {
      this.#scratch[length++] = bytes[i] as number
      if (bytes[i] === QUOTE) i++
    }
    this.bytes = this.#scratch
    this.from = 0
    this.to = length
  }

  #grow(): void {
    const length = this.#starts.length * 2
    this.#starts = enlarged(this.#starts, new Int32Array(length))
    this.#ends = enlarged(this.#ends, new Int32Array(length))
    this.#quoting = enlarged(this.#quoting, new Uint8Array(length))
  }
}

// A mark at the start of a text belongs to it: only the reader takes away the one of the file.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const looseDecoder = new TextDecoder('utf-8', { ignoreBOM: true })

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB
}

function enlarged<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
