import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import {
  type ArmScores,
  adaptivelyWeightedDifference,
  adaptivelyWeightedMean,
  armScores,
  type BanditLog,
  uniformlyWeightedMean,
} from './adaptive-arm-means.ts'

const LOG: BanditLog = {
  actions: [0, 1, 0, 1],
  rewards: [1, 0, 2, 3],
  propensities: [
    [0.5, 0.5],
    [0.8, 0.2],
    [0.64, 0.36],
    [0.75, 0.25],
  ],
  model: [
    [0, 0],
    [1, 0],
    [1, 0.5],
    [1.5, 0.5],
  ],
}

function scoresOf(log: BanditLog, arm: number): ArmScores {
  const scores = armScores(log, arm)
  if (typeof scores === 'string') throw new Error(scores)
  return scores
}

/** A bandit that keeps to the arm that looks better, but never gives an arm less than a share that falls with time. */
function banditLog(random: Random, times: number): BanditLog {
  const sums = [0, 0]
  const counts = [0, 0]
  const actions: number[] = []
  const rewards: number[] = []
  const propensities: number[][] = []
  const model: number[][] = []
  for (let t = 1; t <= times; t++) {
    const means = sums.map((sum, arm) => sum / Math.max(1, counts[arm] as number))
    const floor = 0.5 * t ** -0.5
    const first = (means[0] as number) >= (means[1] as number) ? 1 - floor : floor
    const arm = random.next() < first ? 0 : 1
    const reward = 1 + normalQuantile(random.nextOpen())
    actions.push(arm)
    rewards.push(reward)
    propensities.push([first, 1 - first])
    model.push(means)
    sums[arm] = (sums[arm] as number) + reward
    counts[arm] = (counts[arm] as number) + 1
  }
  return { actions, rewards, propensities, model }
}

describe('armScores', () => {
  it('are model + surprise / propensity', () => {
    expect([...scoresOf(LOG, 0).scores]).toEqual([2, 1, 1 + 1 / 0.64, 1.5])
    expect([...scoresOf(LOG, 1).scores]).toEqual([0, 0, 0.5, 0.5 + 2.5 / 0.25])
  })

  it('refuse what is no log', () => {
    expect(armScores({ actions: [], rewards: [], propensities: [] }, 0)).toBe('no-decisions')
    expect(armScores(LOG, 2)).toBe('invalid-propensities')
    expect(armScores({ ...LOG, rewards: [1] }, 0)).toBe('invalid-values')
    expect(armScores({ ...LOG, rewards: [Number.NaN, 0, 2, 3] }, 0)).toBe('invalid-values')
    const never = { ...LOG, propensities: [...LOG.propensities.slice(1), [0, 1]] }
    expect(armScores(never, 0)).toBe('invalid-propensities')
  })
})

describe('arm means', () => {
  it('weigh by the root of the propensity', () => {
    const { estimate, standardError } = adaptivelyWeightedMean(scoresOf(LOG, 0), 0.05)
    const weights = [0.5, 0.8, 0.64, 0.75].map(Math.sqrt)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const scores = [2, 1, 1 + 1 / 0.64, 1.5]
    const mean = scores.reduce((sum, score, t) => sum + (weights[t] as number) * score, 0) / total
    const squares = scores.reduce((sum, score, t) => sum + ((weights[t] as number) * (score - mean)) ** 2, 0)
    expect(estimate).toBeCloseTo(mean, 13)
    expect(standardError).toBeCloseTo(Math.sqrt(squares) / total, 13)
    expect(uniformlyWeightedMean(scoresOf(LOG, 0), 0.05).estimate).toBeCloseTo((5.5 + 1 / 0.64) / 4, 13)
  })

  it('cover the truth under a bandit that adapts, where the plain mean of the rarer arm is biased', () => {
    const random = new Random(17)
    const runs = 400
    let covered = 0
    let differenceCovered = 0
    let plainBias = 0
    for (let run = 0; run < runs; run++) {
      const log = banditLog(random, 500)
      const [first, second] = [scoresOf(log, 0), scoresOf(log, 1)]
      const { low, high } = adaptivelyWeightedMean(first, 0.1)
      if (low <= 1 && 1 <= high) covered++
      const difference = adaptivelyWeightedDifference(first, second, 0.1)
      if (difference.low <= 0 && 0 <= difference.high) differenceCovered++
      const own = log.rewards.filter((_, t) => log.actions[t] === 0)
      plainBias += (own.reduce((sum, reward) => sum + reward, 0) / own.length - 1) / runs
    }
    // Four standard errors of a binomial share, and two points for 500 times being few.
    const allowance = 0.02 + 4 * Math.sqrt((0.9 * 0.1) / runs)
    expect(Math.abs(covered / runs - 0.9)).toBeLessThan(allowance)
    expect(Math.abs(differenceCovered / runs - 0.9)).toBeLessThan(allowance)
    expect(plainBias).toBeLessThan(-0.02)
  })
})
