import { describe, expect, it } from 'vitest'
import { classicBoundaries } from './boundaries.ts'
import { exitProbabilities } from './exit-probabilities.ts'
import { driftForPower, expectedInformation, inflationFactor, rejectionProbability } from './power.ts'

function testWith(shape: number, looks: number, alpha = 0.05) {
  const information = Array.from({ length: looks }, (_, look) => (look + 1) / looks)
  const upper = classicBoundaries({ information, alpha, sides: 2, shape }).boundaries
  return { rule: { information, upper, lower: upper.map((z) => -z) }, sides: 2 } as const
}

describe('inflationFactor', () => {
  // Jennison & Turnbull 2000, tables 2.2 and 2.4: alpha 0.05, power 0.8 and 0.9
  it.each([
    [0.5, 2, 0.8, 1.11],
    [0.5, 5, 0.8, 1.229],
    [0.5, 5, 0.9, 1.207],
    [0, 5, 0.8, 1.028],
    [0, 5, 0.9, 1.026],
    [0, 10, 0.9, 1.037],
  ])('of shape %d with %d looks for power %d', (shape, looks, power, expected) => {
    expect(inflationFactor(testWith(shape, looks), { alpha: 0.05, power })).toBeCloseTo(expected, 3)
  })

  it('does not depend on the unit of information', () => {
    const { rule } = testWith(0, 4)
    const scaled = { rule: { ...rule, information: rule.information.map((t) => 700 * t) }, sides: 2 } as const
    const plan = { alpha: 0.05, power: 0.8 }
    expect(inflationFactor(scaled, plan)).toBeCloseTo(inflationFactor(testWith(0, 4), plan), 9)
  })
})

describe('driftForPower', () => {
  it('is found again by the power, but for rejections on the wrong side', () => {
    const test = testWith(0.25, 6)
    for (const power of [0.06, 0.5, 0.8, 0.999]) {
      const drift = driftForPower(test.rule, power)
      const { upper, lower } = exitProbabilities(test.rule, drift)
      const wrongSide = lower.reduce((sum, exit) => sum + exit, 0)
      expect(upper.reduce((sum, exit) => sum + exit, 0)).toBeCloseTo(power, 12)
      expect(rejectionProbability(test, drift)).toBeCloseTo(power + wrongSide, 12)
      expect(rejectionProbability({ ...test, sides: 1 }, drift)).toBeCloseTo(power, 12)
    }
  })

  it('is undefined below alpha and for certainty', () => {
    expect(driftForPower(testWith(0, 3).rule, 0.01)).toBeNaN()
    expect(driftForPower(testWith(0, 3).rule, 1)).toBeNaN()
  })
})

describe('expectedInformation', () => {
  it('falls from nearly all without effect to one look with a large one', () => {
    const { rule } = testWith(0.5, 4)
    expect(expectedInformation(rule, 0)).toBeGreaterThan(0.95)
    expect(expectedInformation(rule, 0)).toBeLessThan(1)
    expect(expectedInformation(rule, 30)).toBeCloseTo(0.25, 10)
  })
})
