import { isNumber } from './format/index.ts'

/** Time cut into parts of the reader's day. */
export interface TimeBins {
  readonly hoursPerBin: 1 | 6 | 24
  /** When each bin begins, milliseconds since 1970, ascending and without gaps. */
  readonly starts: readonly number[]
  /** Bin of each hour that was given; undefined when it lies outside. */
  readonly binOf: readonly (number | undefined)[]
  /** Hours that lie outside. */
  readonly dropped: number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const HOURLY_UNTIL = 7 * DAY
const SIX_HOURLY_UNTIL = 21 * DAY
/** Older hours than this are left out: the drawing would be all gap. */
const LONGEST = 180 * DAY
/** Clocks of servers and readers differ; what is further ahead is a mistake. */
const LARGEST_LEAD = DAY

/**
 * Bins from the first hour to the present one: of an hour, of six from a week on, of a day from three on; of
 * `wanted` hours when that is given.
 */
export function timeBins(
  hours: readonly { readonly at: number }[],
  now: number,
  wanted?: TimeBins['hoursPerBin'],
): TimeBins {
  const inside = hours.map(({ at }) => isNumber(at) && at > now - LONGEST && at <= now + LARGEST_LEAD)
  const times = hours.flatMap(({ at }, i) => (inside[i] ? [at] : []))
  if (times.length === 0) return { hoursPerBin: 1, starts: [], binOf: [], dropped: hours.length }
  const first = times.reduce((a, b) => Math.min(a, b))
  const last = times.reduce((a, b) => Math.max(a, b), now)
  const span = last - first
  const hoursPerBin = wanted ?? (span <= HOURLY_UNTIL ? 1 : span <= SIX_HOURLY_UNTIL ? 6 : 24)
  const starts: number[] = []
  for (let at = beginOf(first, hoursPerBin); at <= last; at = next(at, hoursPerBin)) starts.push(at)
  return {
    hoursPerBin,
    starts,
    binOf: hours.map(({ at }, i) => (inside[i] ? binAt(starts, at) : undefined)),
    dropped: hours.length - times.length,
  }
}

function beginOf(at: number, hoursPerBin: number): number {
  // Whole hours of the clock in UTC need no calendar, and an hour that the summer time repeats stays two.
  if (hoursPerBin === 1) return Math.floor(at / HOUR) * HOUR
  const date = new Date(at)
  return date.setHours(Math.floor(date.getHours() / hoursPerBin) * hoursPerBin, 0, 0, 0)
}

/** The following bin; days may have 23 or 25 hours. */
function next(at: number, hoursPerBin: number): number {
  if (hoursPerBin === 1) return at + HOUR
  const date = new Date(at)
  return Math.max(at + HOUR, date.setHours(date.getHours() + hoursPerBin, 0, 0, 0))
}

/** Last bin that begins at `at` or before, by bisection. */
function binAt(starts: readonly number[], at: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return low
}
