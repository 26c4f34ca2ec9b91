import { QuantileSketch } from '../moments/quantile-sketch.ts'
import { NO_MOMENTS, type RunningMoments, withValue } from '../moments/running-moments.ts'
import { sampleQuantile, sorted } from './sample-quantile.ts'

export interface WinsorisingLimits {
  readonly low: number
  readonly high: number
}

/**
 * Limits for capping extreme values, from the quantiles of all variants' values together: limits of each variant on
 * its own would hide an effect on the extremes, and differ by chance.
 *
 * @param samples values of each variant
 * @param lowerLevel, upperLevel of the quantiles (type 7), 0 ≤ lower ≤ upper ≤ 1; 0 and 1 leave a side as it is
 * @returns NaN outside the domain and without values
 *
 * Source: Tukey 1962, section 10, doi:10.1214/aoms/1177704711; pooled over variants: Kohavi, Tang & Xu 2020,
 * Trustworthy Online Controlled Experiments, chapter 18.
 */
export function winsorisingLimits(
  samples: readonly ArrayLike<number>[],
  lowerLevel: number,
  upperLevel: number,
): WinsorisingLimits {
  if (!(lowerLevel <= upperLevel)) return { low: Number.NaN, high: Number.NaN }
  const all = new Float64Array(samples.reduce((sum, { length }) => sum + length, 0))
  let from = 0
  for (const sample of samples) {
    all.set(sample, from)
    from += sample.length
  }
  const values = sorted(all)
  return { low: sampleQuantile(values, lowerLevel), high: sampleQuantile(values, upperLevel) }
}

/**
 * The same limits from a sketch with a group per variant, each within 0.5 %.
 *
 * @returns NaN outside the domain and without values
 */
export function sketchedWinsorisingLimits(
  sketch: QuantileSketch,
  lowerLevel: number,
  upperLevel: number,
): WinsorisingLimits {
  if (!(lowerLevel <= upperLevel)) return { low: Number.NaN, high: Number.NaN }
  const all = new QuantileSketch(1)
  for (let group = 0; group < sketch.groups; group++) all.addNumbers(0, sketch.numbers(group))
  return { low: all.quantile(0, lowerLevel), high: all.quantile(0, upperLevel) }
}

/** A value moved to the nearer limit where it lies beyond one. */
export function winsorise(value: number, { low, high }: WinsorisingLimits): number {
  return value < low ? low : value > high ? high : value
}

/** Moments of one variant's values under limits that are the same for all variants. */
export function winsorisedMoments(values: Iterable<number>, limits: WinsorisingLimits): RunningMoments {
  let moments = NO_MOMENTS
  for (const value of values) moments = withValue(moments, winsorise(value, limits))
  return moments
}
