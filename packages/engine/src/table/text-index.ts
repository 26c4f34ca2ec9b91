import { column32 } from './paged-column.ts'

const PAGE_BITS = 16
const PAGE_BYTES = 1 << PAGE_BITS
const MAXIMUM_PAGES = 2 ** (32 - PAGE_BITS)
const SMALLEST_TABLE = 1 << 6
/** Share of the table that may be taken: ten million texts in 64 MiB. */
const FULLEST = 0.8

/** Longest text that a `TextIndex` takes. */
export const LONGEST_TEXT_BYTES = 4096

/**
 * Bytes of texts to small integers and back, exactly: two texts share a number only if every byte agrees.
 *
 * The sibling of `Interner` for reading files: it takes the bytes as they lie in the file, so that ten
 * million rows do not become ten million strings, and it never copies what it holds in order to grow
 * (texts lie in pages), so that the peak is what is held. About 13 bytes apiece beside the text itself.
 *
 * Each text lies in one page behind its length in two bytes; an open-addressing table finds it.
 */
export class TextIndex {
  readonly #pages: Uint8Array[] = []
  #used = PAGE_BYTES
  /** Where text i begins: page number · 65,536 + place in the page. */
  readonly #places = column32()
  /** Number of the text plus one; 0 is free. */
  #table = new Int32Array(SMALLEST_TABLE)
  #count = 0

  get count(): number {
    return this.#count
  }

  /** Number of a text, given in the order of first sight from 0; -1 when it is too long to be held. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    const mask = this.#table.length - 1
    let place = hashOf(bytes, from, to) & mask
    for (;;) {
      const found = this.#table[place] as number
      if (found === 0) return this.#insert(place, bytes, from, to)
      if (this.#equals(found - 1, bytes, from, to)) return found - 1
      place = (place + 1) & mask
    }
  }

  #equals(id: number, bytes: Uint8Array, from: number, to: number): boolean {
    const place = this.#places.get(id)
    const page = this.#pages[place >>> PAGE_BITS] as Uint8Array
    let at = place & (PAGE_BYTES - 1)
    if (((page[at] as number) | ((page[at + 1] as number) << 8)) !== to - from) return false
    at += 2
    for (let i = from; i < to; i++, at++) if (page[at] !== bytes[i]) return false
    return true
  }

  #insert(place: number, bytes: Uint8Array, from: number, to: number): number {
    const length = to - from
    if (length > LONGEST_TEXT_BYTES) return -1
    if (this.#used + 2 + length > PAGE_BYTES) this.#addPage()
    const pageNumber = this.#pages.length - 1
    const page = this.#pages[pageNumber] as Uint8Array
    const start = this.#used
    page[start] = length & 0xff
    page[start + 1] = length >>> 8
    for (let i = 0; i < length; i++) page[start + 2 + i] = bytes[from + i] as number
    this.#used = start + 2 + length
    const id = this.#count++
    this.#places.set(id, pageNumber * PAGE_BYTES + start)
    this.#table[place] = id + 1
    if (this.#count > this.#table.length * FULLEST) this.#rehash(this.#table.length * 2)
    return id
  }

  #addPage(): void {
    if (this.#pages.length === MAXIMUM_PAGES) throw new RangeError('The texts of all units exceed 4 GiB')
    this.#pages.push(new Uint8Array(PAGE_BYTES))
    this.#used = 0
  }

  #rehash(size: number): void {
    const table = new Int32Array(size)
    const mask = size - 1
    for (let id = 0; id < this.#count; id++) {
      const place = this.#places.get(id)
      const page = this.#pages[place >>> PAGE_BITS] as Uint8Array
      const at = place & (PAGE_BYTES - 1)
      const length = (page[at] as number) | ((page[at + 1] as number) << 8)
      let slot = hashOf(page, at + 2, at + 2 + length) & mask
      while (table[slot] !== 0) slot = (slot + 1) & mask
      table[slot] = id + 1
    }
    this.#table = table
  }
}

/** Multiply and rotate per byte, then avalanche: the finaliser of MurmurHash3 (Appleby). */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let h = to - from
  for (let i = from; i < to; i++) {
    h = Math.imul(h ^ (bytes[i] as number), 0x9e3779b1)
    h = (h << 13) | (h >>> 19)
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
