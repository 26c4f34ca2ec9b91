import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { standardErrorOfInterval } from './standard-error-of-interval.ts'

describe('standardErrorOfInterval', () => {
  it('is a quarter of the width, nearly, at 95 %', () => {
    // 2 / (2 · 1.959963984540054)
    expect(standardErrorOfInterval({ low: -1, high: 1 }, 0.05)).toBeCloseTo(0.510213456924654, 14)
    expect(standardErrorOfInterval({ low: 3, high: 3 }, 0.05)).toBe(0)
  })

  it('finds the standard error that an interval was made of', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.integer({ min: -100, max: 100 }),
        (error, estimate) => {
          const margin = 2.5758293035489004 * error
          const interval = { low: estimate - margin, high: estimate + margin }
          expect(standardErrorOfInterval(interval, 0.01) / error).toBeCloseTo(1, 9)
        },
      ),
      { seed: 7 },
    )
  })

  it('has no answer for what is no interval', () => {
    expect(standardErrorOfInterval({ low: 0, high: Number.POSITIVE_INFINITY }, 0.05)).toBe(
      Number.POSITIVE_INFINITY,
    )
    for (const [low, high, alpha] of [
      [1, 0, 0.05],
      [Number.NaN, 1, 0.05],
      [0, 1, 0],
      [0, 1, 1],
    ] as const)
      expect(standardErrorOfInterval({ low, high }, alpha)).toBeNaN()
  })
})
