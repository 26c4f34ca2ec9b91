import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deviance, logGamma, logGammaOnePlus, stirlingError } from './log-gamma.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

// Values: mpmath, 40 digits.
describe('logGamma', () => {
  it.each([
    [1e-10, 23.025850929882735],
    [0.5, 0.5723649429247001],
    [1.0000001, -5.7721558299185071e-8],
    [1.5, -0.12078223763524522],
    [2.0000001, 4.2278436665324979e-8],
    [10.25, 13.368023671476046],
    [1e10, 220258509288.81058],
  ])('of %d is exact to the last digits', (x, expected) => {
    expect(relativeError(logGamma(x), expected)).toBeLessThan(1e-15)
  })

  it('is 0 at 1 and 2, infinite at 0 and NaN below', () => {
    expect([logGamma(1), logGamma(2)]).toEqual([0, 0])
    expect(logGamma(0)).toBe(Number.POSITIVE_INFINITY)
    expect([logGamma(-0.5), logGamma(Number.NaN)]).toEqual([Number.NaN, Number.NaN])
  })

  it('keeps x beside 1 + x', () => {
    // mpmath, 40 digits
    expect(relativeError(logGammaOnePlus(1e-9), -5.7721566407906586e-10)).toBeLessThan(1e-15)
    expect(logGammaOnePlus(0.25)).toBe(logGamma(1.25))
  })

  it('grows by log x from x to x + 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (x) => {
        const scale = Math.max(1, Math.abs(logGamma(x + 1)))
        expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x)) / scale).toBeLessThan(1e-14)
      }),
    )
  })
})

describe('stirlingError', () => {
  it.each([
    [0.25, 0.27251040121343206],
    [1, 0.081061466795327258],
    [15.5, 0.0053755990329268345],
    [1000, 8.3333330555556349e-5],
  ])('of %d is what Stirling leaves out', (x, expected) => {
    expect(Math.abs(stirlingError(x) - expected)).toBeLessThan(1e-15)
  })
})

describe('deviance', () => {
  it('keeps its digits where both arguments are nearly equal', () => {
    expect(relativeError(deviance(1e9 + 1, 1e9), 4.9999999983333333e-10)).toBeLessThan(1e-15)
    expect(relativeError(deviance(3, 1), 1.2958368660043291)).toBeLessThan(1e-15)
    expect([deviance(0, 7), deviance(7, 7)]).toEqual([7, 0])
  })

  it('is continuous where the series takes over from the logarithm', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 1e5, noNaN: true }), fc.constantFrom(0.3, -0.3), (m, v) => {
        const x = (m * (1 + v)) / (1 - v)
        expect(relativeError(deviance(x * (1 + 1e-14), m), deviance(x * (1 - 1e-14), m))).toBeLessThan(1e-12)
      }),
    )
  })
})
