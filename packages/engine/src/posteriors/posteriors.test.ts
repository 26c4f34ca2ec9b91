import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MetricSummary } from '../estimator.ts'
import type { PosteriorModel, PosteriorSettings } from '../posterior.ts'
import { betaBinomial } from './beta-binomial.ts'
import { normalModel } from './normal.ts'

const settings: PosteriorSettings = {
  alpha: 0.05,
  direction: 'increase',
  priorDeviation: 0.3,
  practicalEquivalence: 0.01,
}
const shareOf = (successes: number, units: number): MetricSummary => {
  const p = successes / units
  return { units, mean: [p], covariance: [[(p * (1 - p) * units) / (units - 1)]] }
}
const meanOf = (mean: number, units: number, variance: number): MetricSummary => ({
  units,
  mean: [mean],
  covariance: [[variance]],
})

const models: readonly [PosteriorModel, fc.Arbitrary<MetricSummary>][] = [
  [
    betaBinomial,
    fc
      .integer({ min: 2, max: 100_000 })
      .chain((units) => fc.integer({ min: 0, max: units }).map((successes) => shareOf(successes, units))),
  ],
  [
    normalModel,
    fc
      .tuple(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 2, max: 1e6 }),
        fc.integer({ min: 1, max: 1e6 }),
      )
      .map(([mean, units, variance]) => meanOf(mean, units, variance)),
  ],
]

describe.each(models)('%o', (model, summaries) => {
  const many = fc.array(summaries, { minLength: 2, maxLength: 5 })
  const answer = (given: readonly MetricSummary[], changes: Partial<PosteriorSettings> = {}) => {
    const found = model.describe(given, 0, { ...settings, ...changes })
    if (!found) throw new Error('no answer')
    return found.variants
  }

  it('gives chances that add up to one, and losses that are none only for the certain best', () => {
    fc.assert(
      fc.property(many, (given) => {
        const variants = answer(given)
        expect(variants.reduce((sum, { probabilityBest }) => sum + probabilityBest, 0)).toBeCloseTo(1, 9)
        for (const { value, expectedLoss, comparison } of variants) {
          expect(value.low).toBeLessThan(value.estimate)
          expect(value.estimate).toBeLessThan(value.high)
          expect(expectedLoss).toBeGreaterThanOrEqual(0)
          expect(comparison?.chanceToBeatControl ?? 0).toBeGreaterThanOrEqual(0)
          expect(comparison?.chanceToBeatControl ?? 0).toBeLessThanOrEqual(1)
        }
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  it('with two variants, the best is who beats the other', () => {
    fc.assert(
      fc.property(summaries, summaries, (control, treatment) => {
        const [, second] = answer([control, treatment])
        expect(second?.comparison?.chanceToBeatControl).toBeCloseTo(second?.probabilityBest ?? Number.NaN, 8)
      }),
      { seed: 2, numRuns: 60 },
    )
  })

  it('turns around where less is better', () => {
    fc.assert(
      fc.property(summaries, summaries, (control, treatment) => {
        const more = answer([control, treatment])[1]
        const less = answer([control, treatment], { direction: 'decrease' })[1]
        const sum =
          (more?.comparison?.chanceToBeatControl ?? 0) + (less?.comparison?.chanceToBeatControl ?? 0)
        expect(sum).toBeCloseTo(1, 9)
        expect((more?.probabilityBest ?? 0) + (less?.probabilityBest ?? 0)).toBeCloseTo(1, 8)
        expect(less?.comparison?.absolute).toEqual(more?.comparison?.absolute)
      }),
      { seed: 3, numRuns: 60 },
    )
  })

  it('says nothing about what it cannot know', () => {
    const broken: MetricSummary[] = [
      { units: 0, mean: [Number.NaN], covariance: [[Number.NaN]] },
      { units: 10, mean: [Number.NaN], covariance: [[1]] },
      { units: 10, mean: [], covariance: [] },
      { units: Number.POSITIVE_INFINITY, mean: [1], covariance: [[1]] },
    ]
    for (const each of broken) {
      const found = model.describe([each, each], 0, settings)
      for (const variant of found?.variants ?? []) expect(variant.value.estimate).not.toBeNaN()
    }
  })
})

describe('beta-binomial', () => {
  // mpmath 1.2, 40 digits: Beta(121, 881) against Beta(141, 861)
  it('agrees with quadrature at 40 digits', () => {
    const found = betaBinomial.describe([shareOf(120, 1000), shareOf(140, 1000)], 0, settings)
    expect(found?.variants[1]?.comparison?.chanceToBeatControl).toBeCloseTo(0.9078725863702234, 12)
    expect(found?.variants[0]?.value.estimate).toBeCloseTo(121 / 1002, 15)
  })
})

describe('normal', () => {
  it('draws small samples to the middle, and leaves large ones', () => {
    const small = normalModel.describe([meanOf(10, 20, 400), meanOf(14, 20, 400)], 0, settings)
    const large = normalModel.describe([meanOf(10, 1e6, 400), meanOf(14, 1e6, 400)], 0, settings)
    expect(small?.variants[1]?.value.estimate).toBeLessThan(13)
    expect(large?.variants[1]?.value.estimate).toBeCloseTo(14, 3)
  })
})
