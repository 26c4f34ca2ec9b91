import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { incompleteBeta } from '../special/incomplete-beta.ts'
import { betaQuantile, betaQuantilePoint, betaUpperQuantile } from './beta-quantile.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const probability = fc.oneof(
  fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
  fc.constantFrom(1e-300, 1e-100, 1e-20, 1 - 1e-12),
)
const parameter = fc.oneof(
  fc.double({ min: 0.05, max: 1, noNaN: true }),
  fc.double({ min: 1, max: 1e4, noNaN: true }),
  fc.constantFrom(1e6, 1e9),
)

describe('betaQuantile', () => {
  // mpmath: Newton's method on betainc, 40 digits
  it.each([
    [1e-12, 0.5, 0.5, 2.4674011002723395e-24],
    [0.25, 1, 1, 0.25],
    [0.25, 2, 1, 0.5],
  ])('of %d for (%d, %d)', (p, a, b, expected) => {
    expect(relativeError(betaQuantile(p, a, b), expected)).toBeLessThan(1e-14)
  })

  it('undoes the distribution on both sides', () => {
    fc.assert(
      fc.property(probability, parameter, parameter, (p, a, b) => {
        const { x, y } = betaQuantilePoint(p, a, b)
        if (x < 1e-300 || y < 1e-300) return
        const { logLower, logUpper } = incompleteBeta(x, a, b, y)
        // A last digit of x is this much of the tail, for large parameters.
        const tolerance = 1e-12 + 1e-15 * Math.sqrt(Math.max(a, b)) + 1e-15 * Math.min(1e4, a + b)
        if (p <= 0.5) expect(Math.abs(logLower - Math.log(p))).toBeLessThan(tolerance * (1 - Math.log(p)))
        else expect(relativeError(Math.exp(logUpper), 1 - p)).toBeLessThan(tolerance * 30)
      }),
    )
  })

  it('has an upper side that changes place with the lower when the parameters do', () => {
    fc.assert(
      fc.property(probability, parameter, parameter, (q, a, b) => {
        expect(betaUpperQuantile(q, a, b)).toBe(betaQuantilePoint(q, b, a).y)
      }),
    )
    // mpmath: 1 − x, which 1e-30 as 1 − p would have lost
    expect(relativeError(betaQuantilePoint(1e-30, 5, 2).x, 6.9882720016484083e-7)).toBeLessThan(1e-14)
    expect(betaUpperQuantile(1e-30, 2, 5)).toBeCloseTo(1 - 6.9882720016484083e-7, 15)
  })

  it('is 0 where the quantile is below the smallest double', () => {
    expect(betaQuantile(0.01, 0.001, 0.5)).toBe(0)
    expect(betaQuantile(0.5557, 2.98e-6, 5.99e-5)).toBe(0)
    expect(betaQuantilePoint(0.5557, 5.99e-5, 2.98e-6)).toEqual({ x: 1, y: 0 })
  })

  it('answers at the ends and NaN outside', () => {
    expect([betaQuantile(0, 2, 3), betaQuantile(1, 2, 3)]).toEqual([0, 1])
    expect([betaUpperQuantile(0, 2, 3), betaUpperQuantile(1, 2, 3)]).toEqual([1, 0])
    for (const [p, a, b] of [
      [-0.1, 1, 1],
      [1.1, 1, 1],
      [Number.NaN, 1, 1],
      [0.5, 0, 1],
      [0.5, 1, Number.POSITIVE_INFINITY],
    ] as const) {
      expect(betaQuantile(p, a, b)).toBeNaN()
      expect(betaUpperQuantile(p, a, b)).toBeNaN()
    }
  })
})
