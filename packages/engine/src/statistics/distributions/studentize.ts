import { chiGrid, logChiMixture } from './chi-mixture.ts'
import { NORMAL_FROM } from './student-t.ts'

export interface KnownVarianceTail {
  /** log of a tail at c > 0 when the variance is known. */
  readonly logTail: (c: number) => number
  /** Its limit towards c = 0. */
  readonly logTailAtZero: number
  /** The s near which the tail at t s times the density of log s is largest. */
  readonly peak: (t: number, degreesOfFreedom: number) => number
  /** How steep the tail is near c: see `steepness` of `chiGrid`. */
  readonly steepness: (c: number) => number
}

/**
 * `peak` of a tail that stays near 1 up to an onset and from there on falls like exp(−(fall · c)² / 2): the likeliest s
 * given that the statistic is beyond t.
 */
export function peakOfFalling(onset: number, fall: number) {
  return (t: number, degreesOfFreedom: number): number => {
    const root = Math.sqrt(degreesOfFreedom)
    return Math.max(root / Math.hypot(root, fall * t), Math.min(1, onset / t))
  }
}

/** Of the outer integral. */
const TOLERANCE = 1e-14

/**
 * The tail of a statistic that is divided by an estimated standard deviation, from the tail of the statistic when that
 * is known: log E T(t s), s = χ/√ν.
 *
 * @param degreesOfFreedom ν > 0; Infinity gives the known tail back
 * @param near a t > 0 near those that will be asked for
 * @returns the logarithm as a function of t > 0. Values of the known tail are kept from one t to the next, so that to
 *   look for a quantile costs little more than one probability
 */
export function studentize(
  known: KnownVarianceTail,
  degreesOfFreedom: number,
  near: number,
): (t: number) => number {
  if (degreesOfFreedom >= NORMAL_FROM) return known.logTail
  const peak = known.peak(near, degreesOfFreedom)
  const steepness = known.steepness(near * peak)
  const grid = chiGrid({ degreesOfFreedom, scale: near, peak, steepness, tolerance: TOLERANCE })
  const values = new Map<number, number>()
  const logFactor = (c: number, index: number): number => {
    const value = values.get(index) ?? known.logTail(c)
    values.set(index, value)
    return value
  }
  const mixture = {
    logFactor,
    logFactorAtZero: known.logTailAtZero,
    degreesOfFreedom,
    grid,
    tolerance: TOLERANCE,
  }
  return (t) => Math.min(0, logChiMixture({ ...mixture, scale: t, peak: known.peak(t, degreesOfFreedom) }))
}
