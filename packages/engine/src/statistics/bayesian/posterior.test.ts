import { describe, expect, it } from 'vitest'
import { betaPosterior, betaSummary, gammaPosterior, gammaSummary, normalPosterior } from './posterior.ts'
import { equivalenceDecision, normalProbabilityWithin } from './practical-equivalence.ts'
import { betaPriorWorth, gammaPriorWorth, priorForDifference, priorForLift } from './priors.ts'
import { unitNormalLoss } from './unit-normal-loss.ts'

describe('a posterior', () => {
  it('of a probability counts successes and failures', () => {
    expect(betaPosterior({ conversions: 3, units: 10 })).toEqual({ a: 4, b: 8 })
    expect(betaPosterior({ conversions: 3, units: 10 }, { a: 0.5, b: 2 })).toEqual({ a: 3.5, b: 9 })
    expect(betaSummary({ a: 2, b: 6 })).toEqual({ mean: 0.25, deviation: Math.sqrt((0.25 * 0.75) / 9) })
    expect(betaPosterior({ conversions: 11, units: 10 }).a).toBeNaN()
  })

  it('of a rate counts events and exposure', () => {
    expect(gammaPosterior({ events: 3, exposure: 10 }, { shape: 1, rate: 2 })).toEqual({ shape: 4, rate: 12 })
    expect(gammaSummary({ shape: 4, rate: 12 })).toEqual({ mean: 4 / 12, deviation: 2 / 12 })
    expect(gammaPosterior({ events: -1, exposure: 10 }, { shape: 1, rate: 2 }).shape).toBeNaN()
  })

  it('of an effect lies between the prior and the estimate, by how precise they are', () => {
    const posterior = normalPosterior({ estimate: 3, standardError: 1 }, { mean: 0, standardDeviation: 2 })
    expect(posterior.mean).toBeCloseTo(3 * (4 / 5), 15)
    expect(posterior.standardDeviation).toBeCloseTo(Math.sqrt(4 / 5), 15)
    expect(normalPosterior({ estimate: 3, standardError: 1 })).toEqual({ mean: 3, standardDeviation: 1 })
  })

  it('of an effect is one of both where the other is much vaguer', () => {
    const sharp = { mean: 7, standardDeviation: 1e-200 }
    const posterior = normalPosterior({ estimate: 3, standardError: 1 }, sharp)
    expect(posterior.mean).toBe(7)
    expect(posterior.standardDeviation).toBeCloseTo(1e-200, 212)
    expect(normalPosterior({ estimate: 3, standardError: 0 }, sharp)).toEqual({
      mean: 3,
      standardDeviation: 0,
    })
    expect(
      normalPosterior({ estimate: 3, standardError: 1 }, { mean: 0, standardDeviation: 0 }).mean,
    ).toBeNaN()
  })
})

describe('a prior', () => {
  it('for a relative effect has the units of the control in the difference', () => {
    const relative = { mean: 0.02, standardDeviation: 0.1 }
    const absolute = priorForDifference(relative, 40)
    expect(absolute.mean).toBeCloseTo(0.8, 14)
    expect(absolute.standardDeviation).toBeCloseTo(4, 14)
    expect(priorForLift(absolute, 40).mean).toBeCloseTo(0.02, 15)
    expect(priorForDifference(relative, -40)).toEqual({ mean: -0.8, standardDeviation: 4 })
    expect(priorForDifference(relative, 0).mean).toBeNaN()
    expect(priorForLift(relative, 0).mean).toBeNaN()
  })

  it('gives the same answer on either scale', () => {
    const relative = { mean: 0.02, standardDeviation: 0.1 }
    const onLift = normalPosterior({ estimate: 0.05, standardError: 0.03 }, relative)
    const onDifference = normalPosterior(
      { estimate: 0.05 * 40, standardError: 0.03 * 40 },
      priorForDifference(relative, 40),
    )
    expect(onDifference.mean / 40).toBeCloseTo(onLift.mean, 15)
    expect(onDifference.standardDeviation / 40).toBeCloseTo(onLift.standardDeviation, 15)
  })

  it('is worth so many units', () => {
    expect(betaPriorWorth(0.25, 8)).toEqual({ a: 2, b: 6 })
    expect(gammaPriorWorth(0.25, 8)).toEqual({ shape: 2, rate: 8 })
    expect(betaPriorWorth(1, 8).a).toBeNaN()
    expect(gammaPriorWorth(0, 8).shape).toBeNaN()
  })
})

describe('the unit normal loss', () => {
  // mpmath, 40 digits.
  it.each([
    [-3, 3.0003821543170477],
    [0.3, 0.2667612421172099],
    [1.5, 0.029306793762604628],
    [30, 1.6319567340914012e-199],
  ])('at %d', (z, expected) => {
    expect(Math.abs(unitNormalLoss(z) / expected - 1)).toBeLessThan(1e-14)
  })

  it('has an end', () => {
    expect(unitNormalLoss(Number.POSITIVE_INFINITY)).toBe(0)
    expect(unitNormalLoss(Number.NEGATIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
    expect(unitNormalLoss(Number.NaN)).toBeNaN()
  })
})

describe('a region of practical equivalence', () => {
  const region = { low: -1, high: 1 }

  it.each([
    [{ low: 1.1, high: 2 }, 'different'],
    [{ low: -3, high: -1.5 }, 'different'],
    [{ low: -0.5, high: 1 }, 'equivalent'],
    [{ low: 0.5, high: 1.5 }, 'undecided'],
    [{ low: -2, high: 2 }, 'undecided'],
  ] as const)('%j is %s', (interval, decision) => {
    expect(equivalenceDecision(interval, region)).toBe(decision)
  })

  it('is no region the wrong way round', () => {
    expect(equivalenceDecision({ low: 0, high: 1 }, { low: 1, high: -1 })).toBeUndefined()
    expect(equivalenceDecision({ low: Number.NaN, high: 1 }, region)).toBeUndefined()
  })

  it('holds its part of a normal distribution, narrow or far away', () => {
    const standard = { mean: 0, standardDeviation: 1 }
    // mpmath, 40 digits.
    expect(normalProbabilityWithin(standard, { low: -1, high: 1 })).toBeCloseTo(0.6826894921370859, 15)
    const narrow = normalProbabilityWithin(standard, { low: 1, high: 1 + 2 ** -40 })
    expect(narrow / (0.24197072451914337 * 2 ** -40)).toBeCloseTo(1, 11)
    const far = normalProbabilityWithin(standard, { low: 30, high: 32 })
    expect(far / 4.906713927148187e-198).toBeCloseTo(1, 12)
    expect(normalProbabilityWithin(standard, { low: -32, high: -30 })).toBe(far)
    expect(normalProbabilityWithin(standard, { low: 1, high: 1 })).toBe(0)
    expect(normalProbabilityWithin({ mean: 0, standardDeviation: 0 }, region)).toBeNaN()
  })
})
