import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metaAnalysis } from './meta-analysis.ts'

const segment = fc.record({
  estimate: fc.double({ min: -10, max: 10, noNaN: true }),
  standardError: fc.double({ min: 0.01, max: 10, noNaN: true }),
})
const segments = fc.array(segment, { minLength: 2, maxLength: 12 })

describe('metaAnalysis', () => {
  it('agrees with the textbook formulas', () => {
    const given = [
      { estimate: 0.5, standardError: 0.1 },
      { estimate: 0.1, standardError: 0.2 },
      { estimate: -0.2, standardError: 0.1 },
    ]
    const analysis = metaAnalysis(given)
    // Weights 100, 25, 100: mean 32.5 / 225, Q = 24.8055…, C = 225 − 20625 / 225
    const mean = 32.5 / 225
    const q = 100 * (0.5 - mean) ** 2 + 25 * (0.1 - mean) ** 2 + 100 * (-0.2 - mean) ** 2
    const tauSquared = (q - 2) / (225 - 20_625 / 225)
    const weights = given.map(({ standardError }) => 1 / (standardError ** 2 + tauSquared))
    const total = weights.reduce((a, b) => a + b, 0)
    const random = given.reduce((sum, { estimate }, i) => sum + estimate * (weights[i] as number), 0) / total
    expect(analysis.fixedEffect).toBeCloseTo(mean, 15)
    expect(analysis.fixedStandardError).toBeCloseTo(1 / 15, 15)
    expect(analysis.heterogeneityStatistic).toBeCloseTo(q, 12)
    // Two degrees of freedom: p = exp(−Q / 2)
    expect(analysis.pValue).toBeCloseTo(Math.exp(-q / 2), 14)
    expect(analysis.inconsistency).toBeCloseTo((q - 2) / q, 14)
    expect(analysis.betweenVariance).toBeCloseTo(tauSquared, 14)
    expect(analysis.randomEffect).toBeCloseTo(random, 14)
    expect(analysis.randomStandardError).toBeCloseTo(1 / Math.sqrt(total), 14)
    expect(analysis.shrunkEffects[0]).toBeCloseTo((50 + random / tauSquared) / (100 + 1 / tauSquared), 13)
  })

  it('shrinks all to the mean where they differ no more than chance explains', () => {
    const analysis = metaAnalysis([
      { estimate: 1, standardError: 1 },
      { estimate: 1.5, standardError: 2 },
    ])
    expect(analysis).toMatchObject({ betweenVariance: 0, inconsistency: 0 })
    expect(analysis.shrunkEffects).toEqual([analysis.fixedEffect, analysis.fixedEffect])
    expect(analysis.shrunkStandardErrors[0]).toBeCloseTo(analysis.fixedStandardError, 15)
  })

  it('draws every effect towards the mean and never beyond, with no larger error', () => {
    fc.assert(
      fc.property(segments, (given) => {
        const analysis = metaAnalysis(given)
        for (const [i, { estimate, standardError }] of given.entries()) {
          const shrunk = analysis.shrunkEffects[i] as number
          const [low, high] = [
            Math.min(estimate, analysis.randomEffect),
            Math.max(estimate, analysis.randomEffect),
          ]
          expect(shrunk).toBeGreaterThanOrEqual(low - 1e-12)
          expect(shrunk).toBeLessThanOrEqual(high + 1e-12)
          expect(analysis.shrunkStandardErrors[i]).toBeLessThanOrEqual(standardError * (1 + 1e-12))
        }
        expect(analysis.randomStandardError).toBeGreaterThanOrEqual(analysis.fixedStandardError * (1 - 1e-12))
      }),
      { seed: 1 },
    )
  })

  it('does not depend on units or origin, nor on the order', () => {
    fc.assert(
      fc.property(segments, fc.constantFrom(1e-150, 1e-3, 1, 1e150), (given, scale) => {
        const one = metaAnalysis(given)
        const scaled = metaAnalysis(
          given.map(({ estimate, standardError }) => ({
            estimate: estimate * scale,
            standardError: standardError * scale,
          })),
        )
        const turned = metaAnalysis(given.toReversed())
        for (const other of [scaled, turned]) {
          const q = one.heterogeneityStatistic
          expect(Math.abs(other.heterogeneityStatistic - q)).toBeLessThan(1e-9 * (1 + q))
          expect(other.inconsistency).toBeCloseTo(one.inconsistency, 8)
        }
        expect(scaled.fixedEffect / scale).toBeCloseTo(one.fixedEffect, 9)
      }),
      { seed: 2 },
    )
  })

  it('says nothing of heterogeneity with one segment, and NaN outside', () => {
    const one = metaAnalysis([{ estimate: 2, standardError: 0.5 }])
    expect(one).toMatchObject({ fixedEffect: 2, randomEffect: 2, degreesOfFreedom: 0, pValue: Number.NaN })
    expect(one).toMatchObject({ betweenVariance: 0, shrunkEffects: [2], shrunkStandardErrors: [0.5] })
    for (const wrong of [
      [],
      [{ estimate: 1, standardError: 0 }],
      [
        { estimate: 1, standardError: 1 },
        { estimate: Number.NaN, standardError: 1 },
      ],
    ]) {
      const analysis = metaAnalysis(wrong)
      expect([
        analysis.fixedEffect,
        analysis.betweenVariance,
        analysis.randomEffect,
        analysis.pValue,
      ]).toEqual([1, 2, 3, 4].map(() => Number.NaN))
    }
  })
})
