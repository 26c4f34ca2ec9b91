import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noncentralTTails } from './noncentral-t.ts'
import { normalCdf } from './normal.ts'
import { studentTTails } from './student-t.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const statistic = fc.double({ min: -60, max: 60, noNaN: true })
const noncentrality = fc.double({ min: -40, max: 40, noNaN: true })
const degrees = fc.oneof(fc.double({ min: 0.3, max: 1e3, noNaN: true }), fc.constantFrom(1e5, 1e9))

describe('noncentralTTails', () => {
  // mpmath, trapezoidal rule over log χ with 30 digits
  it.each([
    [2, 10, 3, 0.1684858385880434, 0.8315141614119566],
    [-5, 30, 4, 4.9005786896125004e-15, 0.9999999999999951],
    [60, 5, -2, 0.99999999996586408, 3.4135916978956588e-11],
  ])('of t = %d with %d degrees of freedom around %d', (t, df, delta, lower, upper) => {
    const tails = noncentralTTails(t, df, delta)
    expect(relativeError(tails.lower, lower)).toBeLessThan(1e-13)
    expect(relativeError(tails.upper, upper)).toBeLessThan(1e-13)
  })

  it('is the t distribution around 0, also where only logarithms are left', () => {
    fc.assert(
      fc.property(fc.oneof(statistic, fc.constantFrom(1e3, 1e10, 1e200)), degrees, (t, df) => {
        const near = noncentralTTails(t, df, 1e-300)
        const central = studentTTails(t, df)
        for (const tail of ['logLower', 'logUpper'] as const)
          expect(Math.abs(near[tail] - central[tail])).toBeLessThan(1e-12 * Math.max(1, -central[tail]))
      }),
    )
  })

  it('is mirrored with t and noncentrality, and its tails fill 1', () => {
    fc.assert(
      fc.property(statistic, degrees, noncentrality, (t, df, delta) => {
        const tails = noncentralTTails(t, df, delta)
        const mirrored = noncentralTTails(-t, df, -delta)
        expect(Math.abs(mirrored.logUpper - tails.logLower)).toBeLessThanOrEqual(1e-11 * -tails.logLower)
        expect(tails.lower + tails.upper).toBeCloseTo(1, 14)
      }),
    )
  })

  it('rises with t and falls with the noncentrality', () => {
    fc.assert(
      fc.property(statistic, degrees, noncentrality, (t, df, delta) => {
        const { logLower } = noncentralTTails(t, df, delta)
        const slack = 1e-11 * Math.max(1e-290, -logLower)
        expect(noncentralTTails(t + 0.1, df, delta).logLower).toBeGreaterThan(logLower - slack)
        expect(noncentralTTails(t, df, delta + 0.1).logLower).toBeLessThan(logLower + slack)
      }),
    )
  })

  it('goes on where the average over Z takes over from that over χ', () => {
    for (const df of [0.5, 3, 50, 1000]) {
      for (const share of [0.5, 0.9, 1, 1.1, 2]) {
        const before = noncentralTTails(100 * share, df, 99.999999)
        const after = noncentralTTails(100.000002 * share, df, 100.000001)
        expect(relativeError(after.logLower, before.logLower)).toBeLessThan(1e-5)
        expect(relativeError(after.logUpper, before.logUpper)).toBeLessThan(1e-5)
      }
    }
    const { lower, upper } = noncentralTTails(1e6, 5, 1e6)
    // P(χ²₅ > 5): the noise of Z is nothing beside a million
    expect(lower).toBeCloseTo(0.4158801869955079, 10)
    expect(upper).toBeCloseTo(0.5841198130044921, 10)
  })

  it('is normal with infinite degrees of freedom, and at t = 0', () => {
    expect(noncentralTTails(1, Number.POSITIVE_INFINITY, 3).lower).toBe(normalCdf(-2))
    expect(noncentralTTails(0, 4, 3).lower).toBe(normalCdf(-3))
  })

  it('answers at the ends and NaN outside', () => {
    expect(noncentralTTails(Number.POSITIVE_INFINITY, 5, 2)).toMatchObject({ lower: 1, upper: 0 })
    expect(noncentralTTails(Number.NEGATIVE_INFINITY, 5, 2)).toMatchObject({ lower: 0, upper: 1 })
    for (const [t, df, delta] of [
      [Number.NaN, 5, 1],
      [1, 0, 1],
      [1, -2, 1],
      [1, Number.NaN, 1],
      [1, 5, Number.NaN],
      [1, 5, Number.POSITIVE_INFINITY],
    ] as const) {
      expect(noncentralTTails(t, df, delta).lower).toBeNaN()
    }
  })
})
