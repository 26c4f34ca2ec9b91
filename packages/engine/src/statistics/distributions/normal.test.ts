import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { millsRatio } from './mills-ratio.ts'
import {
  normalCdf,
  normalDensity,
  normalLog10TwoSidedP,
  normalLogCdf,
  normalLogDensity,
  normalLogSf,
  normalSf,
  normalTails,
  normalTwoSidedP,
  quickNormalSf,
} from './normal.ts'
import { normalQuantile } from './normal-quantile.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('normalSf', () => {
  // mpmath, 40 digits
  it.each([
    [1, 0.15865525393145705],
    [-3, 0.99865010196836991],
    [10, 7.6198530241605261e-24],
    [37.5, 4.6053530095819548e-308],
  ])('at %d keeps all digits', (z, expected) => {
    expect(relativeError(normalSf(z), expected)).toBeLessThan(1e-14)
    expect(normalCdf(-z)).toBe(normalSf(z))
  })

  it('goes on as a logarithm where the probability is 0', () => {
    expect(normalSf(50)).toBe(0)
    expect(relativeError(normalLogSf(50), -1254.8313611394199)).toBeLessThan(1e-15)
    expect(relativeError(normalLog10TwoSidedP(40), -349.13597646368186)).toBeLessThan(1e-15)
    expect(relativeError(normalLog10TwoSidedP(-0.01), Math.log10(normalTwoSidedP(0.01)))).toBeLessThan(1e-12)
  })

  it('answers at the ends', () => {
    expect([normalCdf(Number.NEGATIVE_INFINITY), normalCdf(0), normalCdf(Number.POSITIVE_INFINITY)]).toEqual([
      0, 0.5, 1,
    ])
    expect([normalTwoSidedP(0), normalTwoSidedP(Number.NEGATIVE_INFINITY)]).toEqual([1, 0])
    expect([normalSf(Number.NaN), normalTwoSidedP(Number.NaN), normalLogSf(Number.NaN)]).toEqual(
      Array(3).fill(Number.NaN),
    )
  })
})

describe('millsRatio', () => {
  // mpmath, 40 digits
  it.each([
    [0.5, 0.87636445645369235],
    [3, 0.3045902987101033],
    [10, 0.099028596471731921],
    [100, 0.009999000299850105],
  ])('at %d', (z, expected) => {
    expect(relativeError(millsRatio(z), expected)).toBeLessThan(1e-15)
  })

  it('keeps its differential equation R′ = zR − 1 across the pieces it is made of', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 12, noNaN: true }), (z) => {
        const slope = (millsRatio(z + 1e-5) - millsRatio(z - 1e-5)) / 2e-5
        expect(Math.abs(slope - (z * millsRatio(z) - 1))).toBeLessThan(1e-9)
      }),
    )
  })

  it('answers at the ends and NaN below 0', () => {
    expect([millsRatio(Number.POSITIVE_INFINITY), millsRatio(1e300)]).toEqual([0, 1e-300])
    expect(millsRatio(0)).toBeCloseTo(Math.sqrt(Math.PI / 2), 15)
    expect([millsRatio(-1), millsRatio(Number.NaN)]).toEqual([Number.NaN, Number.NaN])
  })
})

describe('normalDensity', () => {
  // mpmath, 40 digits
  it('keeps its digits, also below the normal doubles', () => {
    expect(relativeError(normalDensity(1.5), 0.12951759566589173)).toBeLessThan(1e-15)
    expect(relativeError(normalDensity(-30), 1.4736461348785475e-196)).toBeLessThan(1e-15)
    expect(Math.abs(normalDensity(38) - 1.097221052007593e-314)).toBeLessThanOrEqual(Number.MIN_VALUE)
    expect(normalLogDensity(3)).toBeCloseTo(Math.log(normalDensity(3)), 14)
    expect([normalDensity(1e200), normalDensity(Number.NEGATIVE_INFINITY)]).toEqual([0, 0])
    expect(normalDensity(Number.NaN)).toBeNaN()
  })
})

describe('normalTails', () => {
  it('gathers both sides and their logarithms', () => {
    const { lower, upper, logLower, logUpper } = normalTails(40)
    expect([lower, upper]).toEqual([1, 0])
    expect(logUpper).toBe(normalLogSf(40))
    expect(logLower).toBe(normalLogCdf(40))
    expect(normalTails(Number.NaN).lower).toBeNaN()
  })

  it('is followed closely by the quick tail for integrands', () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 37, noNaN: true }), (z) => {
        expect(relativeError(quickNormalSf(z), normalSf(z))).toBeLessThan(2e-13)
      }),
    )
    expect(quickNormalSf(39)).toBe(0)
  })
})

describe('normalQuantile', () => {
  // scipy.stats.norm.ppf
  it.each([
    [0.975, 1.959963984540054],
    [1e-10, -6.361340902404056],
    [1e-300, -37.0470962993612],
  ])('of %d', (p, expected) => {
    expect(relativeError(normalQuantile(p), expected)).toBeLessThan(1e-15)
  })

  it('undoes the distribution', () => {
    fc.assert(
      fc.property(fc.double({ min: -37, max: 5, noNaN: true }), (z) => {
        expect(Math.abs(normalQuantile(normalCdf(z)) - z)).toBeLessThan(1e-9)
      }),
    )
  })

  it('is infinite at 0 and 1 and NaN outside', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ])
    expect([-0.1, 1.1, Number.NaN].map(normalQuantile)).toEqual(Array(3).fill(Number.NaN))
  })
})
