import type { Traffic } from '@helios/sdk'
import { HOUR_MILLISECONDS, hourOf } from './clock.ts'
import type { Experiment } from './experiment.ts'
import type { ExperimentTotals } from './projection/experiment-totals.ts'

const RECENT_HOURS = 24

/** How units came in, hour by hour. */
export function trafficOf({ variants }: Experiment, totals: ExperimentTotals): Traffic {
  const named = (counts: ArrayLike<number>) =>
    Object.fromEntries(variants.map(({ key }, i) => [key, counts[i] ?? 0]))
  const hours = [...totals.arrivals.hours]
    .filter(([, counts]) => counts.some((count) => count > 0))
    .toSorted(([a], [b]) => a - b)
  return {
    hours: hours.map(([hour, counts]) => ({ at: hour * HOUR_MILLISECONDS, units: named(counts) })),
    units: named(totals.counts()),
  }
}

/** New units in each of the last 24 hours, oldest first; the last hour is the present one. */
export function recentUnits(totals: ExperimentTotals | undefined, now: number): number[] {
  const first = hourOf(now) - RECENT_HOURS + 1
  return Array.from({ length: RECENT_HOURS }, (_, i) => {
    const counts = totals?.arrivals.hours.get(first + i)
    return counts ? counts.reduce((sum, count) => sum + count, 0) : 0
  })
}
