import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { bernoulliConfidenceSequence, logBernoulliMixture } from './bernoulli-confidence-sequence.ts'

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('bernoulliConfidenceSequence', () => {
  // mpmath, 50 digits; the first two equal confseq.boundaries.bernoulli_confidence_interval
  it.each([
    [120, 1000, 0.05, 500, 0.09059191259730548, 0.15352277328204775],
    [0, 50, 0.05, 100, 0, 0.09298081260550486],
    [1e8, 1e9, 0.01, 1e6, 0.09995912840928564, 0.10004088],
    [2, 2, 0.5, 0.5, 0.49975012493753123, 1],
  ])('of %d in %d', (successes, trials, alpha, bestAt, low, high) => {
    const interval = bernoulliConfidenceSequence({ successes, trials }, { alpha, bestAt })
    if (low === 0) expect(interval.low).toBe(0)
    else expect(relativeError(interval.low, low)).toBeLessThan(1e-13)
    expect(relativeError(interval.high, high)).toBeLessThan(trials === 1e9 ? 1e-7 : 1e-13)
  })

  it('changes places with failures', () => {
    const counts = fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }))
    fc.assert(
      fc.property(
        counts,
        fc.constantFrom(0.2, 0.05, 1e-6),
        fc.integer({ min: 1, max: 1e6 }),
        (count, alpha, bestAt) => {
          const [successes, failures] = count
          const trials = successes + failures
          const { low, high } = bernoulliConfidenceSequence({ successes, trials }, { alpha, bestAt })
          const mirrored = bernoulliConfidenceSequence({ successes: failures, trials }, { alpha, bestAt })
          expect(mirrored.low).toBeCloseTo(1 - high, 12)
          expect(mirrored.high).toBeCloseTo(1 - low, 12)
          if (trials > 0) expect(low <= successes / trials && successes / trials <= high).toBe(true)
        },
      ),
      { seed: 1 },
    )
  })

  it('ends where the evidence is 1 / alpha', () => {
    const count = { successes: 30, trials: 200 }
    const tuning = { alpha: 0.05, bestAt: 200 }
    const { low, high } = bernoulliConfidenceSequence(count, tuning)
    for (const end of [low, high])
      expect(Math.exp(-logBernoulliMixture(count, end, tuning))).toBeCloseTo(0.05, 12)
  })

  it('does not exclude 1 for a single failure whose chance the prior takes for as small', () => {
    const interval = bernoulliConfidenceSequence(
      { successes: 999_999, trials: 1e6 },
      { alpha: 0.05, bestAt: 1e5 },
    )
    expect(relativeError(interval.low, 0.99999218578612368)).toBeLessThan(1e-14)
    expect(interval.high).toBe(1)
  })

  // 2,000 runs: an error rate of at most 5 % leaves more than 5 % + 4 × 0.49 % in fewer than one of 30,000 such tests.
  it('errs at most as often as it may, looked at after every trial', () => {
    const random = new Random(3)
    const tuning = { alpha: 0.05, bestAt: 100 }
    let wrong = 0
    for (let run = 0; run < 2000; run++) {
      let successes = 0
      let isWrong = false
      for (let trials = 1; trials <= 400; trials++) {
        if (random.next() < 0.1) successes++
        if (logBernoulliMixture({ successes, trials }, 0.1, tuning) >= Math.log(20)) isWrong = true
      }
      if (isWrong) wrong++
    }
    expect(wrong / 2000).toBeLessThan(0.0695)
  })

  it('answers at the ends and NaN outside the domain', () => {
    const tuning = { alpha: 0.05, bestAt: 100 }
    expect(bernoulliConfidenceSequence({ successes: 0, trials: 0 }, tuning)).toEqual({ low: 0, high: 1 })
    for (const [successes, trials, alpha, bestAt] of [
      [-1, 10, 0.05, 100],
      [11, 10, 0.05, 100],
      [1, Number.POSITIVE_INFINITY, 0.05, 100],
      [1, 10, 0, 100],
      [1, 10, 0.05, 0],
    ] as const)
      expect(bernoulliConfidenceSequence({ successes, trials }, { alpha, bestAt }).low).toBeNaN()
    expect(logBernoulliMixture({ successes: 1, trials: 2 }, 1, tuning)).toBeNaN()
  })
})
