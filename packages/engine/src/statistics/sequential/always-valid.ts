import type { Interval } from '../intervals/mover.ts'

/** The p-value that an e-value is worth, 1 / e and at most 1, from the logarithm of the e-value. */
export function anytimePValue(logEValue: number): { readonly pValue: number; readonly log10PValue: number } {
  const logP = Math.min(0, 0 - logEValue)
  return { pValue: Math.exp(logP), log10PValue: logP / Math.LN10 }
}

/** Intersection of the intervals of all looks up to one; NaN once they have nothing in common. */
export interface RunningInterval extends Interval {
  /**
   * Whether the intervals contradict each other. Of a valid sequence that happens with probability alpha at most, so it
   * says rather that an assumption fails: an effect that changes with time, a sample that is not one.
   */
  readonly isEmpty: boolean
}

/**
 * What the looks of a confidence sequence say together: since all intervals hold at once, so does their intersection.
 *
 * @param intervals one a look, in time order; a look with NaN (nothing could be computed) says nothing
 * @returns one a look; (−Infinity, Infinity) before the first that could be computed
 *
 * Source: Howard et al. 2021, doi:10.1214/20-AOS1991 (arXiv:1810.08240).
 */
export function runningIntersection(intervals: readonly Interval[]): RunningInterval[] {
  let low = Number.NEGATIVE_INFINITY
  let high = Number.POSITIVE_INFINITY
  return intervals.map((interval) => {
    if (!Number.isNaN(interval.low)) low = Math.max(low, interval.low)
    if (!Number.isNaN(interval.high)) high = Math.min(high, interval.high)
    return low <= high ? { low, high, isEmpty: false } : { low: Number.NaN, high: Number.NaN, isEmpty: true }
  })
}

/**
 * Always-valid p-values of a process: the smallest up to each look. Works for p-values and for their logarithms.
 *
 * @param values one a look, in time order; NaN (nothing could be computed) says nothing
 * @param initial before the first: 1 for p-values, 0 for logarithms
 *
 * Source: Johari et al. 2022, doi:10.1287/opre.2021.2135 (arXiv:1512.04922).
 */
export function runningMinimum(values: readonly number[], initial: 0 | 1 = 1): number[] {
  let least: number = initial
  return values.map((value) => {
    if (value < least) least = value
    return least
  })
}
