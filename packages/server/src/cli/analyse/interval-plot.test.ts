import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plotIntervals } from './interval-plot.ts'
import { PERCENTAGE_POINTS, PLAIN } from './numbers.ts'

describe('plotIntervals', () => {
  it('draws on one axis with a marked zero', () => {
    const { bars, axis, labels } = plotIntervals(
      [
        { low: -1, estimate: 0.5, high: 2 },
        { low: 3, estimate: 4, high: 5 },
      ],
      PLAIN,
      41,
    )
    const zero = axis.indexOf('┼')
    expect(bars[0]?.[zero]).toBe('┼')
    expect(bars[1]?.[zero]).toBe('│')
    expect(bars[0]?.trim()).toMatch(/^├─+┼─+●─+┤$/)
    expect(bars[1]?.slice(zero + 1).trim()).toMatch(/^├─+●─+┤$/)
    expect(labels.indexOf('0')).toBe(zero)
    expect(labels).toContain('+4')
  })

  it('labels percentage points', () => {
    expect(
      plotIntervals([{ low: 0.07, estimate: 0.076, high: 0.083 }], PERCENTAGE_POINTS, 40).labels,
    ).toContain('+8')
  })

  it('keeps to its width for any intervals, and every mark in order', () => {
    const number = fc.double({ noNaN: true, min: -1e9, max: 1e9 })
    const interval = fc.tuple(number, number, number).map((three) => {
      const [low, estimate, high] = three.toSorted((a, b) => a - b) as [number, number, number]
      return { low, estimate, high }
    })
    fc.assert(
      fc.property(
        fc.array(interval, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 16, max: 64 }),
        (intervals, width) => {
          const { bars, axis, labels } = plotIntervals(intervals, PLAIN, width)
          for (const line of [...bars, axis]) expect(line.length).toBe(width)
          expect(labels.length).toBeLessThanOrEqual(width)
          for (const bar of bars) expect(bar.match(/●/g)).toHaveLength(1)
          expect(axis).toContain('┼')
        },
      ),
    )
  })

  it('runs to the edge where an end is infinite', () => {
    const { bars } = plotIntervals([{ low: Number.NEGATIVE_INFINITY, estimate: 1, high: 2 }], PLAIN, 20)
    expect(bars[0]?.startsWith('├')).toBe(true)
  })
})
