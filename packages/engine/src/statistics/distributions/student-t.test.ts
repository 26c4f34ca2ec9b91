import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalSf } from './normal.ts'
import { normalQuantile } from './normal-quantile.ts'
import {
  studentTCdf,
  studentTLog10TwoSidedP,
  studentTSf,
  studentTTails,
  studentTTwoSidedP,
  studentTTwoSidedTails,
} from './student-t.ts'
import { studentTCentralQuantile, studentTQuantile } from './student-t-quantile.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('studentTTwoSidedP', () => {
  // mpmath.betainc(df / 2, 1/2, 0, df / (df + t²), regularized=True), 40 digits
  it.each([
    [2, 10, 0.073388034770740366],
    [-1.5, 5, 0.19390368024247343],
    [8, 1000, 3.4266614823914744e-15],
    [12.706204736174698, 1, 0.050000000000000027],
    [0.001, 3, 0.99926489496946094],
  ])('of t = %d with %d degrees of freedom', (t, df, expected) => {
    expect(relativeError(studentTTwoSidedP(t, df), expected)).toBeLessThan(1e-14)
  })

  it('goes on as a logarithm where p is 0', () => {
    expect(studentTTwoSidedP(1e4, 200)).toBe(0)
    expect(relativeError(studentTLog10TwoSidedP(1e4, 200), -571.14620466460486)).toBeLessThan(1e-13)
    expect(relativeError(studentTLog10TwoSidedP(60, 1e5), -769.85642340892858)).toBeLessThan(1e-13)
    expect(relativeError(studentTTwoSidedP(1e200, 1), 2e-200 / Math.PI)).toBeLessThan(1e-12)
  })

  it('is arctangent for one degree of freedom, algebraic for two', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (t) => {
        expect(Math.abs(studentTCdf(t, 1) - (0.5 + Math.atan(t) / Math.PI))).toBeLessThan(1e-15)
        expect(Math.abs(studentTCdf(t, 2) - (0.5 + t / (2 * Math.hypot(t, Math.SQRT2))))).toBeLessThan(1e-15)
        expect(studentTSf(t, 3)).toBe(studentTCdf(-t, 3))
      }),
    )
  })

  it('becomes the normal distribution', () => {
    expect(relativeError(studentTSf(5, 1e19), normalSf(5))).toBeLessThan(1e-13)
    expect(relativeError(studentTSf(5, Number.POSITIVE_INFINITY), normalSf(5))).toBeLessThan(1e-14)
  })

  it('answers NaN outside', () => {
    for (const [t, df] of [
      [1, 0],
      [1, -1],
      [1, Number.NaN],
      [Number.NaN, 5],
    ] as const) {
      expect(studentTTwoSidedP(t, df)).toBeNaN()
      expect(studentTCdf(t, df)).toBeNaN()
    }
  })
})

describe('studentTTails', () => {
  // mpmath.betainc, 40 digits
  it('has both sides and their logarithms', () => {
    const far = studentTTails(-40, 12)
    expect(relativeError(far.lower, 1.9256147903860169e-14)).toBeLessThan(1e-13)
    expect(relativeError(far.logUpper, -1.9256147903860169e-14)).toBeLessThan(1e-13)
    const near = studentTTails(3, 7)
    expect(relativeError(near.upper, 0.009971063065996269)).toBeLessThan(1e-14)
    expect(near.lower).toBe(studentTCdf(3, 7))
    expect(studentTTails(Number.NaN, 7).upper).toBeNaN()
  })

  it('keeps what little lies within a tiny t', () => {
    // Twice the density at 0 is 2/π for one degree of freedom.
    expect(relativeError(studentTTwoSidedTails(1e-200, 1).upper, 2e-200 / Math.PI)).toBeLessThan(1e-12)
    expect(studentTTwoSidedTails(0, 1)).toMatchObject({ lower: 1, upper: 0 })
  })
})

describe('studentTCentralQuantile', () => {
  it('holds p between −t and t, however small', () => {
    // mpmath, 40 digits
    expect(relativeError(studentTCentralQuantile(0.3, 5), 0.40822873307641395)).toBeLessThan(1e-14)
    expect(relativeError(studentTCentralQuantile(1e-290, 1), (Math.PI / 2) * 1e-290)).toBeLessThan(1e-14)
    fc.assert(
      fc.property(
        fc.oneof(fc.double({ min: 1e-6, max: 0.999, noNaN: true }), fc.constantFrom(1e-200, 1e-12, 1e-11)),
        fc.oneof(fc.double({ min: 0.5, max: 1e4, noNaN: true }), fc.constantFrom(Number.POSITIVE_INFINITY)),
        (p, df) => {
          const within = studentTTwoSidedTails(studentTCentralQuantile(p, df), df).upper
          expect(relativeError(within, p)).toBeLessThan(1e-11)
        },
      ),
    )
  })

  it('answers at the ends and NaN outside', () => {
    expect([studentTCentralQuantile(0, 5), studentTCentralQuantile(1, 5)]).toEqual([
      0,
      Number.POSITIVE_INFINITY,
    ])
    expect([studentTCentralQuantile(-1, 5), studentTCentralQuantile(0.5, 0)]).toEqual(
      Array(2).fill(Number.NaN),
    )
  })
})

describe('studentTQuantile', () => {
  // scipy.stats.t.ppf
  it.each([
    [0.975, 10, 2.228138851986274],
    [0.975, 1, 12.706204736174694],
    [0.995, 2.5, 7.163728138948783],
    [1e-10, 7, -53.83557948467374],
    [0.6, 4, 0.2707222947075976],
  ])('of %d with %d degrees of freedom', (p, df, expected) => {
    expect(relativeError(studentTQuantile(p, df), expected)).toBeLessThan(1e-12)
  })

  it('undoes the distribution', () => {
    const p = fc.oneof(
      fc.double({ min: 1e-6, max: 0.5, noNaN: true }),
      fc.constantFrom(1e-300, 1e-100, 1e-20),
    )
    const df = fc.oneof(fc.double({ min: 3, max: 1e4, noNaN: true }), fc.constantFrom(1e8, 1e12, 1e16))
    fc.assert(
      fc.property(p, df, (probability, degrees) => {
        expect(
          relativeError(studentTCdf(studentTQuantile(probability, degrees), degrees), probability),
        ).toBeLessThan(1e-12)
      }),
    )
  })

  it('undoes the distribution where t spans hundreds of powers of ten', () => {
    for (const df of [0.002, 0.01, 0.1, 0.49]) {
      for (const p of [0.1, 0.3, 0.45, 0.4999]) {
        const t = studentTQuantile(p, df)
        if (Number.isFinite(t)) expect(relativeError(studentTCdf(t, df), p)).toBeLessThan(1e-11)
        else expect(studentTCdf(-Number.MAX_VALUE, df)).toBeGreaterThan(p)
      }
    }
  })

  it('answers at the ends, in the middle and outside', () => {
    expect([0, 0.5, 1].map((p) => studentTQuantile(p, 5))).toEqual([
      Number.NEGATIVE_INFINITY,
      0,
      Number.POSITIVE_INFINITY,
    ])
    expect(studentTQuantile(0.975, Number.POSITIVE_INFINITY)).toBe(normalQuantile(0.975))
    expect([studentTQuantile(-0.1, 5), studentTQuantile(0.5, 0), studentTQuantile(Number.NaN, 5)]).toEqual(
      Array(3).fill(Number.NaN),
    )
  })
})
