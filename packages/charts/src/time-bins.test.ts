import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeBins } from './time-bins.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = new Date(2026, 10, 22, 18, 30).getTime()

describe('bins of time', () => {
  it.each([
    [3, 1, 73],
    [7, 1, 169],
    [8, 6, 33],
    [21, 6, 85],
    [22, 24, 23],
  ])('over %s days hold %s hours each', (days, hoursPerBin, count) => {
    const bins = timeBins([{ at: NOW - days * DAY }], NOW)
    expect(bins.hoursPerBin).toBe(hoursPerBin)
    // Where summer time ended within, one bin more or less.
    expect(Math.abs(bins.starts.length - count)).toBeLessThanOrEqual(1)
    expect(bins.binOf).toEqual([0])
  })

  it('are as long as is asked for', () => {
    const bins = timeBins([{ at: NOW - 3 * DAY }, { at: NOW }], NOW, 24)
    expect(bins).toMatchObject({ hoursPerBin: 24, binOf: [0, 3] })
    expect(bins.starts.map((at) => new Date(at).getHours())).toEqual([0, 0, 0, 0])
  })

  it('leave out what is no time, too long ago or in the future', () => {
    const times = [Number.NaN, 0, NOW + 2 * DAY, NOW - HOUR, 8.65e15]
    const bins = timeBins(
      times.map((at) => ({ at })),
      NOW,
    )
    expect(bins.dropped).toBe(4)
    expect(bins.binOf).toEqual([undefined, undefined, undefined, 0, undefined])
    expect(timeBins([], NOW).starts).toEqual([])
  })

  it('put every hour into the bin that holds it, without gaps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 * 24 }), { minLength: 1 }), (ages) => {
        const hours = ages.map((age) => ({ at: NOW - age * HOUR }))
        const { starts, binOf, hoursPerBin } = timeBins(hours, NOW)
        hours.forEach(({ at }, i) => {
          const bin = binOf[i] ?? -1
          expect(starts[bin]).toBeLessThanOrEqual(at)
          expect(starts[bin + 1] ?? Number.POSITIVE_INFINITY).toBeGreaterThan(at)
        })
        const lengths = starts.slice(1).map((at, i) => (at - (starts[i] ?? 0)) / HOUR)
        for (const length of lengths) expect(Math.abs(length - hoursPerBin)).toBeLessThanOrEqual(1)
      }),
      { seed: 3, numRuns: 100 },
    )
  })
})
