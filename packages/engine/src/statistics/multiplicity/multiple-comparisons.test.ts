import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { benjaminiHochberg, bonferroni, holm } from './multiple-comparisons.ts'

// Benjamini & Hochberg 1995, section 3.2, in another order; statsmodels multipletests gives the same
const P = [
  0.0201, 0.0001, 0.0095, 0.324, 0.0004, 0.0019, 0.0278, 0.0298, 0.0344, 0.0459, 0.4262, 0.5719, 0.6528,
  0.759, 1,
]
const procedures = { bonferroni, holm, benjaminiHochberg }
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
    )
  })
})
