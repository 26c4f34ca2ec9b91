const PAGE_BITS = 16
const PAGE_LENGTH = 1 << PAGE_BITS
const PLACE_MASK = PAGE_LENGTH - 1

type Page = Uint16Array | Uint32Array | Float64Array

/**
 * A column of numbers that grows by one page at a time. What is there is never copied, so the memory
 * needed while growing is the memory held; doubling an array would need three times that for a moment.
 */
export class PagedColumn {
  readonly #pages: Page[] = []
  readonly #makePage: (length: number) => Page

  constructor(makePage: (length: number) => Page) {
    this.#makePage = makePage
  }

  /** Value at an index whose page exists. */
  get(index: number): number {
    return (this.#pages[index >>> PAGE_BITS] as Page)[index & PLACE_MASK] as number
  }

  /** Value at an index, or NaN beyond the last page. */
  find(index: number): number {
    const page = this.#pages[index >>> PAGE_BITS]
    return page === undefined ? Number.NaN : (page[index & PLACE_MASK] as number)
  }

  set(index: number, value: number): void {
    const page = index >>> PAGE_BITS
    while (page >= this.#pages.length) this.#pages.push(this.#makePage(PAGE_LENGTH))
    ;(this.#pages[page] as Page)[index & PLACE_MASK] = value
  }
}

export const column16 = (): PagedColumn => new PagedColumn((length) => new Uint16Array(length))
export const column32 = (): PagedColumn => new PagedColumn((length) => new Uint32Array(length))

/** Numbers that are NaN until they are set. */
export const valueColumn = (): PagedColumn =>
  new PagedColumn((length) => new Float64Array(length).fill(Number.NaN))
