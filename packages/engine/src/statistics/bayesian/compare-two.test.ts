import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalCdf } from '../distributions/normal.ts'
import { compareBetas, compareGammas, compareNormals } from './compare-two.ts'
import { betaSummary } from './posterior.ts'

const SEED = 20261122

function relativeError(actual: number, expected: number): number {
  return Math.abs(actual - expected) / Math.abs(expected)
}

describe('two probabilities', () => {
  // mpmath, 25 digits, quadrature of density × distribution function over the logit: natural logarithms of
  // P(treatment > control), P(control > treatment), E(treatment − control)⁺, E(control − treatment)⁺.
  it.each([
    [
      [11.205360783359074, 23.62602310308612, 4.681485997774372, 8.54931612980245],
      [-0.5580765846799651, -0.8493538236811113, -2.5663247317913673, -3.10805049277529],
    ],
    [
      [3.135262372250072, 3.6531761481215983, 2.147592631072511, 0.6957612411018426],
      [-0.16961101087740524, -1.857854765479202, -1.1347688810164245, -3.573872072751936],
    ],
  ])('%j', ([a = 0, b = 0, c = 0, d = 0], [better = 0, worse = 0, gain = 0, loss = 0]) => {
    const compared = compareBetas({ a, b }, { a: c, b: d })
    expect(relativeError(compared.chanceToBeatControl, Math.exp(better))).toBeLessThan(1e-13)
    expect(relativeError(compared.chanceControlBetter, Math.exp(worse))).toBeLessThan(1e-13)
    expect(relativeError(compared.expectedLossChoosingControl, Math.exp(gain))).toBeLessThan(1e-13)
    expect(relativeError(compared.expectedLossChoosingTreatment, Math.exp(loss))).toBeLessThan(1e-13)
  })

  // mpmath: a finite sum for whole parameters; P = 2.4e-42.
  it('is exact far in the tail', () => {
    const compared = compareBetas({ a: 301, b: 701 }, { a: 601, b: 401 })
    expect(relativeError(compared.log10ChanceControlBetter, -41.61819199300043)).toBeLessThan(1e-14)
    expect(relativeError(compared.expectedLossChoosingTreatment, 3.930133988185075e-45)).toBeLessThan(1e-12)
    expect(compared.chanceToBeatControl).toBe(1)
  })

  it('has a logarithm where the chance underflows, of any size', () => {
    const { chanceToBeatControl, log10ChanceToBeatControl } = compareBetas(
      { a: 2e8, b: 8e8 },
      { a: 1e8, b: 9e8 },
    )
    expect(chanceToBeatControl).toBe(0)
    // Both would have to be 0.15: n times the relative entropies of that.
    const entropy = (p: number) => p * Math.log10(p / 0.15) + (1 - p) * Math.log10((1 - p) / 0.85)
    expect(relativeError(log10ChanceToBeatControl, -1e9 * (entropy(0.1) + entropy(0.2)))).toBeLessThan(1e-6)
  })

  it('agrees with the normal distribution for a billion units', () => {
    const compared = compareBetas({ a: 1e8, b: 9e8 }, { a: 1e8 + 2e4, b: 9e8 - 2e4 })
    const deviation = Math.sqrt((0.1 * 0.9 + 0.10002 * 0.89998) / (1e9 + 1))
    expect(compared.chanceControlBetter).toBeCloseTo(normalCdf(-2e-5 / deviation), 6)
  })

  it('loses and wins by the difference of the means, whatever the counts', () => {
    const parameter = fc.double({ min: -2, max: 6, noNaN: true }).map((power) => 10 ** power)
    const distribution = fc.record({ a: parameter, b: parameter })
    fc.assert(
      fc.property(distribution, distribution, (control, treatment) => {
        const compared = compareBetas(control, treatment)
        const reversed = compareBetas(treatment, control)
        const gain = compared.expectedLossChoosingControl - compared.expectedLossChoosingTreatment
        expect(gain).toBeCloseTo(betaSummary(treatment).mean - betaSummary(control).mean, 11)
        expect(compared.chanceToBeatControl + compared.chanceControlBetter).toBeCloseTo(1, 12)
        expect(reversed.chanceControlBetter).toBeCloseTo(compared.chanceToBeatControl, 11)
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  it.each([
    [
      { a: 0, b: 1 },
      { a: 1, b: 1 },
    ],
    [
      { a: 1, b: 1 },
      { a: 1, b: Number.NaN },
    ],
    [
      { a: 1, b: Number.POSITIVE_INFINITY },
      { a: 1, b: 1 },
    ],
  ])('%j against %j is outside the domain', (control, treatment) => {
    expect(Object.values(compareBetas(control, treatment)).every(Number.isNaN)).toBe(true)
  })
})

describe('two rates', () => {
  // mpmath, quadrature of the incomplete gamma function.
  it('has a chance and losses', () => {
    const compared = compareGammas({ shape: 101, rate: 1000.01 }, { shape: 121, rate: 1000.01 })
    expect(relativeError(compared.chanceToBeatControl, 0.9108092146858887)).toBeLessThan(1e-14)
    const gain = compared.expectedLossChoosingControl - compared.expectedLossChoosingTreatment
    expect(relativeError(gain, 20 / 1000.01)).toBeLessThan(1e-12)
  })

  it('loses in closed form where the control is exponential', () => {
    // E(X − Y)⁺ of an exponential X and any Y: E e^(−rY) / r.
    const compared = compareGammas({ shape: 1, rate: 2 }, { shape: 3, rate: 5 })
    expect(relativeError(compared.expectedLossChoosingTreatment, (5 / 7) ** 3 / 2)).toBeLessThan(1e-13)
    expect(relativeError(compared.chanceControlBetter, (5 / 7) ** 3)).toBeLessThan(1e-13)
  })

  it('loses next to nothing far in the tail', () => {
    const compared = compareGammas({ shape: 1, rate: 400 }, { shape: 900, rate: 500 })
    const logChance = -900 * Math.log1p(400 / 500)
    expect(Math.log(compared.expectedLossChoosingTreatment)).toBeCloseTo(logChance - Math.log(400), 9)
    expect(compared.log10ChanceControlBetter * Math.LN10).toBeCloseTo(logChance, 9)
  })
})

describe('two means', () => {
  it('loses nothing to cancellation', () => {
    // mpmath: 1e-3 (φ(30) − 30 Φ(−30)).
    const certain = { mean: 0, standardDeviation: 0 }
    const compared = compareNormals(certain, { mean: 0.03, standardDeviation: 1e-3 })
    expect(relativeError(compared.expectedLossChoosingTreatment, 1.6319567340914013e-202)).toBeLessThan(1e-12)
  })

  it('is sure where there is no doubt', () => {
    const value = (mean: number) => ({ mean, standardDeviation: 0 })
    expect(compareNormals(value(1), value(3))).toMatchObject({
      chanceToBeatControl: 1,
      log10ChanceControlBetter: Number.NEGATIVE_INFINITY,
      expectedLossChoosingTreatment: 0,
      expectedLossChoosingControl: 2,
    })
    expect(compareNormals(value(1), value(1)).chanceToBeatControl).toBe(0.5)
  })
})
