import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { incompleteBeta } from '../special/incomplete-beta.ts'
import {
  agrestiCoullInterval,
  clopperPearsonInterval,
  jeffreysInterval,
  jeffreysPosteriorInterval,
} from './single-proportion-intervals.ts'

const of = (successes: number, trials: number) => ({ successes, trials })

describe('clopperPearsonInterval', () => {
  // Newcombe 1998 (one sample), table I, method 5
  it.each([
    [81, 263, 0.2527, 0.3676],
    [15, 148, 0.0578, 0.1617],
    [0, 20, 0, 0.1684],
    [1, 29, 0.0009, 0.1776],
  ])('of %d in %d', (successes, trials, low, high) => {
    const interval = clopperPearsonInterval(of(successes, trials), 0.05)
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  it('ends where the binomial tail is alpha / 2', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 1e9 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (trials, share) => {
          const successes = Math.min(trials - 1, Math.max(1, Math.round(trials * share)))
          const { low, high } = clopperPearsonInterval(of(successes, trials), 0.05)
          expect(incompleteBeta(low, successes, trials - successes + 1).lower).toBeCloseTo(0.025, 10)
          expect(incompleteBeta(high, successes + 1, trials - successes).upper).toBeCloseTo(0.025, 10)
        },
      ),
      { seed: 4 },
    )
  })
})

describe('agrestiCoullInterval', () => {
  it('is Wald’s about Wilson’s centre, by hand', () => {
    // z² = 3.841458820694124; (1 + z²/2) / (10 + z²) = 0.211005…
    const { low, high } = agrestiCoullInterval(of(1, 10), 0.05)
    const centre = (1 + 1.920729410347062) / 13.841458820694124
    const margin = 1.959963984540054 * Math.sqrt((centre * (1 - centre)) / 13.841458820694124)
    expect(low).toBeCloseTo(centre - margin, 15)
    expect(high).toBeCloseTo(centre + margin, 15)
  })
})

describe('jeffreysInterval', () => {
  it('has equal tails of the posterior, and reaches 0 and 1 without success or failure', () => {
    const { low, high } = jeffreysInterval(of(3, 50), 0.05)
    expect(incompleteBeta(low, 3.5, 47.5).lower).toBeCloseTo(0.025, 13)
    expect(incompleteBeta(high, 3.5, 47.5).upper).toBeCloseTo(0.025, 13)
    expect(jeffreysInterval(of(0, 10), 0.05).low).toBe(0)
    expect(jeffreysInterval(of(10, 10), 0.05).high).toBe(1)
    expect(jeffreysPosteriorInterval(of(0, 10), 0.05).low).toBeGreaterThan(0)
  })
})

describe('all', () => {
  it.each([agrestiCoullInterval, clopperPearsonInterval, jeffreysInterval])(
    'answer NaN outside',
    (interval) => {
      for (const [sample, alpha] of [
        [of(2, 1), 0.05],
        [of(0, 0), 0.05],
        [of(-1, 5), 0.05],
        [of(1, 2), 0],
        [of(1, 2), 1],
        [of(1, Number.POSITIVE_INFINITY), 0.05],
      ] as const)
        expect(interval(sample, alpha)).toEqual({ low: Number.NaN, high: Number.NaN })
    },
  )
})
