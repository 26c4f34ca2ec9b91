/** The only place that reads the time, so that a test or a replay can set it. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z, a whole number. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  advance(milliseconds: number): void
  set(time: number): void
}

export function manualClock(start: number): ManualClock {
  let time = start
  return {
    now: () => time,
    advance: (milliseconds) => {
      time += milliseconds
    },
    set: (next) => {
      time = next
    },
  }
}

export const DAY_MILLISECONDS = 86_400_000
export const HOUR_MILLISECONDS = 3_600_000

/** Whole days since 1970 in UTC: the calendar by which daily counts are kept. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY_MILLISECONDS)
}

/** Whole hours since 1970. */
export function hourOf(time: number): number {
  return Math.floor(time / HOUR_MILLISECONDS)
}
