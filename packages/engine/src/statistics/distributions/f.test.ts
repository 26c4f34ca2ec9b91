import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chiSquareTails } from './chi-square.ts'
import { fQuantile, fSf, fTails, fUpperQuantile } from './f.ts'
import { studentTTwoSidedTails } from './student-t.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const degrees = fc.oneof(fc.double({ min: 0.1, max: 1e3, noNaN: true }), fc.constantFrom(1e6, 1e9))

describe('fTails', () => {
  // mpmath.betainc, 40 digits
  it.each([
    [3.2, 2, 27, 0.94339777359149918, 0.05660222640850082],
    [50, 3, 40, 0.99999999999986557, 1.3443392666414127e-13],
    [0.01, 7, 5, 2.3614768985582524e-6, 0.99999763852310144],
  ])('of %d with %d and %d degrees of freedom', (x, df1, df2, lower, upper) => {
    const tails = fTails(x, df1, df2)
    expect(relativeError(tails.lower, lower)).toBeLessThan(1e-13)
    expect(relativeError(tails.upper, upper)).toBeLessThan(1e-13)
    expect(fSf(x, df1, df2)).toBe(tails.upper)
  })

  it('is the square of t with one degree of freedom in the numerator', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 30, noNaN: true }), degrees, (t, df) => {
        const { logUpper } = fTails(t * t, 1, df)
        const { logLower } = studentTTwoSidedTails(t, df)
        expect(Math.abs(logUpper - logLower)).toBeLessThan(1e-12 * Math.max(1, -logLower))
      }),
    )
  })

  it('has tails that change places with the mean squares', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), degrees, degrees, (x, df1, df2) => {
        const tails = fTails(x, df1, df2)
        const inverse = fTails(1 / x, df2, df1)
        // 1/x is rounded: with many degrees of freedom that alone moves the tail.
        const moved = 1e-15 * Math.min(df1, df2)
        expect(Math.abs(inverse.logLower - tails.logUpper)).toBeLessThanOrEqual(
          (1e-12 + moved) * Math.max(1, -tails.logUpper),
        )
      }),
    )
  })

  it('becomes chi-square, and a step', () => {
    expect(fTails(1.3, 4, Number.POSITIVE_INFINITY)).toEqual(chiSquareTails(5.2, 4))
    expect(relativeError(fSf(1.3, 4, 1e15), chiSquareTails(5.2, 4).upper)).toBeLessThan(1e-12)
    expect(fTails(0.5, Number.POSITIVE_INFINITY, 10).lower).toBe(chiSquareTails(20, 10).upper)
    expect(fTails(0.9, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY).upper).toBe(1)
    expect(fTails(1.1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY).upper).toBe(0)
  })

  it('answers at the ends and NaN outside', () => {
    expect(fTails(0, 3, 4)).toMatchObject({ lower: 0, upper: 1 })
    expect(fTails(-1, 3, 4)).toMatchObject({ lower: 0, upper: 1 })
    expect(fTails(Number.POSITIVE_INFINITY, 3, 4)).toMatchObject({ lower: 1, upper: 0 })
    for (const [x, df1, df2] of [
      [Number.NaN, 1, 1],
      [1, 0, 1],
      [1, 1, -1],
      [1, Number.NaN, 1],
    ] as const) {
      expect(fTails(x, df1, df2).upper).toBeNaN()
      expect(fQuantile(Number.isNaN(x) ? x : 0.5, df1, df2)).toBeNaN()
    }
  })
})

describe('fQuantile', () => {
  // scipy.stats.f.ppf and isf
  it('agrees with SciPy', () => {
    expect(relativeError(fQuantile(0.95, 2, 27), 3.3541308285291986)).toBeLessThan(1e-13)
    expect(relativeError(fUpperQuantile(0.05, 2, 27), 3.3541308285291986)).toBeLessThan(1e-13)
  })

  it('undoes the distribution', () => {
    const few = fc.double({ min: 0.5, max: 1e3, noNaN: true })
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 0.5, noNaN: true }), few, few, (q, df1, df2) => {
        expect(relativeError(fTails(fUpperQuantile(q, df1, df2), df1, df2).upper, q)).toBeLessThan(1e-11)
        expect(relativeError(fTails(fQuantile(q, df1, df2), df1, df2).lower, q)).toBeLessThan(1e-11)
      }),
    )
  })

  it('answers at the ends', () => {
    expect([fQuantile(0, 3, 4), fQuantile(1, 3, 4)]).toEqual([0, Number.POSITIVE_INFINITY])
    expect(relativeError(fQuantile(0.3, 1e16, 1e17), 1)).toBeLessThan(1e-7)
    expect(fQuantile(0.3, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toBe(1)
    expect(fQuantile(0.95, 4, Number.POSITIVE_INFINITY)).toBeCloseTo(9.487729036781154 / 4, 13)
  })
})
