/**
 * MurmurHash3_x86_128 (Austin Appleby, 2011, public domain, SMHasher), seed 0, over UTF-8. The first 32-bit
 * word, read as an unsigned integer, is the *point* of a unit: an integer in [0, 2^32).
 *
 * Any language has this function. In Python:
 *
 *     point = mmh3.hash128(f'{salt}/{unit}'.encode(), 0, x64arch=False) & 0xFFFFFFFF
 *
 * A lone surrogate, which UTF-8 cannot express, is hashed as U+FFFD, as `TextEncoder` has it.
 */

const C1 = 0x239b961b
const C2 = 0xab0e9789
const C3 = 0x38b34ae5
const C4 = 0xa1e38b93

const BLOCK_BYTES = 16
/** Units up to this many UTF-16 code units share one scratch buffer; longer ones bring their own. */
const SHORT_UNIT = 232

const encoder = new TextEncoder()
const scratchState = new Int32Array(4)
const scratchWords = new Int32Array((SHORT_UNIT + 2 * BLOCK_BYTES) >> 2)

/** A text already hashed as far as its whole 16-byte blocks go. */
interface Prefix {
  readonly state: Int32Array
  /** The 0 to 15 bytes that did not fill a block, as little-endian words. */
  readonly tail: Int32Array
  readonly bytes: number
}

/**
 * Returns the function from a unit to its point: the hash of exactly `${salt}/${unit}`. The salt is hashed
 * once, here. Two salts give independent points. The function throws a TypeError for anything but a text.
 *
 * @example createHasher('greeting-tone@1/variant')('u42') // 1074647165
 */
export function createHasher(salt: string): (unit: string) => number {
  const prefix = fold(encoder.encode(`${salt}/`))
  return (unit) => {
    // A number has no length either, and would put every unit on the same point.
    if (typeof unit !== 'string') throw new TypeError(`a unit is a text, not ${typeof unit}`)
    return unit.length > SHORT_UNIT ? pointOfText(prefix, unit) : pointOfShort(prefix, unit)
  }
}

function pointOfShort(prefix: Prefix, unit: string): number {
  const start = prefix.bytes & 15
  const length = unit.length
  const words = scratchWords
  // Four stores: `set` costs as much as hashing a short unit.
  words[0] = prefix.tail[0] as number
  words[1] = prefix.tail[1] as number
  words[2] = prefix.tail[2] as number
  words[3] = prefix.tail[3] as number
  let index = start >> 2
  let shift = (start & 3) << 3
  let word = words[index] as number
  let seen = 0
  for (let i = 0; i < length; i++) {
    const code = unit.charCodeAt(i)
    seen |= code
    word |= code << shift
    shift += 8
    if (shift === 32) {
      words[index++] = word
      word = 0
      shift = 0
    }
  }
  // Only ASCII has one byte per code unit.
  if (seen > 0x7f) return pointOfText(prefix, unit)
  words[index++] = word
  while ((index & 3) !== 0) words[index++] = 0
  return finish(prefix, words, start + length, prefix.bytes + length)
}

function pointOfText(prefix: Prefix, unit: string): number {
  const bytes = encoder.encode(unit)
  const start = prefix.bytes & 15
  const words = pack(bytes, start, prefix.tail)
  return finish(prefix, words, start + bytes.length, prefix.bytes + bytes.length)
}

function fold(bytes: Uint8Array): Prefix {
  const words = pack(bytes)
  const blocks = bytes.length >> 4
  const state = new Int32Array(4)
  mixBlocks(state, state, words, blocks)
  return { state, tail: words.slice(blocks * 4, blocks * 4 + 4), bytes: bytes.length }
}

/**
 * Bytes after a tail of `start` bytes, as words, with zeros to the end of a last block that is never full. They
 * are put together by hand because typed arrays follow the byte order of the machine.
 */
function pack(bytes: Uint8Array, start = 0, tail: ArrayLike<number> = []): Int32Array {
  const end = start + bytes.length
  const words = new Int32Array(((end >> 4) + 1) * 4)
  words.set(tail)
  for (let at = start; at < end; at++) {
    words[at >> 2] = (words[at >> 2] as number) | ((bytes[at - start] as number) << ((at & 3) << 3))
  }
  return words
}

function mixBlocks(before: Int32Array, after: Int32Array, words: Int32Array, blocks: number): void {
  let h1 = before[0] as number
  let h2 = before[1] as number
  let h3 = before[2] as number
  let h4 = before[3] as number
  for (let i = 0; i < blocks * 4; i += 4) {
    h1 = rotate(h1 ^ scramble(words[i] as number, C1, 15, C2), 19)
    h1 = (Math.imul(h1 + h2, 5) + 0x561ccd1b) | 0
    h2 = rotate(h2 ^ scramble(words[i + 1] as number, C2, 16, C3), 17)
    h2 = (Math.imul(h2 + h3, 5) + 0x0bcaa747) | 0
    h3 = rotate(h3 ^ scramble(words[i + 2] as number, C3, 17, C4), 15)
    h3 = (Math.imul(h3 + h4, 5) + 0x96cd1c35) | 0
    h4 = rotate(h4 ^ scramble(words[i + 3] as number, C4, 18, C1), 13)
    h4 = (Math.imul(h4 + h1, 5) + 0x32ac3b17) | 0
  }
  after[0] = h1
  after[1] = h2
  after[2] = h3
  after[3] = h4
}

/** Hashes what follows the prefix: `bytes` bytes in `words`, zero to the end of the last block. */
function finish(prefix: Prefix, words: Int32Array, bytes: number, totalBytes: number): number {
  const state = scratchState
  const blocks = bytes >> 4
  const tail = blocks * 4
  mixBlocks(prefix.state, state, words, blocks)
  // A zero word scrambles to zero, so a padded tail needs no case for each length.
  let h1 = (state[0] as number) ^ scramble(words[tail] as number, C1, 15, C2) ^ totalBytes
  let h2 = (state[1] as number) ^ scramble(words[tail + 1] as number, C2, 16, C3) ^ totalBytes
  let h3 = (state[2] as number) ^ scramble(words[tail + 2] as number, C3, 17, C4) ^ totalBytes
  let h4 = (state[3] as number) ^ scramble(words[tail + 3] as number, C4, 18, C1) ^ totalBytes
  h1 = (h1 + h2 + h3 + h4) | 0
  h2 = (h2 + h1) | 0
  h3 = (h3 + h1) | 0
  h4 = (h4 + h1) | 0
  return (avalanche(h1) + avalanche(h2) + avalanche(h3) + avalanche(h4)) >>> 0
}

function scramble(word: number, first: number, bits: number, second: number): number {
  return Math.imul(rotate(Math.imul(word, first), bits), second)
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

function avalanche(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
