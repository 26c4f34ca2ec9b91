import type { Duration } from './power-question.ts'

const DAYS_PER_WEEK = 7

/**
 * How long it takes until enough units have come.
 *
 * @param units in all variants together, > 0
 * @param unitsPerDay > 0
 * @param coverage share of them that takes part, in (0, 1]
 */
export function durationOf(units: number, unitsPerDay: number, coverage: number): Duration {
  const days = Math.max(1, Math.ceil(units / (unitsPerDay * coverage)))
  return { days, weeks: Math.ceil(days / DAYS_PER_WEEK) }
}

/**
 * Units of each treatment that come in a number of days, rounded down.
 *
 * @param treatments ≥ 1
 * @param controlRatio units of the control for each of a treatment, > 0
 */
export function unitsWithin(
  days: number,
  traffic: { readonly unitsPerDay: number; readonly coverage: number },
  { treatments, controlRatio }: { readonly treatments: number; readonly controlRatio: number },
): number {
  return Math.floor((days * traffic.unitsPerDay * traffic.coverage) / (treatments + controlRatio))
}
