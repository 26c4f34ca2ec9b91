import { isNumber, type MaybeNumber, NOTHING } from './numbers.ts'

/** Times and durations as people say them. All are milliseconds. What does not exist is a dash. */

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const
/** Furthest time that has a date, either way from 1970. */
const FURTHEST_TIME = 8.64e15

const DAY = { day: 'numeric', month: 'short' } as const
const HOUR = { hour: '2-digit', minute: '2-digit' } as const
/** Making a formatter costs far more than using it. */
const TIME = new Intl.DateTimeFormat('en-GB', { ...DAY, year: 'numeric', ...HOUR })
const DAY_AND_HOUR = new Intl.DateTimeFormat('en-GB', { ...DAY, ...HOUR })
const ONLY_DAY = new Intl.DateTimeFormat('en-GB', DAY)
const ONLY_HOUR = new Intl.DateTimeFormat('en-GB', HOUR)

/** 12 days, 3 hours, 40 seconds: the largest unit that fits. */
export function formatDuration(milliseconds: MaybeNumber): string {
  if (!isNumber(milliseconds)) return NOTHING
  for (const [name, size] of UNITS) {
    const count = Math.floor(milliseconds / size)
    if (count >= 1) return `${count} ${name}${count === 1 ? '' : 's'}`
  }
  return 'a moment'
}

/** 3 hours ago. */
export function formatAge(at: MaybeNumber, now: number): string {
  if (!isNumber(at)) return NOTHING
  return now - at < 5000 ? 'just now' : `${formatDuration(now - at)} ago`
}

/** 22 Nov 2026, 18:04, where the reader is. */
export function formatTime(at: MaybeNumber): string {
  return write(TIME, at)
}

/** 22 Nov, 18:00: on an axis. */
export function formatHour(at: MaybeNumber): string {
  return write(DAY_AND_HOUR, at)
}

/** 22 Nov: a whole day. */
export function formatDay(at: MaybeNumber): string {
  return write(ONLY_DAY, at)
}

/** 18:00: an hour of a day that is named elsewhere. */
export function formatHourOfDay(at: MaybeNumber): string {
  return write(ONLY_HOUR, at)
}

function write(format: Intl.DateTimeFormat, at: MaybeNumber): string {
  return isNumber(at) && Math.abs(at) <= FURTHEST_TIME ? format.format(at) : NOTHING
}
