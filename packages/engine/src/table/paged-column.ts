const PAGE_BITS = 16
const PAGE_LENGTH = 1 << PAGE_BITS
const PLACE_MASK = PAGE_LENGTH - 1

type WholePage = Uint16Array | Uint32Array

/**
 * A column of whole numbers that grows by one page at a time. What is there is never copied, so the memory
 * needed while growing is the memory held; doubling an array would need three times that for a moment.
 */
export class WholeColumn {
  readonly #pages: WholePage[] = []
  readonly #bits: 16 | 32

  constructor(bits: 16 | 32) {
    this.#bits = bits
  }

  /** Value at an index that was set. */
  get(index: number): number {
    return (this.#pages[index >>> PAGE_BITS] as WholePage)[index & PLACE_MASK] as number
  }

  /** Sets the value at an index that exists or is the next. */
  set(index: number, value: number): void {
    const page = index >>> PAGE_BITS
    if (page === this.#pages.length) {
      this.#pages.push(this.#bits === 16 ? new Uint16Array(PAGE_LENGTH) : new Uint32Array(PAGE_LENGTH))
    }
    ;(this.#pages[page] as WholePage)[index & PLACE_MASK] = value
  }
}

const SMALL_MISSING = 255

/**
 * A column of numbers, NaN until they are set. Most measures are flags and small counts, so a page takes
 * one byte for each value until the first that is no whole number from 0 to 254, and then eight.
 */
export class ValueColumn {
  readonly #small: (Uint8Array | undefined)[] = []
  readonly #full: (Float64Array | undefined)[] = []

  get(index: number): number {
    const page = index >>> PAGE_BITS
    const full = this.#full[page]
    if (full !== undefined) return full[index & PLACE_MASK] as number
    const value = this.#small[page]?.[index & PLACE_MASK] ?? SMALL_MISSING
    return value === SMALL_MISSING ? Number.NaN : value
  }

  set(index: number, value: number): void {
    const page = index >>> PAGE_BITS
    while (page >= this.#full.length) this.#addPage()
    const full = this.#full[page]
    if (full !== undefined) full[index & PLACE_MASK] = value
    else if (isSmall(value)) (this.#small[page] as Uint8Array)[index & PLACE_MASK] = value
    else this.#widen(page)[index & PLACE_MASK] = value
  }

  #addPage(): void {
    this.#small.push(new Uint8Array(PAGE_LENGTH).fill(SMALL_MISSING))
    this.#full.push(undefined)
  }

  #widen(page: number): Float64Array {
    const full = Float64Array.from(this.#small[page] as Uint8Array, (value) =>
      value === SMALL_MISSING ? Number.NaN : value,
    )
    this.#full[page] = full
    this.#small[page] = undefined
    return full
  }
}

function isSmall(value: number): boolean {
  return value >= 0 && value < SMALL_MISSING && Number.isInteger(value) && !Object.is(value, -0)
}
