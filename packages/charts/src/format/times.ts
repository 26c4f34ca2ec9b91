/** Times and durations as people say them. All are milliseconds. */

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** 12 days, 3 hours, 40 seconds: the largest unit that fits. */
export function formatDuration(milliseconds: number): string {
  for (const [name, size] of UNITS) {
    const count = Math.floor(milliseconds / size)
    if (count >= 1) return `${count} ${name}${count === 1 ? '' : 's'}`
  }
  return 'a moment'
}

/** 3 hours ago. */
export function formatAge(at: number, now: number): string {
  return now - at < 5000 ? 'just now' : `${formatDuration(now - at)} ago`
}

/** 22 Nov 2026, 18:04, where the reader is. */
export function formatTime(at: number): string {
  return new Date(at).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })
}

/** 22 Nov, 18:00: on an axis. */
export function formatHour(at: number): string {
  return new Date(at).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
}
