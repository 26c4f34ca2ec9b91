const PAGE_BITS = 16
const PAGE_BYTES = 1 << PAGE_BITS
const MAXIMUM_PAGES = 2 ** (32 - PAGE_BITS)
const SMALLEST_TABLE = 1 << 6
/** Share of the table that may be taken: ten million texts in 80 MiB. */
const FULLEST = 0.8
/** Before each text: its rank in the page and its length, two bytes each. */
const RECORD_HEAD = 4

/** Longest text that a `TextIndex` takes. */
export const LONGEST_TEXT_BYTES = 4096

/**
 * Bytes of texts to small integers, exactly: two texts share a number only if every byte agrees.
 *
 * The sibling of `Interner` for reading files: it takes the bytes as they lie in the file, so that ten
 * million rows do not become ten million strings, and it never copies what it holds in order to grow
 * (texts lie in pages), so that the peak is what is held. About 12 bytes apiece beside the text itself.
 *
 * A text's number is that of the first text in its page plus its rank there, so no table of places is
 * needed. An open-addressing table finds a text; a byte of the hash beside each entry spares nearly all
 * looks at texts that are not the one, each of them a cache miss.
 */
export class TextIndex {
  readonly #pages: Uint8Array[] = []
  /** Number of the first text in each page. */
  readonly #firsts: number[] = []
  #used = PAGE_BYTES
  #count = 0
  /** Where a text lies: page · 65,536 + place in the page. */
  #table = new Uint32Array(SMALLEST_TABLE)
  /** A part of the hash from 1 to 128; 0 where the table is free. */
  #tags = new Uint8Array(SMALLEST_TABLE)

  get count(): number {
    return this.#count
  }

  /** Number of a text, given in the order of first sight from 0; -1 when it is too long to be held. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    const mask = this.#table.length - 1
    const hash = hashOf(bytes, from, to)
    const tag = tagOf(hash)
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const found = this.#tags[slot] as number
      if (found === 0) return this.#insert(slot, tag, bytes, from, to)
      if (found !== tag) continue
      const place = this.#table[slot] as number
      if (this.#equals(place, bytes, from, to)) return this.#numberAt(place)
    }
  }

  #equals(place: number, bytes: Uint8Array, from: number, to: number): boolean {
    const page = this.#pages[place >>> PAGE_BITS] as Uint8Array
    let at = place & (PAGE_BYTES - 1)
    if (read16(page, at + 2) !== to - from) return false
    at += RECORD_HEAD
    for (let i = from; i < to; i++, at++) if (page[at] !== bytes[i]) return false
    return true
  }

  #numberAt(place: number): number {
    const pageNumber = place >>> PAGE_BITS
    const page = this.#pages[pageNumber] as Uint8Array
    return (this.#firsts[pageNumber] as number) + read16(page, place & (PAGE_BYTES - 1))
  }

  #insert(slot: number, tag: number, bytes: Uint8Array, from: number, to: number): number {
    const length = to - from
    if (length > LONGEST_TEXT_BYTES) return -1
    if (this.#used + RECORD_HEAD + length > PAGE_BYTES) this.#addPage()
    const number = this.#count++
    const pageNumber = this.#pages.length - 1
    const page = this.#pages[pageNumber] as Uint8Array
    const at = this.#used
    write16(page, at, number - (this.#firsts[pageNumber] as number))
    write16(page, at + 2, length)
    for (let i = 0; i < length; i++) page[at + RECORD_HEAD + i] = bytes[from + i] as number
    this.#used = at + RECORD_HEAD + length
    this.#table[slot] = pageNumber * PAGE_BYTES + at
    this.#tags[slot] = tag
    if (this.#count > this.#table.length * FULLEST) this.#rehash(this.#table.length * 2)
    return number
  }

  #addPage(): void {
    if (this.#pages.length === MAXIMUM_PAGES) throw new RangeError('The names of all units exceed 4 GiB')
    this.#pages.push(new Uint8Array(PAGE_BYTES))
    this.#firsts.push(this.#count)
    this.#used = 0
  }

  /** Makes a larger table by walking through the texts as they lie. */
  #rehash(size: number): void {
    this.#table = new Uint32Array(size)
    this.#tags = new Uint8Array(size)
    for (let pageNumber = 0; pageNumber < this.#pages.length; pageNumber++) {
      const page = this.#pages[pageNumber] as Uint8Array
      const records = (this.#firsts[pageNumber + 1] ?? this.#count) - (this.#firsts[pageNumber] as number)
      let at = 0
      for (let rank = 0; rank < records; rank++) {
        const end = at + RECORD_HEAD + read16(page, at + 2)
        this.#enter(hashOf(page, at + RECORD_HEAD, end), pageNumber * PAGE_BYTES + at)
        at = end
      }
    }
  }

  #enter(hash: number, place: number): void {
    const mask = this.#table.length - 1
    let slot = hash & mask
    while (this.#tags[slot] !== 0) slot = (slot + 1) & mask
    this.#table[slot] = place
    this.#tags[slot] = tagOf(hash)
  }
}

function read16(page: Uint8Array, at: number): number {
  return (page[at] as number) | ((page[at + 1] as number) << 8)
}

function write16(page: Uint8Array, at: number, value: number): void {
  page[at] = value & 0xff
  page[at + 1] = value >>> 8
}

/** From the highest bits, which the slot does not depend on. */
function tagOf(hash: number): number {
  return (hash >>> 25) + 1
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
