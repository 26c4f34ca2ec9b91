/**
 * Texts to small integers and back, 20 to 30 bytes apiece beside the text itself: ten million units must
 * fit beside everything else, and as JavaScript strings in a Map they would also be walked by every
 * garbage collection.
 *
 * Texts lie one behind another in UTF-8; an open-addressing table (linear probing, at most half full)
 * finds them by a hash whose seed is drawn per process, so that senders cannot aim at one spot.
 */
export class Interner {
  #arena = new Uint8Array(1 << 12)
  /** Text i is arena[offsets[i] .. offsets[i + 1]). */
  #offsets = new Uint32Array(1 << 8)
  #table = new Int32Array(1 << 9)
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
    const place = this.#find(length)
    const found = this.#table[place] as number
    return found === 0 ? this.#insert(place, length) : found - 1
  }

  /** Integer of a text, or -1. */
  find(text: string): number {
    return (this.#table[this.#find(encode(text))] as number) - 1
  }

  textOf(id: number): string {
    return decoder.decode(this.#arena.subarray(this.#offsets[id] as number, this.#offsets[id + 1] as number))
  }

  /** Bytes from which `restore` makes an equal interner: the count, the offsets, the texts. */
  snapshot(): Uint8Array[] {
    const end = this.#offsets[this.#count] as number
    const offsets = this.#offsets.subarray(0, this.#count + 1)
    return [new Uint8Array(offsets.buffer, offsets.byteOffset, offsets.byteLength), this.#arena.subarray(0, end)]
  }

  restore(offsets: Uint8Array, arena: Uint8Array): void {
    this.#offsets = new Uint32Array(offsets.slice().buffer)
    this.#count = this.#offsets.length - 1
    this.#arena = arena.slice()
    this.#rehash(tableSizeFor(this.#count))
  }

  #find(length: number): number {
    const mask = this.#table.length - 1
    let place = this.#hash(scratch, 0, length) & mask
    for (;;) {
      const found = this.#table[place] as number
      if (found === 0 || this.#equals(found - 1, length)) return place
      place = (place + 1) & mask
    }
  }

  #equals(id: number, length: number): boolean {
    const from = this.#offsets[id] as number
    if ((this.#offsets[id + 1] as number) - from !== length) return false
    for (let i = 0; i < length; i++) if (this.#arena[from + i] !== scratch[i]) return false
    return true
  }

  #insert(place: number, length: number): number {
    const id = this.#count
    const from = this.#offsets[id] as number
    this.#reserve(from + length)
    for (let i = 0; i < length; i++) this.#arena[from + i] = scratch[i] as number
    this.#offsets[id + 1] = from + length
    this.#table[place] = id + 1
    this.#count = id + 1
    if (this.#count * 2 > this.#table.length) this.#rehash(this.#table.length * 2)
    return id
  }

  #reserve(end: number): void {
    if (end > MAXIMUM_ARENA_BYTES) throw new RangeError('The texts of all units are longer than 4 GiB')
    if (end > this.#arena.length) {
      const larger = new Uint8Array(Math.min(MAXIMUM_ARENA_BYTES, Math.max(end, Math.ceil(this.#arena.length * 1.5))))
      larger.set(this.#arena)
      this.#arena = larger
    }
    if (this.#count + 2 > this.#offsets.length) {
      const larger = new Uint32Array(Math.ceil(this.#offsets.length * 1.5))
      larger.set(this.#offsets)
      this.#offsets = larger
    }
  }

  #rehash(size: number): void {
    const table = new Int32Array(size)
    const mask = size - 1
    for (let id = 0; id < this.#count; id++) {
      let place = this.#hash(this.#arena, this.#offsets[id] as number, this.#offsets[id + 1] as number) & mask
      while (table[place] !== 0) place = (place + 1) & mask
      table[place] = id + 1
    }
    this.#table = table
  }

  /** Multiply and rotate per byte, then avalanche: the finaliser of MurmurHash3 (Appleby). */
  #hash(bytes: Uint8Array, from: number, to: number): number {
    let h = this.#seed
    for (let i = from; i < to; i++) {
      h = Math.imul(h ^ (bytes[i] as number), 0x9e3779b1)
      h = (h << 13) | (h >>> 19)
    }
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    return h ^ (h >>> 16)
  }
}

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

function tableSizeFor(count: number): number {
  let size = 1 << 9
  while (size < count * 2) size *= 2
  return size
}
