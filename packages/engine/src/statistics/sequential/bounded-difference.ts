import type { Interval } from '../intervals/mover.ts'

/**
 * Interval of a difference from those of its two sides, each with half of alpha: what remains when the treatment lies
 * at one end of its interval and the control at the other. Holds with confidence 1 − alpha by the union bound, at all
 * times together where the two do, whatever the samples have to do with each other. Wider than an interval made for
 * the difference: by a factor up to √2 for equal samples, as errors of both sides are added, not averaged.
 *
 * @param control, treatment intervals that each hold with confidence 1 − alpha / 2
 * @returns NaN where either is
 */
export function differenceOfIntervals(control: Interval, treatment: Interval): Interval {
  return { low: treatment.low - control.high, high: treatment.high - control.low }
}
