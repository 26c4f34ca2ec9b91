import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { incompleteBeta } from '../special/incomplete-beta.ts'
import { orderStatisticRanks, quantileEstimate, sampleQuantile, sorted } from './sample-quantile.ts'

describe('sampleQuantile', () => {
  it('interpolates between neighbours (NumPy 1.24, quantile)', () => {
    const values = sorted([-0.468, 0.535, -0.736, -1.511, 1.768])
    expect(sampleQuantile(values, 0.9)).toBeCloseTo(1.2748, 14)
    expect(sampleQuantile(values, 0)).toBe(-1.511)
    expect(sampleQuantile(values, 1)).toBe(1.768)
    expect(sampleQuantile([4], 0.3)).toBe(4)
  })

  it('is NaN outside', () => {
    expect(sampleQuantile([], 0.5)).toBeNaN()
    expect(sampleQuantile([1], 1.1)).toBeNaN()
    expect(sampleQuantile([1], Number.NaN)).toBeNaN()
  })
})

describe('orderStatisticRanks', () => {
  it('of 50 values at the 90th percentile (binomial with 25 digits, mpmath)', () => {
    const { lower, upper, coverage } = orderStatisticRanks(50, 0.9, 0.05)
    expect([lower, upper]).toEqual([41, 50])
    expect(coverage).toBeCloseTo(0.9703082890880885, 13)
  })

  it('has at most alpha / 2 on either side, and could be no narrower', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 1e9 })),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        (units, level, alpha) => {
          const { lower, upper, coverage } = orderStatisticRanks(units, level, alpha)
          // P(at most k of the values lie below the quantile)
          const below = (k: number) =>
            k < 0 ? 0 : k >= units ? 1 : incompleteBeta(level, k + 1, units - k).upper
          if (lower > 0) expect(below(lower - 1)).toBeLessThanOrEqual(alpha / 2)
          expect(below(lower)).toBeGreaterThan(alpha / 2)
          if (upper <= units) expect(1 - below(upper - 1)).toBeLessThanOrEqual(alpha / 2 + 1e-12)
          expect(1 - below(upper - 2)).toBeGreaterThan(alpha / 2 - 1e-12)
          expect(coverage).toBeGreaterThanOrEqual(1 - alpha - 1e-12)
        },
      ),
      { seed: 1, numRuns: 500 },
    )
  })

  it('is NaN outside', () => {
    for (const [units, level, alpha] of [
      [0, 0.5, 0.05],
      [1.5, 0.5, 0.05],
      [10, 0, 0.05],
      [10, 0.5, 1],
    ] as const)
      expect(orderStatisticRanks(units, level, alpha).lower).toBeNaN()
  })
})

describe('quantileEstimate', () => {
  it('has no limit where the sample is too small for one', () => {
    expect(quantileEstimate([3], 0.5, 0.05)).toEqual({
      value: 3,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    })
  })

  it('holds the quantile in 95 % of samples or more', () => {
    const random = new Random(7)
    const samples = 2000
    let held = 0
    for (let i = 0; i < samples; i++) {
      const values = sorted(Array.from({ length: 60 }, () => -Math.log(random.nextOpen())))
      const { low, high } = quantileEstimate(values, 0.75, 0.05)
      if (low <= Math.log(4) && Math.log(4) <= high) held++
    }
    // The exact coverage at 60 values is above 0.95; 4 standard errors below that are 0.9305.
    expect(held / samples).toBeGreaterThan(0.9305)
  })
})
