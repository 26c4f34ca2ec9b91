import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extentOf, niceScale, withinReach } from './scale.ts'

describe('scales', () => {
  it.each([
    [0, 93, 5, { minimum: 0, maximum: 100, step: 20 }],
    [-0.041, 0.05, 5, { minimum: -0.06, maximum: 0.06, step: 0.02 }],
    [0, 4, 4, { minimum: 0, maximum: 4, step: 1 }],
  ])('from %s to %s with about %s steps', (low, high, marks, expected) => {
    const scale = niceScale(low, high, marks)
    expect(scale.minimum).toBeCloseTo(expected.minimum, 12)
    expect(scale.maximum).toBeCloseTo(expected.maximum, 12)
    expect(scale.step).toBeCloseTo(expected.step, 12)
  })

  it('hold whatever they are made for, with few steps', () => {
    const numbers = fc.double({ noNaN: true })
    fc.assert(
      fc.property(numbers, numbers, fc.integer({ min: 1, max: 12 }), (a, b, marks) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const { minimum, maximum, step } = niceScale(low, high, marks)
        const slack = step * 1e-6
        expect(maximum).toBeGreaterThan(minimum)
        expect(Math.max(-1e100, Math.min(low, 1e100))).toBeGreaterThanOrEqual(minimum - slack)
        expect(Math.min(1e100, Math.max(high, -1e100))).toBeLessThanOrEqual(maximum + slack)
        expect((maximum - minimum) / step).toBeLessThanOrEqual(marks + 2.001)
      }),
      { seed: 5, numRuns: 1000 },
    )
  })

  it('know the extent of what is finite', () => {
    expect(extentOf([null, 3, Number.NaN, -2, undefined, Number.POSITIVE_INFINITY])).toEqual([-2, 3])
    expect(extentOf([null, Number.NaN])).toBeUndefined()
  })

  it('bring what is far outside within reach, and leave the rest', () => {
    const scale = { minimum: 0, maximum: 10, step: 2 }
    expect([5, -30, 1e300, -1e300].map((value) => withinReach(value, scale))).toEqual([5, -30, 410, -400])
  })
})
