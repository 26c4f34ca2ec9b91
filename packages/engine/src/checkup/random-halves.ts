import { Random } from '../random.ts'
import type { MomentsSummary } from '../statistics/moments/cross-moments.ts'

/** Replays whose halves come from one word of chance per unit. */
export const REPLAYS_PER_BLOCK = 32

/** The outcomes of units on one metric, which are to be divided again and again. */
export interface ReplaySample {
  /** Number of each unit. */
  readonly units: Uint32Array
  /** Of each component: mean over the units. */
  readonly means: readonly number[]
  /** 1, then the components less their means, then the products of these i ≤ j: one value per unit each. */
  readonly terms: readonly Float64Array[]
  /** Sum of each term. */
  readonly totals: readonly number[]
  /** Whether all units have the same outcomes. */
  readonly isConstant: boolean
}

export type Halves = readonly [MomentsSummary, MomentsSummary]

/** @param components one array of outcomes per component, in the order of the units */
export function replaySample(units: Uint32Array, components: readonly Float64Array[]): ReplaySample {
  const means = components.map(meanOf)
  const centred = components.map((values, i) => centredAt(values, means[i] as number))
  const products = centred.flatMap((x, i) => centred.slice(i).map((y) => productOf(x, y)))
  const terms = [new Float64Array(units.length).fill(1), ...centred, ...products]
  const isConstant =
    units.length > 0 && components.every((values) => values.every((value) => value === values[0]))
  return { units, means, terms, totals: terms.map(sumOf), isConstant }
}

/** Sufficient statistics of the two halves in each replay of a block. O(units × terms). */
export function dividedHalves(sample: ReplaySample, seed: number, block: number): Halves[] {
  const words = wordsOf(sample.units, seed, block)
  const sums = sample.terms.map((term) => sumsOverHalf(words, term))
  return Array.from({ length: REPLAYS_PER_BLOCK }, (_, replay) => {
    const first = sums.map((of) => of[replay] as number)
    const second = sample.totals.map((total, i) => total - (first[i] as number))
    return [summaryOf(first, sample.means), summaryOf(second, sample.means)] as const
  })
}

/**
 * 32 random bits per unit that depend on nothing but seed, block and the unit's number; bit r says in which half
 * the unit is in replay r of the block.
 */
function wordsOf(units: Uint32Array, seed: number, block: number): Int32Array {
  const chance = new Random(seed).split(block)
  const [before, between] = [chance.bits(), chance.bits()]
  const words = new Int32Array(units.length)
  for (let i = 0; i < words.length; i++)
    words[i] = scrambled(scrambled((units[i] as number) ^ before) ^ between)
  return words
}

/** The finaliser of MurmurHash3 (Appleby 2011): each bit of the input turns each bit of the output half the time. */
function scrambled(word: number): number {
  let mixed = word
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/**
 * Sum of the term over the units whose bit is set, for each bit. Units are first summed by each byte of their word,
 * four additions per unit instead of 32; a bit is then set in half of the 256 values of its byte.
 */
function sumsOverHalf(words: Int32Array, term: Float64Array): Float64Array {
  const byByte = new Float64Array(4 * 256)
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number
    const value = term[i] as number
    for (let byte = 0; byte < 4; byte++) {
      const place = (byte << 8) | ((word >>> (byte << 3)) & 255)
      byByte[place] = (byByte[place] as number) + value
    }
  }
  return Float64Array.from({ length: REPLAYS_PER_BLOCK }, (_, replay) => {
    const start = (replay >> 3) << 8
    const bit = 1 << (replay & 7)
    let sum = 0
    for (let byte = 0; byte < 256; byte++) if (byte & bit) sum += byByte[start | byte] as number
    return sum
  })
}

/** From the sums of the terms over one half. */
function summaryOf([units = 0, ...rest]: readonly number[], means: readonly number[]): MomentsSummary {
  const count = means.length
  const sums = rest.slice(0, count)
  const products = rest.slice(count)
  const covariance = (i: number, j: number): number => {
    const [low, high] = [Math.min(i, j), Math.max(i, j)]
    const product = products[low * count - (low * (low - 1)) / 2 + high - low] as number
    const centred = product - ((sums[i] as number) / units) * (sums[j] as number)
    return (i === j ? Math.max(0, centred) : centred) / (units - 1)
  }
  return {
    units,
    mean: means.map((mean, i) => mean + (sums[i] as number) / units),
    covariance: means.map((_, i) => means.map((__, j) => covariance(i, j))),
  }
}

function sumOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

/** Exactly the value where all are the same: what differs by rounding would look like variance. */
function meanOf(values: Float64Array): number {
  const first = values[0] ?? Number.NaN
  let sum = 0
  for (const value of values) sum += value - first
  return first + sum / values.length
}

function centredAt(values: Float64Array, mean: number): Float64Array {
  const centred = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) centred[i] = (values[i] as number) - mean
  return centred
}

function productOf(x: Float64Array, y: Float64Array): Float64Array {
  const product = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) product[i] = (x[i] as number) * (y[i] as number)
  return product
}
