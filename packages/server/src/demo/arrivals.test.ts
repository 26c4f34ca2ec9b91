import { DAY_MILLISECONDS } from '@helios/engine'
import { describe, expect, it } from 'vitest'
import { arrivedBy } from './arrivals.ts'

const HOUR = DAY_MILLISECONDS / 24
const MIDNIGHT = Date.parse('2026-06-01T00:00:00Z')

describe('arrivals', () => {
  it.each([0, 3.7, 12, 23.99])('of whole days are exact, from hour %f on', (hour) => {
    const from = MIDNIGHT + hour * HOUR
    for (const days of [0, 1, 6])
      expect(arrivedBy(from + days * DAY_MILLISECONDS, from, 4000)).toBe(days * 4000)
  })

  it('never take anybody back', () => {
    const counts = Array.from({ length: 145 }, (_, hour) => arrivedBy(MIDNIGHT + hour * HOUR, MIDNIGHT, 4000))
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  })

  it('are many in the afternoon and few at night', () => {
    const within = (hour: number) =>
      arrivedBy(MIDNIGHT + (hour + 1) * HOUR, MIDNIGHT, 24_000) -
      arrivedBy(MIDNIGHT + hour * HOUR, MIDNIGHT, 24_000)
    expect(within(15)).toBeGreaterThan(1700)
    expect(within(3)).toBeLessThan(300)
  })
})
