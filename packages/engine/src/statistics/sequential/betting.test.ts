import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { betaVariate } from '../variates/variates.ts'
import { bettingConfidenceInterval, logBettingEvidence } from './betting.ts'
import { addToBetting, bettingInterval, startBetting } from './betting-stream.ts'
import { differenceOfIntervals } from './bounded-difference.ts'

const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 300 })

function streamed(outcomes: readonly number[], settings = { alpha: 0.05, lowest: 0, highest: 1 }) {
  let state = startBetting(settings)
  for (const value of outcomes) state = addToBetting(state, value)
  return bettingInterval(state)
}

describe('bettingConfidenceInterval', () => {
  it('of a hundred ones', () => {
    // Direct evaluation of theorem 3 on a grid of 20,001 means: 0.93005
    const { low, high } = bettingConfidenceInterval({ values: Array(100).fill(1) }, 0.05)
    expect(low).toBeCloseTo(0.9300982257818581, 12)
    expect(high).toBe(1)
  })

  it('turns, shifts and stretches with the outcomes', () => {
    fc.assert(
      fc.property(values, (outcomes) => {
        const { low, high } = bettingConfidenceInterval({ values: outcomes }, 0.05)
        const turned = { values: outcomes.map((x) => 7 - 4 * x), lowest: 3, highest: 7 }
        const interval = bettingConfidenceInterval(turned, 0.05)
        if (Number.isNaN(low)) return
        expect(interval.low).toBeCloseTo(7 - 4 * high, 9)
        expect(interval.high).toBeCloseTo(7 - 4 * low, 9)
      }),
      { seed: 1, numRuns: 50 },
    )
  })

  it('is never wider than its stream, and hardly narrower', () => {
    const random = new Random(9)
    for (const [a, b, n] of [
      [2, 5, 300],
      [0.3, 6, 2000],
      [30, 10, 1000],
    ] as const) {
      const outcomes = Array.from({ length: n }, () => betaVariate(random, a, b))
      const exact = bettingConfidenceInterval({ values: outcomes }, 0.05)
      const stream = streamed(outcomes)
      expect(stream.low).toBeLessThanOrEqual(exact.low)
      expect(stream.high).toBeGreaterThanOrEqual(exact.high)
      expect(stream.high - stream.low).toBeLessThan(1.07 * (exact.high - exact.low))
    }
  })

  // 500 runs: an error rate of at most 5 % leaves more than 5 % + 4 × 0.97 % in fewer than one of 30,000 such tests.
  it('errs at most as often as it may at any time, also for rare outcomes', () => {
    const random = new Random(5)
    let wrong = 0
    for (let run = 0; run < 500; run++) {
      const outcomes = Array.from({ length: 400 }, () => (random.next() < 0.05 ? 1 : 0))
      // Intersected over all times, so one look at the end tells of all.
      const { low, high } = bettingConfidenceInterval({ values: outcomes }, 0.05)
      if (!(low <= 0.05 && 0.05 <= high)) wrong++
    }
    expect(wrong / 500).toBeLessThan(0.089)
  })

  it('says nothing without outcomes, and NaN outside the domain', () => {
    expect(bettingConfidenceInterval({ values: [] }, 0.05)).toEqual({ low: 0, high: 1 })
    expect(streamed([])).toEqual({ low: 0, high: 1 })
    expect(bettingConfidenceInterval({ values: [1.1] }, 0.05).low).toBeNaN()
    expect(bettingConfidenceInterval({ values: [1] }, 0).low).toBeNaN()
    expect(bettingConfidenceInterval({ values: [1], lowest: 1, highest: 1 }, 0.05).low).toBeNaN()
    expect(streamed([0.5, 2, 0.5]).low).toBeNaN()
    expect(streamed([0.5], { alpha: 1, lowest: 0, highest: 1 }).low).toBeNaN()
  })
})

describe('logBettingEvidence', () => {
  it('is a fair game: its expectation under the mean is 1', () => {
    // All 2^10 sequences of yes and no with probability 0.3, to the last digit.
    let expectation = 0
    for (let code = 0; code < 1024; code++) {
      const outcomes = Array.from({ length: 10 }, (_, i) => (code >> i) & 1)
      const successes = outcomes.reduce((sum, x) => sum + x, 0)
      const evidence = Math.exp(logBettingEvidence({ values: outcomes }, 0.3, 0.05))
      expectation += evidence * 0.3 ** successes * 0.7 ** (10 - successes)
    }
    expect(expectation).toBeCloseTo(1, 12)
  })

  it('answers NaN outside the domain', () => {
    expect(logBettingEvidence({ values: [0.5] }, 1, 0.05)).toBeNaN()
    expect(logBettingEvidence({ values: [2] }, 0.5, 0.05)).toBeNaN()
  })
})

describe('differenceOfIntervals', () => {
  it('reaches from one extreme to the other', () => {
    expect(differenceOfIntervals({ low: 1, high: 2 }, { low: 5, high: 9 })).toEqual({ low: 3, high: 8 })
    expect(differenceOfIntervals({ low: Number.NaN, high: 1 }, { low: 0, high: 1 }).high).toBeNaN()
  })
})
