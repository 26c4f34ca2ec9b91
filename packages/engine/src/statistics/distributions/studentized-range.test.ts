import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { studentTTwoSidedTails } from './student-t.ts'
import {
  studentizedRangeQuantile,
  studentizedRangeTails,
  studentizedRangeUpperQuantile,
} from './studentized-range.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const means = fc.integer({ min: 2, max: 40 })
const degrees = fc.oneof(
  fc.double({ min: 1, max: 500, noNaN: true }),
  fc.constantFrom(1e6, Number.POSITIVE_INFINITY),
)

describe('studentizedRangeTails', () => {
  // mpmath, trapezoidal rules over z and log χ with 25 digits; and R: ptukey
  it('agrees with twenty-five digits in the lower tail', () => {
    expect(relativeError(studentizedRangeTails(0.5, 10, 20).lower, 2.70774800566157528e-6)).toBeLessThan(
      1e-12,
    )
  })

  it.each([
    [3.5, 2, 5, 0.05619320673775658],
    [5, 20, 1000, 0.05296524045162085],
    [3.5, 20, Number.POSITIVE_INFINITY, 0.6036049452034865],
  ])('agrees with R at %d for %d means and %d degrees of freedom', (q, k, df, upper) => {
    expect(relativeError(studentizedRangeTails(q, k, df).upper, upper)).toBeLessThan(1e-11)
  })

  it('lies between one pair and Bonferroni’s bound over all pairs, in every tail', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 50, noNaN: true }), means, degrees, (q, k, df) => {
        const { lower, upper } = studentizedRangeTails(q, k, df)
        const pair = studentTTwoSidedTails(q / Math.SQRT2, df)
        expect(lower).toBeLessThanOrEqual(pair.upper * (1 + 1e-11))
        expect(upper).toBeGreaterThanOrEqual(pair.lower * (1 - 1e-11))
        expect(upper).toBeLessThanOrEqual(((k * (k - 1)) / 2) * pair.lower * (1 + 1e-11))
        expect(lower + upper).toBeCloseTo(1, 14)
      }),
    )
  })

  it('meets Bonferroni’s bound far out, with digits down to 1e-300', () => {
    const { logUpper } = studentizedRangeTails(49, 5, Number.POSITIVE_INFINITY)
    const pair = studentTTwoSidedTails(49 / Math.SQRT2, Number.POSITIVE_INFINITY)
    expect(Math.abs(logUpper - Math.log(10) - pair.logLower)).toBeLessThan(1e-11)
    expect(studentizedRangeTails(51, 5, Number.POSITIVE_INFINITY).logUpper).toBeLessThan(logUpper)
  })

  it('answers at the ends and NaN outside', () => {
    expect(studentizedRangeTails(0, 3, 10)).toMatchObject({ lower: 0, upper: 1 })
    expect(studentizedRangeTails(Number.POSITIVE_INFINITY, 3, 10)).toMatchObject({ lower: 1, upper: 0 })
    for (const [q, k, df] of [
      [Number.NaN, 3, 10],
      [1, 1, 10],
      [1, 2.5, 10],
      [1, 3, 0],
      [1, 3, Number.NaN],
    ] as const) {
      expect(studentizedRangeTails(q, k, df).upper).toBeNaN()
      expect(studentizedRangeQuantile(q, k, df === 10 && Number.isInteger(k) && k > 1 ? q : df)).toBeNaN()
    }
  })
})

describe('studentizedRangeQuantile', () => {
  // R: qtukey
  it.each([
    [0.95, 2, 5, 3.6353516951468534],
    [0.99, 10, 30, 5.75625490723871],
    [0.95, 10, Number.POSITIVE_INFINITY, 4.474124221725915],
  ])('of %d for %d means and %d degrees of freedom', (p, k, df, expected) => {
    expect(relativeError(studentizedRangeQuantile(p, k, df), expected)).toBeLessThan(1e-11)
  })

  it('undoes both tails', () => {
    const probability = fc.oneof(
      fc.double({ min: 1e-4, max: 0.9999, noNaN: true }),
      fc.constantFrom(1e-12, 1e-100, 1e-290),
    )
    fc.assert(
      fc.property(probability, means, degrees, (p, k, df) => {
        const low = studentizedRangeTails(studentizedRangeQuantile(p, k, df), k, df).lower
        const high = studentizedRangeTails(studentizedRangeUpperQuantile(p, k, df), k, df).upper
        expect(relativeError(low, p)).toBeLessThan(1e-10)
        expect(relativeError(high, p)).toBeLessThan(1e-10)
      }),
      { numRuns: 60 },
    )
  })

  it('answers at the ends and NaN outside', () => {
    expect([studentizedRangeQuantile(0, 3, 10), studentizedRangeQuantile(1, 3, 10)]).toEqual([
      0,
      Number.POSITIVE_INFINITY,
    ])
    expect([studentizedRangeUpperQuantile(0, 3, 10), studentizedRangeUpperQuantile(1, 3, 10)]).toEqual([
      Number.POSITIVE_INFINITY,
      0,
    ])
    expect([studentizedRangeQuantile(-0.1, 3, 10), studentizedRangeUpperQuantile(1.1, 3, 10)]).toEqual(
      Array(2).fill(Number.NaN),
    )
  })
})
