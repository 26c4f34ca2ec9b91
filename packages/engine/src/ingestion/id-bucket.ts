import { unpredictableSeed } from '../random.ts'

const INITIAL_SIZE = 64
const WORDS = 3

/**
 * The UUIDv7 ids of some seconds, exactly: 12 bytes each in an open-addressing table at most three quarters full.
 * Spread by factors drawn per process, so that senders cannot make long chains on purpose.
 */
export class IdBucket {
  #table = new Uint32Array(INITIAL_SIZE * WORDS)
  #count = 0
  /** Changed since it was last saved. */
  dirty = false

  get count(): number {
    return this.#count
  }

  get byteLength(): number {
    return this.#table.byteLength
  }

  /** Adds an id given by its offset within the bucket (milliseconds) and random words; false when it was there. */
  add(offset: number, a: number, b: number, c: number): boolean {
    const word = wordOf(offset, a)
    const place = this.#find(word, b, c)
    if (this.#table[place] !== 0) return false
    this.#write(place, word, b, c)
    this.#count += 1
    this.dirty = true
    if (this.#count * 4 * WORDS > this.#table.length * 3) this.#grow()
    return true
  }

  /** Takes an id back whose event could not be kept. */
  remove(offset: number, a: number, b: number, c: number): void {
    const place = this.#find(wordOf(offset, a), b, c)
    if (this.#table[place] === 0) return
    this.#count -= 1
    this.#closeGap(place)
  }

  /** The ids, packed. */
  toBytes(): Uint8Array {
    const packed = new Uint32Array(this.#count * WORDS)
    let at = 0
    for (let place = 0; place < this.#table.length; place += WORDS) {
      if (this.#table[place] === 0) continue
      packed.set(this.#table.subarray(place, place + WORDS), at)
      at += WORDS
    }
    return new Uint8Array(packed.buffer)
  }

  static fromBytes(bytes: Uint8Array): IdBucket {
    const bucket = new IdBucket()
    const packed = new Uint32Array(bytes.slice().buffer)
    let size = INITIAL_SIZE
    while (size * 3 * WORDS < packed.length * 4 + WORDS) size *= 2
    bucket.#table = new Uint32Array(size * WORDS)
    bucket.#fill(packed)
    bucket.#count = packed.length / WORDS
    return bucket
  }

  #find(word: number, b: number, c: number): number {
    const table = this.#table
    let place = this.#homeOf(word, b, c)
    while (table[place] !== 0) {
      if (table[place] === word && table[place + 1] === b && table[place + 2] === c) return place
      place += WORDS
      if (place === table.length) place = 0
    }
    return place
  }

  #homeOf(word: number, b: number, c: number): number {
    let h = Math.imul(word, factors[0]) ^ Math.imul(b, factors[1]) ^ Math.imul(c, factors[2])
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
    return ((h ^ (h >>> 13)) & (this.#table.length / WORDS - 1)) * WORDS
  }

  #write(place: number, word: number, b: number, c: number): void {
    this.#table[place] = word
    this.#table[place + 1] = b
    this.#table[place + 2] = c
  }

  #grow(): void {
    const before = this.#table
    this.#table = new Uint32Array(before.length * 2)
    this.#fill(before)
  }

  #fill(entries: Uint32Array): void {
    for (let i = 0; i < entries.length; i += WORDS) {
      const [word, b, c] = [entries[i] as number, entries[i + 1] as number, entries[i + 2] as number]
      if (word !== 0) this.#write(this.#find(word, b, c), word, b, c)
    }
  }

  /** Deletion in linear probing by moving later entries back (Knuth 1973, TAOCP vol. 3, 6.4 algorithm R). */
  #closeGap(gap: number): void {
    const table = this.#table
    let empty = gap
    this.#write(empty, 0, 0, 0)
    for (
      let place = (gap + WORDS) % table.length;
      table[place] !== 0;
      place = (place + WORDS) % table.length
    ) {
      const [word, b, c] = [table[place] as number, table[place + 1] as number, table[place + 2] as number]
      const home = this.#homeOf(word, b, c)
      const isReachable = empty <= place ? home <= empty || home > place : home <= empty && home > place
      if (!isReachable) continue
      this.#write(empty, word, b, c)
      this.#write(place, 0, 0, 0)
      empty = place
    }
  }
}

/** Offset and first random bits in one word that is never 0, the mark of an empty place. */
function wordOf(offset: number, a: number): number {
  return (offset * 4096 + a + 1) >>> 0
}

const factors = [unpredictableSeed() | 1, unpredictableSeed() | 1, unpredictableSeed() | 1] as const
