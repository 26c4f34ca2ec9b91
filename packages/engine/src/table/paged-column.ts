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

type ValuePage = Uint8Array | Int32Array | Float64Array

/** How the values of a page are held: whole numbers from 0 to 254, hundredths, or any number. */
const WHOLE = 0
const HUNDREDTHS = 1
const ANY = 2
type Form = typeof WHOLE | typeof HUNDREDTHS | typeof ANY

const WHOLE_MISSING = 2 ** 8 - 1
const HUNDREDTHS_MISSING = -(2 ** 31)

/**
 * A column of numbers, NaN until they are set; each comes back exactly as it was given. Most measures are
 * flags, small counts and amounts of money, so a page takes one byte for each value, then four from the
 * first that is no small whole number, and eight only from the first that is no whole number of hundredths.
 */
export class ValueColumn {
  readonly #pages: ValuePage[] = []
  readonly #forms: Form[] = []

  get(index: number): number {
    const page = index >>> PAGE_BITS
    if (page >= this.#pages.length) return Number.NaN
    const held = (this.#pages[page] as ValuePage)[index & PLACE_MASK] as number
    return decoded(held, this.#forms[page] as Form)
  }

  set(index: number, value: number): void {
    const page = index >>> PAGE_BITS
    while (page >= this.#pages.length) this.#addPage()
    let form = this.#forms[page] as Form
    if (!fits(value, form)) {
      form = form === WHOLE && fits(value, HUNDREDTHS) ? HUNDREDTHS : ANY
      this.#widen(page, form)
    }
    ;(this.#pages[page] as ValuePage)[index & PLACE_MASK] =
      form === HUNDREDTHS ? Math.round(value * 100) : value
  }

  /** A page begins in the form that the one before it came to need. */
  #addPage(): void {
    const form = this.#forms.at(-1) ?? WHOLE
    this.#pages.push(emptyPage(form))
    this.#forms.push(form)
  }

  #widen(page: number, form: Form): void {
    const before = this.#pages[page] as ValuePage
    const formBefore = this.#forms[page] as Form
    const after = emptyPage(form)
    for (let i = 0; i < PAGE_LENGTH; i++) {
      const value = decoded(before[i] as number, formBefore)
      if (!Number.isNaN(value)) after[i] = form === HUNDREDTHS ? value * 100 : value
    }
    this.#pages[page] = after
    this.#forms[page] = form
  }
}

function emptyPage(form: Form): ValuePage {
  if (form === ANY) return new Float64Array(PAGE_LENGTH).fill(Number.NaN)
  if (form === HUNDREDTHS) return new Int32Array(PAGE_LENGTH).fill(HUNDREDTHS_MISSING)
  return new Uint8Array(PAGE_LENGTH).fill(WHOLE_MISSING)
}

function decoded(held: number, form: Form): number {
  if (form === ANY) return held
  if (form === WHOLE) return held === WHOLE_MISSING ? Number.NaN : held
  return held === HUNDREDTHS_MISSING ? Number.NaN : held / 100
}

/** Whether a form gives back the very number, the sign of zero included. */
function fits(value: number, form: Form): boolean {
  if (form === ANY) return true
  if (value === 0) return !Object.is(value, -0)
  if (form === WHOLE) return value > 0 && value < WHOLE_MISSING && Number.isInteger(value)
  const hundredths = Math.round(value * 100)
  return hundredths / 100 === value && Math.abs(hundredths) < -HUNDREDTHS_MISSING
}
