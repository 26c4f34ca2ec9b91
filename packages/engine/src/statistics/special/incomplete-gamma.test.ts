import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { incompleteGamma } from './incomplete-gamma.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('incompleteGamma', () => {
  // mpmath.gammainc(a, 0, x, regularized=True) and gammainc(a, x, regularized=True), 40 digits
  it.each([
    [0.5, 2, 0.95449973610364159, 0.045500263896358414],
    [10, 3, 0.0011024881301154797, 0.99889751186988452],
    [1e5, 1.01e5, 0.99919157848707441, 0.00080842151292559073],
    [2.5, 300, 1, 2.0224172842813904e-127],
  ])('has both tails exact for shape %d at %d', (shape, x, lower, upper) => {
    const tails = incompleteGamma(shape, x)
    expect(relativeError(tails.lower, lower)).toBeLessThan(1e-13)
    expect(relativeError(tails.upper, upper)).toBeLessThan(1e-13)
    expect(tails.logUpper).toBeCloseTo(Math.log(upper), 11)
  })

  // mpmath, the integral over log t with 40 digits; and gammainc
  it('stays exact for large shapes, where it integrates, and for tiny ones above 0', () => {
    expect(relativeError(incompleteGamma(1e8, 100050000).upper, 2.8784296868527811e-7)).toBeLessThan(1e-12)
    expect(relativeError(incompleteGamma(1e6, 990000).lower, 5.4466446930108087e-24)).toBeLessThan(1e-12)
    expect(relativeError(incompleteGamma(1e-5, 0.5).upper, 5.5977652854226602e-6)).toBeLessThan(1e-13)
    expect(relativeError(incompleteGamma(1 / 1024, 0.125).upper, 0.0015847932077745173)).toBeLessThan(1e-13)
  })

  it('is continuous where the integral takes over from the series', () => {
    fc.assert(
      fc.property(fc.double({ min: 700, max: 1400, noNaN: true }), (x) => {
        const before = incompleteGamma(1000 - 1e-9, x)
        const after = incompleteGamma(1000 + 1e-9, x)
        const slack = 1e-8 * Math.max(1, -before.logUpper, -before.logLower)
        expect(Math.abs(after.logLower - before.logLower)).toBeLessThan(slack)
        expect(Math.abs(after.logUpper - before.logUpper)).toBeLessThan(slack)
      }),
    )
  })

  it('is exp(−x) above x for shape 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 700, noNaN: true }), (x) => {
        const { lower, upper, logUpper } = incompleteGamma(1, x)
        expect(relativeError(upper, Math.exp(-x))).toBeLessThan(1e-13)
        expect(relativeError(lower, -Math.expm1(-x))).toBeLessThan(1e-13)
        expect(relativeError(logUpper, -x)).toBeLessThan(1e-13)
      }),
    )
  })

  it('answers at the ends and NaN outside', () => {
    expect(incompleteGamma(3, 0)).toMatchObject({ lower: 0, upper: 1 })
    expect(incompleteGamma(3, Number.POSITIVE_INFINITY)).toMatchObject({ lower: 1, upper: 0 })
    for (const [shape, x] of [
      [0, 1],
      [-1, 1],
      [1, -1],
      [Number.NaN, 1],
      [1, Number.NaN],
    ] as const) {
      expect(incompleteGamma(shape, x).upper).toBeNaN()
    }
  })
})
