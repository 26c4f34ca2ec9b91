import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  hochberg,
  holm,
  holmSidak,
  hommel,
  sidak,
  weightedBonferroni,
} from './multiple-comparisons.ts'

// Benjamini & Hochberg 1995, section 3.2, in another order; statsmodels multipletests gives the same
const P = [
  0.0201, 0.0001, 0.0095, 0.324, 0.0004, 0.0019, 0.0278, 0.0298, 0.0344, 0.0459, 0.4262, 0.5719, 0.6528,
  0.759, 1,
]
const procedures = {
  bonferroni,
  sidak,
  holm,
  holmSidak,
  hochberg,
  hommel,
  benjaminiHochberg,
  benjaminiYekutieli,
}
const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 })

describe('the example of Benjamini and Hochberg', () => {
  it('has three rejections by Bonferroni and four by controlling the false discovery rate', () => {
    const rejected = (adjusted: number[]) => adjusted.filter((p) => p <= 0.05).length
    expect(rejected(bonferroni(P))).toBe(3)
    expect(rejected(holm(P))).toBe(3)
    expect(rejected(benjaminiHochberg(P))).toBe(4)
    expect(benjaminiHochberg(P)[2]).toBeCloseTo((0.0095 * 15) / 4, 15)
    expect(holm(P)[5]).toBeCloseTo(0.0019 * 13, 15)
    expect(bonferroni(P)[4]).toBeCloseTo(0.006, 15)
  })
})

describe.each(Object.entries(procedures))('%s', (name, procedure) => {
  it('answers in the order that was asked, NaN to NaN, which does not count', () => {
    fc.assert(
      fc.property(pValues, (given) => {
        const withGaps = given.flatMap((p) => [Number.NaN, p])
        const adjusted = procedure(withGaps)
        expect(adjusted.filter((_, i) => i % 2 === 0).every(Number.isNaN)).toBe(true)
        expect(adjusted.filter((_, i) => i % 2 === 1)).toEqual(procedure(given))
      }),
      { seed: 1 },
    )
  })

  it('never lowers a p-value, keeps their order, and stays within 1', () => {
    fc.assert(
      fc.property(pValues, (given) => {
        const adjusted = procedure(given)
        for (const [i, p] of given.entries()) {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p * (1 - 1e-15))
          expect(adjusted[i]).toBeLessThanOrEqual(1)
          for (const [j, q] of given.entries())
            if (p <= q) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] as number)
        }
      }),
      { seed: 2 },
    )
  })

  it('leaves a single p-value as it is and does not change its input', () => {
    const given = Object.freeze([0.3])
    expect(procedure(given)).toEqual([0.3])
    expect(procedure([])).toEqual([])
    expect(name).toBe(procedure.name)
  })
})

describe('the order of the procedures', () => {
  it('is benjaminiHochberg ≤ holm ≤ bonferroni', () => {
    fc.assert(
      fc.property(pValues, (given) => {
        const [b, h, f] = [bonferroni(given), holm(given), benjaminiHochberg(given)]
        for (const i of given.keys()) {
          expect(h[i]).toBeLessThanOrEqual(b[i] as number)
          expect(f[i]).toBeLessThanOrEqual((h[i] as number) * (1 + 1e-15))
        }
      }),
      { seed: 3 },
    )
  })
})

describe('hommel', () => {
  /** The closed test by its definition: the largest Simes p-value of all sets that hold the hypothesis. */
  function closed(given: readonly number[]): number[] {
    return given.map((_, i) => {
      let largest = 0
      for (let set = 1; set < 2 ** given.length; set++) {
        if (!((set >> i) & 1)) continue
        const inside = given.filter((_p, j) => (set >> j) & 1).toSorted((a, b) => a - b)
        largest = Math.max(largest, Math.min(...inside.map((p, k) => (inside.length * p) / (k + 1))))
      }
      return largest
    })
  }

  it('is the closed test with the tests of Simes', () => {
    const few = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 7 })
    fc.assert(
      fc.property(few, (given) => {
        const expected = closed(given)
        for (const [i, p] of hommel(given).entries())
          expect(Math.abs(p - (expected[i] as number))).toBeLessThan(1e-14)
      }),
      { seed: 4 },
    )
  })
})

describe('stricter and less strict procedures', () => {
  it('stand in their order', () => {
    fc.assert(
      fc.property(pValues, (given) => {
        const chains = [
          [benjaminiHochberg, hommel, hochberg, holm, bonferroni],
          [holmSidak, holm],
          [holmSidak, sidak, bonferroni],
          [benjaminiHochberg, benjaminiYekutieli],
        ].map((chain) => chain.map((procedure) => procedure(given)))
        for (const chain of chains)
          for (const [k, adjusted] of chain.slice(1).entries())
            for (const [i, p] of adjusted.entries()) expect(chain[k]?.[i]).toBeLessThanOrEqual(p + 1e-14)
      }),
      { seed: 5 },
    )
  })

  it('keep the digits of tiny p-values', () => {
    const adjusted = sidak([1e-300, 0.5])
    expect(Math.abs((adjusted[0] as number) / 2e-300 - 1)).toBeLessThan(1e-14)
    expect(holmSidak([1e-20, 1e-18])[0]).toBeCloseTo(2e-20, 33)
    expect(sidak([1, 0])).toEqual([1, 0])
  })

  it('leave out what is no probability', () => {
    for (const procedure of Object.values(procedures))
      expect(procedure([-0.1, 0.04, 1.5])).toEqual([Number.NaN, 0.04, Number.NaN])
  })
})

describe('weightedBonferroni', () => {
  it('is Bonferroni with equal weights, on any scale', () => {
    fc.assert(
      fc.property(pValues, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (given, weight) => {
        const equal = weightedBonferroni(
          given,
          given.map(() => weight),
        )
        for (const [i, p] of bonferroni(given).entries()) expect(equal[i]).toBeCloseTo(p, 12)
      }),
      { seed: 6 },
    )
  })

  it('favours the primary metric, and cannot reject without weight', () => {
    const [first, second, third] = weightedBonferroni([0.03, 0.01, 1e-9], [0.8, 0.2, 0])
    expect(first).toBeCloseTo(0.0375, 15)
    expect(second).toBeCloseTo(0.05, 15)
    expect(third).toBe(1)
    const withGap = weightedBonferroni([Number.NaN, 0.01], [3, 1])
    expect(withGap).toEqual([Number.NaN, 0.01])
    expect(weightedBonferroni([0.1, 0.2], [0, 0])).toEqual([Number.NaN, Number.NaN])
    expect(weightedBonferroni([0.1], [1, 2])).toEqual([Number.NaN])
    expect(weightedBonferroni([0.1, 0.2], [1, -1])).toEqual([Number.NaN, Number.NaN])
  })
})
