import { describe, expect, it } from 'vitest'
import { mixtureRadius } from '../sequential/normal-mixture.ts'
import { powerAtEnd, unitsStillNeeded } from './remaining-units.ts'

describe('units that an experiment under way still needs', () => {
  // gbstats 0.8.0, mid-experiment power, which stops where power is within 1e-5, and asks of each of m
  // metrics the m-th root of the power.
  it.each([
    [10433, 0.0947380942297967, 3, 0.11377649365087684, 74340.21923828125],
    [31227, 0.04696174503286944, 3, 0.1500160878858851, 4635.2578125],
    [8870, 0.08391069979705139, 1, 0.12141744397039962, 24381.67236328125],
  ])('with %d units and a standard error of %d', (units, standardError, metrics, effect, expected) => {
    const experiment = { units, standardError }
    const power = 0.8 ** (1 / metrics)
    const sought = { effect, alpha: 0.05, power }
    expect(Math.abs(powerAtEnd(experiment, sought, units + expected) - power)).toBeLessThan(1e-5)
    expect(unitsStillNeeded(experiment, sought) / expected).toBeCloseTo(1, 3)
  })

  it('reads an always-valid test at its width', () => {
    const alpha = 0.05
    const rhoSquared = (-2 * Math.log(alpha) + Math.log(1 - 2 * Math.log(alpha))) / 5000
    const criticalAt = (units: number) => mixtureRadius(units * rhoSquared, alpha)
    const experiment = { units: 36580, standardError: 0.012723070374337057 }
    const sought = { effect: 0.012884797409279974, alpha, power: 0.8, criticalAt }
    expect(unitsStillNeeded(experiment, sought) / 669978.41796875).toBeCloseTo(1, 3)
  })

  it('are none where there is power enough, and NaN outside the domain', () => {
    expect(unitsStillNeeded({ units: 100, standardError: 0.1 }, { effect: 1, alpha: 0.05, power: 0.8 })).toBe(
      0,
    )
    expect(
      unitsStillNeeded({ units: 100, standardError: 0 }, { effect: 1, alpha: 0.05, power: 0.8 }),
    ).toBeNaN()
    expect(unitsStillNeeded({ units: 100, standardError: 1 }, { effect: 1, alpha: 0.05, power: 1 })).toBeNaN()
  })
})
