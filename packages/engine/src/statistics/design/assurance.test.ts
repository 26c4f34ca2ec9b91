import { describe, expect, it } from 'vitest'
import { answerPower } from './answer-power.ts'
import { assurance } from './assurance.ts'
import { designEffect } from './clusters.ts'
import { unitsWithin } from './duration.ts'
import { optimalControlRatio } from './optimal-allocation.ts'

const SPEND = { kind: 'mean', baseline: 1, standardDeviation: 1 } as const

describe('assurance', () => {
  it('is the closed form where the variance is known', () => {
    // SciPy: P(Z > (z − m √I) / √(1 + τ² I)) with I = 50 000, m = τ = 0.02. Student's t costs 1e-6 of it.
    const value = assurance(
      { metric: SPEND, unitsPerVariant: 100_000 },
      { mean: 0.02, standardDeviation: 0.02 },
    )
    expect(value).toBeCloseTo(0.7082230066728921, 5)
  })

  it('is the power where the effect is as good as known', () => {
    const question = { metric: SPEND, unitsPerVariant: 500 }
    for (const effect of [0.2, -0.2]) {
      const answer = answerPower({ ...question, minimumDetectableEffect: effect })
      const value = assurance(question, { mean: effect, standardDeviation: 1e-6 })
      expect(value).toBeCloseTo(answer.status === 'answered' ? answer.power : Number.NaN, 6)
    }
  })

  it('counts effects on the wrong side as not found', () => {
    const value = assurance({ metric: SPEND, unitsPerVariant: 1e9 }, { mean: 0.1, standardDeviation: 0.1 })
    expect(value).toBeCloseTo(0.8413, 2)
  })

  it('keeps proportions between 0 and 1', () => {
    const question = { metric: { kind: 'proportion', baseline: 0.1 }, unitsPerVariant: 2000 } as const
    const value = assurance(question, { mean: 0.3, standardDeviation: 5 })
    expect(value).toBeGreaterThan(0.5)
    expect(value).toBeLessThan(1)
  })

  it('is refused where it cannot be', () => {
    const question = { metric: SPEND, unitsPerVariant: 100 }
    expect(assurance(question, { mean: 0.1, standardDeviation: 0 })).toMatchObject({
      field: 'belief.standardDeviation',
    })
    expect(assurance(question, { mean: 0, standardDeviation: 1 })).toMatchObject({ reason: 'effect-zero' })
  })
})

describe('parts of a design', () => {
  it('count clusters by how alike their units are', () => {
    expect(designEffect(20, 0, 0.05)).toBeCloseTo(1.95, 12)
    expect(designEffect(1, 0, 0.9)).toBe(1)
    expect(designEffect(20, 1, 0)).toBe(1)
    expect(designEffect(0.5, 0, 0.1)).toBeNaN()
  })

  it('give the control more where it is compared often', () => {
    expect(optimalControlRatio(4)).toBe(2)
    expect(optimalControlRatio(0)).toBeNaN()
  })

  it('say how many units come within some days', () => {
    expect(unitsWithin(14, { unitsPerDay: 1000, coverage: 0.5 }, { treatments: 1, controlRatio: 1 })).toBe(
      3500,
    )
  })
})
