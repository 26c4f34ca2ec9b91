const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes for people, in decimal units: 81.2 MB. */
export function size(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < SIZES.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${SIZES[unit]}`
}

const SPANS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** Seconds for people, in the largest whole unit: 3 hours. */
export function duration(seconds: number): string {
  const span = SPANS.find(([, length]) => seconds >= length)
  if (!span) return plural(Math.round(seconds), 'second')
  return plural(Math.floor(seconds / span[1]), span[0])
}

/** 1 event, 2 events, 1,234 events. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
