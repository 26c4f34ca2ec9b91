import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adjustedEValues, eBenjaminiHochberg, meanOfE, pValueOfE } from './e-values.ts'
import { benjaminiHochberg } from './multiple-comparisons.ts'

const eValues = fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { maxLength: 20 })
const alphas = fc.double({ min: 0.001, max: 0.5, noNaN: true })

describe('eBenjaminiHochberg', () => {
  it('rejects by its definition, by hand', () => {
    expect(eBenjaminiHochberg([1, 2, 30, 60, 200], 0.05)).toEqual([3, 4])
    expect(eBenjaminiHochberg([20], 0.05)).toEqual([0])
    expect(eBenjaminiHochberg([19.99], 0.05)).toEqual([])
    expect(eBenjaminiHochberg([0, 0, 0], 0.1)).toEqual([])
  })

  it('meets thresholds that rounding would miss', () => {
    for (let m = 1; m <= 60; m++)
      for (const alpha of [0.01, 0.03, 0.05, 0.07, 0.1])
        expect(eBenjaminiHochberg(new Array(m).fill(1 / alpha), alpha)).toHaveLength(m)
  })

  it('is the procedure of Benjamini and Hochberg on 1 / e, and rejects where the adjusted e-value is 1 / alpha', () => {
    fc.assert(
      fc.property(eValues, alphas, (given, alpha) => {
        const rejected = eBenjaminiHochberg(given, alpha)
        const adjusted = benjaminiHochberg(given.map(pValueOfE))
        const all = adjustedEValues(given)
        fc.pre(all.every((e) => Math.abs(e * alpha - 1) > 1e-9))
        expect(rejected).toEqual([...given.keys()].filter((i) => (adjusted[i] as number) <= alpha))
        expect(rejected).toEqual([...given.keys()].filter((i) => (all[i] as number) >= 1 / alpha))
      }),
      { seed: 1 },
    )
  })

  it('does not count what could not be computed', () => {
    expect(eBenjaminiHochberg([Number.NaN, 20, Number.NaN], 0.05)).toEqual([1])
    expect(eBenjaminiHochberg([Number.POSITIVE_INFINITY, -3], 0.05)).toEqual([0])
    expect(eBenjaminiHochberg([100], 0)).toEqual([])
    expect(adjustedEValues([Number.NaN, 20])).toEqual([Number.NaN, 20])
  })

  it('holds the false discovery rate where all null hypotheses are true and e-values the same', () => {
    // An e-value that is 1 / alpha with probability alpha, for all m at once: rejected with probability alpha.
    const alpha = 0.05
    expect(eBenjaminiHochberg(new Array(10).fill(1 / alpha), alpha)).toHaveLength(10)
    expect(eBenjaminiHochberg(new Array(10).fill(0.99 / alpha), alpha)).toHaveLength(0)
  })
})

describe('meanOfE', () => {
  it('averages, also where the sum overflows', () => {
    expect(meanOfE([1, 2, 30, 60, 200])).toBeCloseTo(58.6, 12)
    expect(meanOfE([1e308, 1e308, 1e308])).toBeCloseTo(1e308, -295)
    expect(meanOfE([0, 0])).toBe(0)
    expect(meanOfE([1, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY)
    expect([meanOfE([]), meanOfE([-1]), meanOfE([1, Number.NaN])]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
  })
})

describe('pValueOfE', () => {
  it('is 1 / e, at most 1', () => {
    expect([4, 0.5, 0, 1e300, Number.POSITIVE_INFINITY].map(pValueOfE)).toEqual([0.25, 1, 1, 1e-300, 0])
    expect([-1, Number.NaN].map(pValueOfE)).toEqual([Number.NaN, Number.NaN])
  })
})
