import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flooredShares } from './floored-shares.ts'

describe('flooredShares', () => {
  it('adds the floor to shares of what is left', () => {
    expect(flooredShares([0, 3], 0.1)).toEqual([0.1, 0.9])
    expect(flooredShares([1, 1, 2], 0)).toEqual([0.25, 0.25, 0.5])
    expect(flooredShares([9, 1], 0.5)).toEqual([0.5, 0.5])
    expect(flooredShares([], 0.1)).toEqual([])
  })

  it('keeps the order, the floor and the sum', () => {
    const weights = fc.array(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), {
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (given, part) => {
        const floor = part / given.length
        const shares = flooredShares(given, floor)
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
        for (const [i, share] of shares.entries()) {
          expect(share).toBeGreaterThanOrEqual(floor)
          for (const [j, other] of shares.entries())
            if ((given[i] as number) < (given[j] as number)) expect(share).toBeLessThanOrEqual(other)
        }
      }),
      { seed: 7 },
    )
  })

  it('has no answer outside the domain', () => {
    for (const [weights, floor] of [
      [[0, 0], 0.1],
      [[1, -1], 0.1],
      [[1, Number.NaN], 0.1],
      [[1, Number.POSITIVE_INFINITY], 0.1],
      [[1, 1], -0.1],
      [[1, 1], 0.6],
      [[1, 1], Number.NaN],
    ] as const)
      expect(flooredShares(weights, floor)).toEqual([Number.NaN, Number.NaN])
  })
})
