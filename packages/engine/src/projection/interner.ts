/**
 * Texts to small integers and back, some 40 bytes apiece: ten million units must fit beside everything
 * else, and as JavaScript strings in a Map they would also be walked by every garbage collection.
 *
 * Records (integer, length, text in UTF-8) lie one behind another in an arena. An open-addressing table
 * (linear probing, at most three quarters full) holds hash and place of each side by side, so that a
 * look-up waits for memory twice: once for the table, once for the record. Waiting is what it costs; the
 * rest is arithmetic. The hash has a seed drawn per process, so that senders cannot aim at one spot.
 */
export class Interner {
  #arena = new Uint8Array(1 << 12)
  #end = 0
  /** Where the record of each integer begins. */
  #offsets = new Uint32Array(1 << 8)
  /** Pairs: hash, place of the record plus one; 0 for none. */
  #table = new Uint32Array(1 << 10)
  #count = 0
  readonly #seed: number

  constructor(seed: number) {
    this.#seed = seed | 0
  }

  get count(): number {
    return this.#count
  }

  get byteLength(): number {
    return this.#arena.byteLength + this.#offsets.byteLength + this.#table.byteLength
  }

  /** Integer of a text, given in the order of first sight from 0. At most 256 UTF-16 units, well-formed. */
  intern(text: string): number {
    const length = encode(text)
    const hash = hashOf(scratch, 0, length, this.#seed)
    const place = this.#find(hash, length)
    const record = this.#table[place + 1] as number
    return record === 0 ? this.#insert(place, hash, length) : this.#idAt(record - 1)
  }

  /** Integer of a text, or -1. */
  find(text: string): number {
    const length = encode(text)
    const record = this.#table[this.#find(hashOf(scratch, 0, length, this.#seed), length) + 1] as number
    return record === 0 ? -1 : this.#idAt(record - 1)
  }

  textOf(id: number): string {
    const record = this.#offsets[id] as number
    const from = record + HEADER_BYTES
    return decoder.decode(this.#arena.subarray(from, from + this.#lengthAt(record)))
  }

  /** Bytes from which `restore` makes an equal interner: where the records begin, and the records. */
  snapshot(): [offsets: Uint8Array, records: Uint8Array] {
    return [new Uint8Array(this.#offsets.buffer, 0, this.#count * 4), this.#arena.subarray(0, this.#end)]
  }

  restore(offsets: Uint8Array, records: Uint8Array): void {
    this.#count = offsets.length / 4
    this.#offsets = new Uint32Array(this.#count + 1)
    new Uint8Array(this.#offsets.buffer).set(offsets)
    this.#arena = records.slice()
    this.#end = records.length
    let size = 1 << 9
    while (size * 3 < this.#count * 4) size *= 2
    this.#rehash(size)
  }

  /** Place in the table of the text in the scratch, or the free place where it belongs. */
  #find(hash: number, length: number): number {
    const table = this.#table
    const last = table.length - 1
    let place = (hash * 2) & last
    for (;;) {
      const record = table[place + 1] as number
      if (record === 0 || (table[place] === hash && this.#equals(record - 1, length))) return place
      place = (place + 2) & last
    }
  }

  #equals(record: number, length: number): boolean {
    if (this.#lengthAt(record) !== length) return false
    const arena = this.#arena
    const from = record + HEADER_BYTES
    for (let i = 0; i < length; i++) if (arena[from + i] !== scratch[i]) return false
    return true
  }

  #idAt(record: number): number {
    const arena = this.#arena
    const low = (arena[record] as number) | ((arena[record + 1] as number) << 8)
    return (low | ((arena[record + 2] as number) << 16) | ((arena[record + 3] as number) << 24)) >>> 0
  }

  #lengthAt(record: number): number {
    return (this.#arena[record + 4] as number) | ((this.#arena[record + 5] as number) << 8)
  }

  #insert(place: number, hash: number, length: number): number {
    const id = this.#count
    const record = this.#end
    this.#reserve(record + HEADER_BYTES + length)
    for (let byte = 0; byte < 4; byte++) this.#arena[record + byte] = id >>> (8 * byte)
    this.#arena[record + 4] = length
    this.#arena[record + 5] = length >>> 8
    for (let i = 0; i < length; i++) this.#arena[record + HEADER_BYTES + i] = scratch[i] as number
    this.#end = record + HEADER_BYTES + length
    this.#offsets[id] = record
    this.#table[place] = hash
    this.#table[place + 1] = record + 1
    this.#count = id + 1
    if (this.#count * 8 > this.#table.length * 3) this.#rehash(this.#table.length)
    return id
  }

  #reserve(end: number): void {
    if (end > MAXIMUM_ARENA_BYTES) throw new RangeError('The texts of all units are longer than 4 GiB')
    if (end > this.#arena.length) {
      const wanted = Math.max(end, Math.ceil(this.#arena.length * 1.5))
      const larger = new Uint8Array(Math.min(MAXIMUM_ARENA_BYTES, wanted))
      larger.set(this.#arena)
      this.#arena = larger
    }
    if (this.#count === this.#offsets.length) {
      const larger = new Uint32Array(Math.ceil(this.#offsets.length * 1.5))
      larger.set(this.#offsets)
      this.#offsets = larger
    }
  }

  /** Lays the table out anew with room for a number of entries, a power of two. */
  #rehash(size: number): void {
    const table = new Uint32Array(size * 2)
    const last = table.length - 1
    for (let id = 0; id < this.#count; id++) {
      const record = this.#offsets[id] as number
      const from = record + HEADER_BYTES
      const hash = hashOf(this.#arena, from, from + this.#lengthAt(record), this.#seed)
      let place = (hash * 2) & last
      while (table[place + 1] !== 0) place = (place + 2) & last
      table[place] = hash
      table[place + 1] = record + 1
    }
    this.#table = table
  }
}

/** Four bytes of the integer, two of the length. */
const HEADER_BYTES = 6
const MAXIMUM_ARENA_BYTES = 2 ** 32 - 1
const scratch = new Uint8Array(1024)
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** UTF-8 of a text into the shared scratch; its length in bytes. */
function encode(text: string): number {
  const { length } = text
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code > 127) return encoder.encodeInto(text, scratch).written
    scratch[i] = code
  }
  return length
}

/** Multiply and rotate per byte, then avalanche: the finaliser of MurmurHash3 (Appleby). */
function hashOf(bytes: Uint8Array, from: number, to: number, seed: number): number {
  let h = seed
  for (let i = from; i < to; i++) {
    h = Math.imul(h ^ (bytes[i] as number), 0x9e3779b1)
    h = (h << 13) | (h >>> 19)
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
