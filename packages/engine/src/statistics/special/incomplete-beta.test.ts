import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { incompleteBeta, logBetaFactor } from './incomplete-beta.ts'
import { logGamma } from './log-gamma.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const parameter = fc.double({ min: 0.05, max: 1e4, noNaN: true })

describe('incompleteBeta', () => {
  // mpmath.betainc(a, b, 0, x, regularized=True), 40 digits
  it.each([
    [0.3, 2, 5, 0.579825, 0.420175],
    [0.0979, 101, 901, 0.39000184781169765, 0.60999815218830235],
    [0.999, 3, 0.2, 0.66854148390108463, 0.33145851609891537],
  ])('has both tails exact at %d for (%d, %d)', (x, a, b, lower, upper) => {
    const tails = incompleteBeta(x, a, b)
    expect(relativeError(tails.lower, lower)).toBeLessThan(1e-14)
    expect(relativeError(tails.upper, upper)).toBeLessThan(1e-14)
  })

  // mpmath, the integral over the log odds with 40 digits
  it('stays exact for large parameters, where it integrates', () => {
    expect(relativeError(incompleteBeta(0.28515625, 4e6, 1e7).lower, 1.8851277274350008e-6)).toBeLessThan(
      1e-12,
    )
    const tails = incompleteBeta(0.5 - 2 ** -12, 1e6, 1e6)
    expect(relativeError(tails.lower, 0.24492924298678584)).toBeLessThan(1e-13)
  })

  it('is continuous where the integral takes over from the fraction', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), fc.constantFrom(3.1e5, 1e6, 1e8), (z, b) => {
        const mean = 3e5 / (3e5 + b)
        const x = mean + z * Math.sqrt((mean * (1 - mean)) / (3e5 + b))
        const before = incompleteBeta(x, 3e5, b)
        const after = incompleteBeta(x, 3e5 + 1e-6, b)
        const slack = 1e-7 * Math.max(1, -before.logUpper, -before.logLower)
        expect(Math.abs(after.logLower - before.logLower)).toBeLessThan(slack)
        expect(Math.abs(after.logUpper - before.logUpper)).toBeLessThan(slack)
      }),
    )
  })

  it('is a power where a parameter is 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 0.5, noNaN: true }), parameter, (x, power) => {
        const below = incompleteBeta(x, power, 1)
        expect(relativeError(below.logLower, power * Math.log(x))).toBeLessThan(1e-12)
        const above = incompleteBeta(x, 1, power)
        expect(relativeError(above.logUpper, power * Math.log1p(-x))).toBeLessThan(1e-12)
      }),
    )
  })

  it('has tails that change places when x and the parameters do', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 0.999, noNaN: true }), parameter, parameter, (x, a, b) => {
        const tails = incompleteBeta(x, a, b)
        const mirrored = incompleteBeta(1 - x, b, a)
        const difference = Math.abs(mirrored.logLower - tails.logUpper)
        expect(difference).toBeLessThanOrEqual(1e-12 * Math.abs(tails.logUpper))
        expect(mirrored.lower).toBeCloseTo(tails.upper, 15)
        expect(tails.lower + tails.upper).toBeCloseTo(1, 15)
      }),
    )
  })

  it('keeps the recurrence between neighbouring parameters (DLMF 8.17.20)', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), parameter, parameter, (x, a, b) => {
        const step = Math.exp(logBetaFactor(x, a, b)) / a
        expect(
          Math.abs(incompleteBeta(x, a, b).lower - step - incompleteBeta(x, a + 1, b).lower),
        ).toBeLessThan(1e-12)
      }),
    )
  })

  it('answers at the ends and NaN outside', () => {
    expect(incompleteBeta(0, 2, 3)).toMatchObject({ lower: 0, upper: 1 })
    expect(incompleteBeta(1, 2, 3)).toMatchObject({ lower: 1, upper: 0 })
    for (const [x, a, b] of [
      [-0.1, 1, 1],
      [1.1, 1, 1],
      [0.5, 0, 1],
      [0.5, 1, Number.POSITIVE_INFINITY],
      [Number.NaN, 1, 1],
    ] as const) {
      expect(incompleteBeta(x, a, b).lower).toBeNaN()
    }
  })
})

describe('logBetaFactor', () => {
  it('is the logarithm of its definition', () => {
    const direct = 3 * Math.log(0.2) + 5 * Math.log(0.8) - logGamma(3) - logGamma(5) + logGamma(8)
    expect(logBetaFactor(0.2, 3, 5)).toBeCloseTo(direct, 13)
  })
})
