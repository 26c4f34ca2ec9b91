import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalCdf, normalLog10TwoSidedP, normalLogSf, normalSf, normalTwoSidedP } from './normal.ts'
import { normalQuantile } from './normal-quantile.ts'

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
