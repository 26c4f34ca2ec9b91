import { normalQuantile } from '../distributions/normal-quantile.ts'
import { incompleteBeta } from '../special/incomplete-beta.ts'

/**
 * Sample quantile that interpolates between neighbours (type 7, the default of R, NumPy and spreadsheets).
 *
 * @param sorted values in ascending order
 * @param level in [0, 1]
 * @returns NaN outside the domain and without values
 *
 * Source: Hyndman & Fan 1996, definition 7, doi:10.1080/00031305.1996.10473566.
 */
export function sampleQuantile(sorted: ArrayLike<number>, level: number): number {
  const n = sorted.length
  if (n === 0 || !(level >= 0 && level <= 1)) return Number.NaN
  const place = (n - 1) * level
  const below = Math.floor(place)
  const low = sorted[below] as number
  const high = sorted[Math.min(n - 1, below + 1)] as number
  const share = place - below
  if (share === 0 || low === high) return low
  return low + share * (high - low)
}

/** Values in ascending order, in a new array. */
export function sorted(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort()
}

/** Ranks count from 1; rank 0 stands for −Infinity and rank n + 1 for Infinity. */
export interface OrderStatisticRanks {
  readonly lower: number
  readonly upper: number
  /** Probability that the quantile of a continuous distribution lies between the values of these ranks. */
  readonly coverage: number
}

/**
 * Ranks of the two values of a sample between which the quantile lies with confidence 1 − alpha, whatever the
 * distribution: the number of values below the quantile is binomial.
 *
 * @param units n, a whole number ≥ 1
 * @param level in (0, 1)
 * @param alpha in (0, 1); at most alpha / 2 on either side
 * @returns NaN outside the domain
 *
 * Source: Conover 1999, Practical Nonparametric Statistics, section 3.2; David & Nagaraja 2003, Order Statistics,
 * section 7.1.
 */
export function orderStatisticRanks(units: number, level: number, alpha: number): OrderStatisticRanks {
  const isValid = Number.isInteger(units) && units >= 1 && level > 0 && level < 1 && alpha > 0 && alpha < 1
  if (!isValid) return { lower: Number.NaN, upper: Number.NaN, coverage: Number.NaN }
  const mirrored = 1 - level
  // P(fewer than r of n below the quantile) and P(at least s of n below it)
  const fewer = (r: number) => (r <= 0 ? 0 : incompleteBeta(mirrored, units - r + 1, r, level).lower)
  const atLeast = (s: number) => (s > units ? 0 : incompleteBeta(level, s, units - s + 1, mirrored).lower)
  const reach = -normalQuantile(alpha / 2) * Math.sqrt(units * level * mirrored)
  const lower = lastWhere((r) => fewer(r) <= alpha / 2, units, units * level - reach)
  const fromAbove = (k: number) => atLeast(units + 1 - k) <= alpha / 2
  const upper = units + 1 - lastWhere(fromAbove, units, units * mirrored - reach)
  return { lower, upper, coverage: 1 - fewer(lower) - atLeast(upper) }
}

export interface QuantileEstimate {
  readonly value: number
  /** −Infinity where the sample is too small for a lower limit. */
  readonly low: number
  /** Infinity where the sample is too small for an upper limit. */
  readonly high: number
}

/**
 * Quantile of independent values with the interval of {@link orderStatisticRanks}. Ties make it wider than it needs
 * to be, never too narrow.
 *
 * @param values in ascending order
 * @param level in (0, 1)
 * @param alpha in (0, 1): the interval holds with confidence of at least 1 − alpha
 * @returns NaN outside the domain
 */
export function quantileEstimate(values: ArrayLike<number>, level: number, alpha: number): QuantileEstimate {
  const { lower, upper } = orderStatisticRanks(values.length, level, alpha)
  if (Number.isNaN(lower)) return { value: Number.NaN, low: Number.NaN, high: Number.NaN }
  return {
    value: sampleQuantile(values, level),
    low: lower === 0 ? Number.NEGATIVE_INFINITY : (values[lower - 1] as number),
    high: upper > values.length ? Number.POSITIVE_INFINITY : (values[upper - 1] as number),
  }
}

/**
 * Largest whole number in [0, last] for which it is true, looked for from a guess outwards in doubling steps. It is
 * true at 0, and from where it fails it stays false.
 */
function lastWhere(isTrue: (k: number) => boolean, last: number, guess: number): number {
  const start = Math.min(last, Math.max(0, Math.floor(guess)))
  let low = 0
  let high = last + 1
  if (isTrue(start)) {
    low = start
    for (let step = 1; low + step < high; step *= 2) {
      if (isTrue(low + step)) low += step
      else high = low + step
    }
  } else {
    high = start
    for (let step = 1; high - step > low; step *= 2) {
      if (isTrue(high - step)) low = high - step
      else high -= step
    }
  }
  while (high - low > 1) {
    const middle = Math.floor(low + (high - low) / 2)
    if (isTrue(middle)) low = middle
    else high = middle
  }
  return low
}
