/**
 * A seed that nobody outside can foresee, for tables whose speed must not depend on the good will of
 * senders. Results never depend on it.
 */
export function unpredictableSeed(): number {
  return crypto.getRandomValues(new Int32Array(1))[0] as number
}

/**
 * Reproducible chance: the same seed gives the same numbers on every machine. Not for secrets.
 *
 * xoshiro128** with 128 bits of state (period 2^128 − 1), filled from the seed by splitmix32. Numbers in
 * [0, 1) take 53 bits from two outputs.
 *
 * Source: Blackman & Vigna 2021, Scrambled linear pseudorandom number generators, ACM TOMS 47(4), figure 7,
 * doi:10.1145/3460772.
 */
export class Random {
  readonly #seed: number
  #a: number
  #b: number
  #c: number
  #d: number

  /** @param seed a whole number; text is hashed to one */
  constructor(seed: number | string) {
    this.#seed = typeof seed === 'string' ? hashText(seed) : seed | 0
    const fill = splitMix(this.#seed)
    this.#a = fill()
    this.#b = fill()
    this.#c = fill()
    this.#d = fill()
  }

  /** 32 random bits, as a signed whole number. */
  bits(): number {
    const times5 = Math.imul(this.#b, 5)
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9)
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = (this.#d << 11) | (this.#d >>> 21)
    return result
  }

  /** Uniform in [0, 1), a multiple of 2^-53. */
  next(): number {
    const high = this.bits() >>> 5
    const low = this.bits() >>> 6
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }

  /** Uniform in (0, 1), for logarithms and quantiles. */
  nextOpen(): number {
    return this.next() + 2 ** -54
  }

  /** Uniform whole number in [0, below); `below` at most 2^32, without bias (Lemire 2019, doi:10.1145/3230636). */
  integer(below: number): number {
    const threshold = 4_294_967_296 % below
    for (;;) {
      const product = (this.bits() >>> 0) * below
      const low = product % 4_294_967_296
      if (low >= threshold) return Math.floor(product / 4_294_967_296)
    }
  }

  /** A generator of its own for a named part of the work; asking does not change this one. */
  split(name: string | number): Random {
    return new Random(hashText(`${this.#seed}/${name}`))
  }
}

/** Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195, in its 32-bit form. */
function splitMix(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  }
}

/** FNV-1a over UTF-16 code units; the seeding that follows spreads its bits. */
function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash | 0
}
