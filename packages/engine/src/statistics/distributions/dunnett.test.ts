import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dunnettCriticalValue, dunnettLoadings, dunnettLogUpperTail, dunnettUpperTail } from './dunnett.ts'
import { normalLogSf } from './normal.ts'
import { studentTSf, studentTTwoSidedP } from './student-t.ts'
import { studentTQuantile } from './student-t-quantile.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const loading = fc.double({ min: 0, max: 0.999, noNaN: true })
const loadings = fc.array(loading, { minLength: 1, maxLength: 6 })
const degrees = fc.oneof(
  fc.double({ min: 1, max: 500, noNaN: true }),
  fc.constantFrom(1e6, Number.POSITIVE_INFINITY),
)
const alternative = fc.constantFrom('two-sided' as const, 'greater' as const)

describe('dunnettUpperTail', () => {
  // Trapezoidal rules over z and log χ with a fine grid; R: 1 - mvtnorm::pmvt, to its own 1e-4
  it.each([
    [10, [10, 10], 27, 2, 0.09943648827912682],
    [100, [100, 100, 100, 100, 100], 594, 5, 3.7521671048487164e-6],
    [50, [30, 20, 10], Number.POSITIVE_INFINITY, 2.5, 0.03593755623366254],
    [40, [20, 20, 20, 20], 115, 1, 0.7516371164889472],
  ])('with %d in the control and %j treated, %d degrees of freedom, at %d', (control, treated, df, d, p) => {
    expect(relativeError(dunnettUpperTail(d, dunnettLoadings(control, treated), df), p)).toBeLessThan(1e-11)
  })

  it('is the t test of a single treatment, down to 1e-300', () => {
    fc.assert(
      fc.property(loading, degrees, fc.double({ min: -30, max: 30, noNaN: true }), (one, df, t) => {
        expect(relativeError(dunnettUpperTail(t, [one], df), studentTTwoSidedP(t, df))).toBeLessThan(1e-11)
        expect(relativeError(dunnettUpperTail(t, [one], df, 'greater'), studentTSf(t, df))).toBeLessThan(
          1e-11,
        )
      }),
    )
  })

  it('lies between one comparison and Bonferroni’s bound, and grows with every treatment', () => {
    fc.assert(
      fc.property(
        loadings,
        loading,
        degrees,
        fc.double({ min: 0, max: 40, noNaN: true }),
        (all, more, df, t) => {
          const p = dunnettUpperTail(t, all, df)
          const single = studentTTwoSidedP(t, df)
          expect(p).toBeGreaterThanOrEqual(single * (1 - 1e-11))
          expect(p).toBeLessThanOrEqual(Math.min(1, all.length * single) * (1 + 1e-11))
          expect(dunnettUpperTail(t, [...all, more], df)).toBeGreaterThanOrEqual(p * (1 - 1e-11))
        },
      ),
    )
  })

  it('multiplies independent comparisons where the control is known', () => {
    const p = dunnettUpperTail(2, [0, 0, 0], Number.POSITIVE_INFINITY)
    expect(relativeError(p, 1 - (1 - studentTTwoSidedP(2, Number.POSITIVE_INFINITY)) ** 3)).toBeLessThan(
      1e-13,
    )
  })

  it('follows the steps that a tiny control makes', () => {
    // All differences are nearly the same: one test
    const p = dunnettUpperTail(2, dunnettLoadings(1, [1e12, 1e12]), 30)
    expect(p).toBeCloseTo(studentTTwoSidedP(2, 30), 6)
    const graded = [1e2, 1e3, 1e4, 1e6].map((size) =>
      dunnettUpperTail(2, dunnettLoadings(1, [size, size]), 30),
    )
    expect(graded).toEqual([...graded].sort((one, other) => other - one))
  })

  it('goes on as a logarithm', () => {
    const far = dunnettLoadings(10, [10, 10, 20])
    const here = dunnettLogUpperTail(36.99, far, Number.POSITIVE_INFINITY)
    const beyond = dunnettLogUpperTail(37.01, far, Number.POSITIVE_INFINITY)
    expect(beyond - here).toBeCloseTo(normalLogSf(37.01) - normalLogSf(36.99), 10)
    const bound = Math.log(6) + normalLogSf(1000)
    expect(relativeError(dunnettLogUpperTail(1000, far, Number.POSITIVE_INFINITY), bound)).toBeLessThan(1e-14)
    expect(dunnettLogUpperTail(1e160, far, Number.POSITIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY)
    expect(dunnettLogUpperTail(Number.POSITIVE_INFINITY, far, 5)).toBe(Number.NEGATIVE_INFINITY)
    expect(dunnettUpperTail(Number.NEGATIVE_INFINITY, far, 5, 'greater')).toBe(1)
  })

  it('answers NaN outside', () => {
    for (const [t, all, df] of [
      [Number.NaN, [0.5], 5],
      [1, [], 5],
      [1, [1], 5],
      [1, [-0.1], 5],
      [1, [Number.NaN], 5],
      [1, [0.5], 0],
      [1, [0.5], Number.NaN],
    ] as const) {
      expect(dunnettUpperTail(t, all, df)).toBeNaN()
      expect(dunnettCriticalValue(0.05, all, Number.isNaN(t) ? t : df)).toBeNaN()
    }
    expect([0, 1, 0.9999999, -1, Number.NaN].map((alpha) => dunnettCriticalValue(alpha, [0.5], 5))).toEqual(
      Array(5).fill(Number.NaN),
    )
  })
})

describe('dunnettCriticalValue', () => {
  it('is in Dunnett’s table', () => {
    const two = dunnettLoadings(10, [10, 10])
    expect(dunnettCriticalValue(0.05, two, 27)).toBeCloseTo(2.33, 2)
    expect(relativeError(dunnettCriticalValue(0.01, two, 27), 3.034191041231906)).toBeLessThan(1e-11)
    const equal = dunnettCriticalValue(0.05, [0.7, 0.7], Number.POSITIVE_INFINITY, 'greater')
    expect(equal).toBeGreaterThan(studentTQuantile(0.95, Number.POSITIVE_INFINITY))
  })

  it('undoes the tail', () => {
    const alpha = fc.oneof(
      fc.double({ min: 1e-4, max: 0.999, noNaN: true }),
      fc.constantFrom(1e-12, 1e-100, 1e-290),
    )
    fc.assert(
      fc.property(alpha, loadings, degrees, alternative, (level, all, df, sides) => {
        const t = dunnettCriticalValue(level, all, df, sides)
        expect(relativeError(dunnettUpperTail(t, all, df, sides), level)).toBeLessThan(1e-10)
      }),
      { numRuns: 60 },
    )
  })
})
