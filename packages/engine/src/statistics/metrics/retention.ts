import type { BinarySample } from '../intervals/proportion-intervals.ts'
import { type Rate, type RateDifference, rateDifference, rateOf } from './funnel.ts'

/** Who came back in one period after the start, of those who have been there long enough to. */
export interface RetentionCounts {
  /** Of the period: 1 is the first after the start. */
  readonly period: number
  readonly returned: number
  /** Units whose whole period has passed. Others would count as lost who may still come. */
  readonly eligible: number
}

export interface RetentionRate extends Rate {
  readonly period: number
}

export interface RetentionDifference extends RateDifference {
  readonly period: number
}

/**
 * Retention of each period with Wilson's interval.
 *
 * @param counts 0 ≤ returned ≤ eligible
 * @param alpha in (0, 1): every interval for itself holds with confidence 1 − alpha
 * @returns NaN where nobody is eligible yet, or the counts are impossible
 */
export function retentionRates(counts: readonly RetentionCounts[], alpha: number): RetentionRate[] {
  return counts.map((each) => ({ period: each.period, ...rateOf(sampleOf(each), alpha) }))
}

/** Treatment − control of each period that both have, with Newcombe's interval; see {@link retentionRates}. */
export function compareRetention(
  control: readonly RetentionCounts[],
  treatment: readonly RetentionCounts[],
  alpha: number,
): RetentionDifference[] {
  const byPeriod = new Map(control.map((each) => [each.period, each]))
  return treatment.flatMap((each) => {
    const other = byPeriod.get(each.period)
    if (!other) return []
    return [{ period: each.period, ...rateDifference(sampleOf(other), sampleOf(each), alpha) }]
  })
}

function sampleOf({ returned, eligible }: RetentionCounts): BinarySample {
  return { successes: returned, trials: eligible }
}
