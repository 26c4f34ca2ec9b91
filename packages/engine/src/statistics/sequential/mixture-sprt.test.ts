import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mixtureSequentialTest } from './mixture-sprt.ts'

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('mixtureSequentialTest', () => {
  // Closed form, mpmath: Λ = √(V / (V + nτ²)) exp(n²τ²d² / (2V(V + nτ²)))
  it.each([
    [0.1, 2, 100, 0.01, -0.11939922072074885, 0, 0.6195286751337413],
    [-0.03, 0.25, 40_000, 0.0004, 68.80511405735987, -29.881681361835252, 0.008033015176306894],
    [0.01, 2, 1e9, 0.0001, 24994.090110857695, -10854.795415338132, 0.00018336629492125806],
    [0.05, 1, 2000, 1e-12, 3.9999999910000006e-9, -1.7371779237043572e-9, 1223.8734167685511],
  ])(
    'of a difference of %d, variances %d, %d units a variant',
    (estimate, V, n, mixtureVariance, log, log10P, half) => {
      const test = { estimate, standardError: Math.sqrt(V / n), mixtureVariance, alpha: 0.05 }
      const { logEValue, log10PValue, halfWidth, low, high } = mixtureSequentialTest(test)
      expect(relativeError(logEValue, log)).toBeLessThan(1e-12)
      expect(Math.abs(log10PValue - log10P)).toBeLessThanOrEqual(1e-12 * Math.abs(log10P))
      expect(relativeError(halfWidth, half)).toBeLessThan(1e-13)
      expect([low, high]).toEqual([estimate - halfWidth, estimate + halfWidth])
    },
  )

  it('does not depend on the unit of the outcomes', () => {
    fc.assert(
      fc.property(fc.double({ min: -150, max: 150, noNaN: true }), (power) => {
        const unit = 10 ** power
        const inUnits = mixtureSequentialTest({
          estimate: 3 * unit,
          standardError: unit,
          mixtureVariance: 0.5 * unit * unit,
          alpha: 0.05,
          nullValue: 0.5 * unit,
        })
        const plain = { estimate: 3, standardError: 1, mixtureVariance: 0.5, alpha: 0.05, nullValue: 0.5 }
        const { logEValue, halfWidth } = mixtureSequentialTest(plain)
        expect(relativeError(inUnits.logEValue, logEValue)).toBeLessThan(1e-11)
        expect(relativeError(inUnits.halfWidth, halfWidth * unit)).toBeLessThan(1e-11)
      }),
      { seed: 1 },
    )
  })

  it('answers NaN outside the domain', () => {
    const test = { estimate: 1, standardError: 1, mixtureVariance: 1, alpha: 0.05 }
    for (const wrong of [
      { standardError: 0 },
      { standardError: Number.NaN },
      { mixtureVariance: 0 },
      { mixtureVariance: Number.POSITIVE_INFINITY },
      { alpha: 0 },
      { estimate: Number.POSITIVE_INFINITY },
      { nullValue: Number.NaN },
    ])
      expect(Object.values(mixtureSequentialTest({ ...test, ...wrong }))).toEqual(Array(6).fill(Number.NaN))
  })
})
