import { DAY_MILLISECONDS } from '@helios/engine'

/** The busiest moment of a day, in UTC, and how far night and day depart from the mean. */
const PEAK_HOUR = 15
const SWING = 0.8

/**
 * How many visitors have arrived since `from`, at a rate of so many a day that follows day and night:
 * 1 + 0.8 cos(2π (hour − 15) / 24), integrated. A whole number of days has exactly its share, whenever it
 * begins, so that the same visitors come.
 */
export function arrivedBy(time: number, from: number, unitsPerDay: number): number {
  const days = (time - from) / DAY_MILLISECONDS
  const wave = (SWING / (2 * Math.PI)) * (phaseOf(time) - phaseOf(from))
  // Rounded before it is cut off: 3.9999999 visitors of a sum of sines are 4.
  return Math.floor(Math.round((days + wave) * unitsPerDay * 1e6) / 1e6)
}

function phaseOf(time: number): number {
  return Math.sin(2 * Math.PI * (time / DAY_MILLISECONDS - PEAK_HOUR / 24))
}
