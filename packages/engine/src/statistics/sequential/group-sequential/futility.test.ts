import { describe, expect, it } from 'vitest'
import { efficacyBoundaries } from './boundaries.ts'
import { exitProbabilities } from './exit-probabilities.ts'
import { type FutilityTest, futilityBoundaries } from './futility.ts'
import { expectedInformation } from './power.ts'
import type { Spending } from './spending.ts'

const decani = (gamma: number): Spending => ({ kind: 'hwang-shih-decani', gamma })
const power = (exponent: number): Spending => ({ kind: 'power', exponent })
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const DEFAULT: FutilityTest = {
  information: [1 / 3, 2 / 3, 1],
  alpha: 0.025,
  beta: 0.1,
  sides: 1,
  spending: decani(-4),
  betaSpending: decani(-2),
  isBinding: false,
}

describe('futilityBoundaries', () => {
  // R: gsDesign() with its defaults, as its manual prints it
  it('of the default of gsDesign', () => {
    const { drift, inflationFactor, efficacy, futility, rule } = futilityBoundaries(DEFAULT)
    const digits = (values: readonly number[], places: number) =>
      values.map((value) => +value.toFixed(places))
    expect(digits(efficacy, 2)).toEqual([3.01, 2.55, 2])
    expect(digits(futility, 2)).toEqual([-0.24, 0.94, 2])
    expect(inflationFactor).toBeCloseTo(1.07, 3)
    const planned = exitProbabilities(rule, drift)
    expect(digits(planned.upper, 4)).toEqual([0.1412, 0.4403, 0.3185])
    expect(digits(planned.lower, 4)).toEqual([0.0148, 0.0289, 0.0563])
    expect(digits(exitProbabilities(rule).lower, 4)).toEqual([0.4057, 0.429, 0.142])
    expect(inflationFactor * expectedInformation(rule, 0)).toBeCloseTo(0.6249, 4)
    expect(inflationFactor * expectedInformation(rule, drift)).toBeCloseTo(0.7913, 4)
  })

  // R: rpact getDesignInverseNormal and getDesignGroupSequential, reference values of its tests
  it.each([
    [
      'Hwang, Shih and DeCani',
      { information: [0.2, 0.4, 1], alpha: 0.07, beta: 0.14, spending: decani(-1), betaSpending: decani(-2) },
      [2.364813, 2.1928805, 1.5660474],
      [-1.1063623, -0.35992438],
      7.1015943,
    ],
    [
      'Kim and DeMets',
      { information: [0.3, 0.7, 1], alpha: 0.03, beta: 0.34, spending: power(2.2), betaSpending: power(3.2) },
      [2.8594012, 2.2435708, 1.9735737],
      [-1.1558435, 0.72836893],
      5.5513711,
    ],
    [
      'two sides, binding',
      {
        information: [0.4, 0.65, 0.8, 1],
        alpha: 0.05,
        beta: 0.1,
        sides: 2,
        spending: power(2.5),
        betaSpending: power(1.5),
        isBinding: true,
      },
      [2.8032117, 2.4453423, 2.2956849, 1.9878913],
      [0.3085062, 0.97461473, 1.3896954],
      // rpact counts rejections on the wrong side as errors: 11.657317
      11.657296,
    ],
  ] as const)('%s', (_, changes, efficacy, futility, squaredDrift) => {
    const found = futilityBoundaries({ ...DEFAULT, ...changes })
    for (const [look, z] of efficacy.entries()) expect(found.efficacy[look]).toBeCloseTo(z, 6)
    for (const [look, z] of futility.entries()) expect(found.futility[look]).toBeCloseTo(z, 6)
    expect(found.drift ** 2).toBeCloseTo(squaredDrift, 5)
  })

  it.each([
    [1, true],
    [1, false],
    [2, true],
    [2, false],
  ] as const)('spends alpha and beta, %d sides, binding %s', (sides, isBinding) => {
    const information = [0.2, 0.45, 0.6, 1]
    const { drift, rule, efficacy, futility } = futilityBoundaries({
      ...DEFAULT,
      information,
      sides,
      isBinding,
    })
    const planned = exitProbabilities(rule, drift)
    expect(sides === 1 ? sum(planned.lower) : sum(planned.inner)).toBeCloseTo(0.1, 11)
    expect(sum(planned.upper) + (sides === 2 ? sum(planned.lower) : 0)).toBeCloseTo(0.9, 11)
    expect(futility.at(-1)).toBe(efficacy.at(-1))
    const rejected = sides * sum(exitProbabilities(rule).upper)
    if (isBinding) expect(rejected).toBeCloseTo(0.025, 12)
    else expect(rejected).toBeLessThan(0.025)
    const without = efficacyBoundaries({ ...DEFAULT, information, sides })
    if (isBinding) expect(efficacy.at(-1)).toBeLessThan(without.at(-1) as number)
    else expect(efficacy).toEqual(without)
  })

  it('is the plain test with a single look', () => {
    const { drift, efficacy, inflationFactor } = futilityBoundaries({ ...DEFAULT, information: [1] })
    expect(drift).toBeCloseTo(1.959963984540054 + 1.2815515655446004, 11)
    expect(efficacy[0]).toBeCloseTo(1.959963984540054, 12)
    expect(inflationFactor).toBeCloseTo(1, 11)
  })

  it('answers NaN outside the domain', () => {
    for (const wrong of [
      { information: [0.5, 0.9] },
      { information: [0.5, 0.5, 1] },
      { alpha: 0 },
      { beta: 0 },
      { beta: 0.99 },
      { betaSpending: power(-1) },
    ]) {
      const { drift, futility } = futilityBoundaries({ ...DEFAULT, ...wrong })
      expect(drift).toBeNaN()
      expect(futility.every(Number.isNaN)).toBe(true)
    }
  })
})
