import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import {
  directMethodValue,
  doublyRobustValue,
  selfNormalisedDoublyRobustValue,
  shrunkDoublyRobustValue,
  switchDoublyRobustValue,
} from './doubly-robust.ts'
import { inversePropensityValue, selfNormalisedValue } from './importance-sampling.ts'
import type { ModelledReward, PolicyValue } from './policy-value.ts'

/** Two arms that pay 0.3 and 0.6; the log prefers the first, the evaluated policy the second. */
function logOf(random: Random, decisions: number): ModelledReward[] {
  return Array.from({ length: decisions }, () => {
    const propensityOfFirst = 0.5 + 0.4 * random.next()
    const isFirst = random.next() < propensityOfFirst
    return {
      reward: Number(random.next() < (isFirst ? 0.3 : 0.6)),
      propensity: isFirst ? propensityOfFirst : 1 - propensityOfFirst,
      targetProbability: isFirst ? 0.2 : 0.8,
      modelOfChosen: isFirst ? 0.35 : 0.5,
      modelOfTarget: 0.2 * 0.35 + 0.8 * 0.5,
    }
  })
}
const TRUTH = 0.2 * 0.3 + 0.8 * 0.6
const ROWS: readonly ModelledReward[] = [
  { reward: 1, propensity: 0.5, targetProbability: 0.25, modelOfChosen: 0.5, modelOfTarget: 0.4 },
  { reward: 0, propensity: 0.25, targetProbability: 0.5, modelOfChosen: 0.25, modelOfTarget: 0.5 },
  { reward: 3, propensity: 0.5, targetProbability: 1, modelOfChosen: 2, modelOfTarget: 1.5 },
  { reward: 2, propensity: 1, targetProbability: 0, modelOfChosen: 1, modelOfTarget: 1 },
]

function known(answer: PolicyValue | string): PolicyValue {
  if (typeof answer === 'string') throw new Error(answer)
  return answer
}

describe('policy values', () => {
  // Weights 0.5, 2, 2 and 0.
  it.each([
    ['inverse propensity', inversePropensityValue(ROWS, 0.05), (0.5 + 0 + 6 + 0) / 4],
    ['capped at 1', inversePropensityValue(ROWS, 0.05, 1), (0.5 + 0 + 3 + 0) / 4],
    ['self-normalised', selfNormalisedValue(ROWS, 0.05), 6.5 / 4.5],
    ['direct method', directMethodValue(ROWS, 0.05), 3.4 / 4],
    ['doubly robust', doublyRobustValue(ROWS, 0.05), (3.4 + 0.25 - 0.5 + 2) / 4],
    ['switch at 1', switchDoublyRobustValue(ROWS, 0.05, 1), (3.4 + 0.25) / 4],
    ['shrunk with 4', shrunkDoublyRobustValue(ROWS, 0.05, 4), (3.4 + 0.5 * (2 / 4.25) - 0.25 + 1) / 4],
    ['self-normalised doubly robust', selfNormalisedDoublyRobustValue(ROWS, 0.05), 3.4 / 4 + 1.75 / 4.5],
  ])('%s', (_, answer, expected) => {
    expect(known(answer).value).toBeCloseTo(expected, 13)
  })

  it('have the standard error of a mean', () => {
    const { standardError, low, high, effectiveSampleSize, largestWeight } = known(
      inversePropensityValue(ROWS, 0.05),
    )
    const terms = [0.5, 0, 6, 0]
    const variance = terms.reduce((sum, term) => sum + (term - 1.625) ** 2, 0) / 3
    expect(standardError).toBeCloseTo(Math.sqrt(variance / 4), 13)
    expect(high - low).toBeCloseTo(2 * 1.959963984540054 * standardError, 12)
    expect(effectiveSampleSize).toBeCloseTo(4.5 ** 2 / 8.25, 13)
    expect(largestWeight).toBe(2)
  })

  it('shrink between the direct method and the doubly robust estimator', () => {
    expect(known(shrunkDoublyRobustValue(ROWS, 0.05, 0)).value).toBe(
      known(directMethodValue(ROWS, 0.05)).value,
    )
    const free = known(shrunkDoublyRobustValue(ROWS, 0.05, Number.POSITIVE_INFINITY))
    expect(free.value).toBe(known(doublyRobustValue(ROWS, 0.05)).value)
  })

  it.each([
    ['inverse propensity', inversePropensityValue],
    ['self-normalised', selfNormalisedValue],
    ['doubly robust', doublyRobustValue],
    ['self-normalised doubly robust', selfNormalisedDoublyRobustValue],
  ] as const)('%s covers the truth as often as it says', (_, estimate) => {
    const random = new Random(8)
    const runs = 600
    let covered = 0
    for (let run = 0; run < runs; run++) {
      const { low, high } = known(estimate(logOf(random, 300), 0.1))
      if (low <= TRUTH && TRUTH <= high) covered++
    }
    // Four standard errors of a binomial share of 90 %, and a point for 300 decisions being few.
    expect(Math.abs(covered / runs - 0.9)).toBeLessThan(0.01 + 4 * Math.sqrt((0.9 * 0.1) / runs))
  })

  it('know when they cannot tell', () => {
    const [row] = ROWS as [ModelledReward]
    expect(inversePropensityValue([], 0.05)).toBe('no-decisions')
    expect(inversePropensityValue([{ ...row, propensity: 0 }], 0.05)).toBe('invalid-propensities')
    expect(inversePropensityValue([{ ...row, targetProbability: 1.1 }], 0.05)).toBe('invalid-propensities')
    expect(inversePropensityValue([{ ...row, reward: Number.NaN }], 0.05)).toBe('invalid-values')
    expect(selfNormalisedValue([{ ...row, targetProbability: 0 }], 0.05)).toBe('no-overlap')
    expect(doublyRobustValue([{ ...row, modelOfTarget: Number.NaN }], 0.05)).toBe('invalid-values')
    const { value, standardError, low } = known(inversePropensityValue([row], 0.05))
    expect(value).toBe(0.5)
    expect(standardError).toBeNaN()
    expect(low).toBeNaN()
  })
})
