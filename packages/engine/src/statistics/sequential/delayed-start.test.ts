import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logErrorFrom, thresholdFrom } from './delayed-start.ts'
import { exitProbabilities } from './group-sequential/exit-probabilities.ts'
import { mixtureRadius } from './normal-mixture.ts'

describe('thresholdFrom', () => {
  it('is alpha for a start at once, and grows the later the first look', () => {
    const thresholds = [1e-6, 0.1, 1, 10, 1e3].map((ratio) => thresholdFrom(ratio, 0.05))
    expect(thresholds[0]).toBeCloseTo(0.05, 12)
    expect(thresholds).toEqual(thresholds.toSorted((a, b) => a - b))
    expect(thresholds[4]).toBeGreaterThan(0.3)
  })

  it('spends alpha and no more', () => {
    const ratios = fc.double({ min: -4, max: 6, noNaN: true }).map((x) => 10 ** x)
    fc.assert(
      fc.property(ratios, fc.constantFrom(0.5, 0.05, 1e-3, 1e-9), (ratio, alpha) => {
        const threshold = thresholdFrom(ratio, alpha)
        expect(threshold).toBeGreaterThanOrEqual(alpha)
        expect(Math.exp(logErrorFrom(ratio, Math.log(threshold))) / alpha).toBeCloseTo(1, 11)
      }),
      { seed: 1 },
    )
  })

  it('holds with looks as near each other as one likes, and is nearly used up by them', () => {
    // 300 looks up to 10,000 times the first sample; exact for normal outcomes.
    const information = Array.from({ length: 300 }, (_, look) => 1e4 ** (look / 299))
    const threshold = thresholdFrom(1, 0.05)
    const upper = information.map((time) => mixtureRadius(time, threshold))
    const { never } = exitProbabilities({ information, upper, lower: upper.map((z) => -z) })
    expect(1 - never).toBeLessThan(0.05)
    expect(1 - never).toBeGreaterThan(0.035)
  })

  it('answers NaN outside the domain', () => {
    expect([
      thresholdFrom(0, 0.05),
      thresholdFrom(1, 0),
      thresholdFrom(1, 1),
      logErrorFrom(1, Number.NaN),
    ]).toEqual(Array(4).fill(Number.NaN))
  })
})
