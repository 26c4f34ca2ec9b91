import type { Random } from '../../../packages/engine/src/random.ts'
import {
  adaptivelyWeightedDifference,
  adaptivelyWeightedMean,
  armScores,
  uniformlyWeightedMean,
} from '../../../packages/engine/src/statistics/off-policy/adaptive-arm-means.ts'
import { ALPHA, type Band, COVERAGE, FOR_CONTRAST } from '../band.ts'
import type { Question } from '../row.ts'
import { type Study, simulation } from '../study.ts'
import { holds } from './estimators-one-look.ts'

const DECISIONS = 2000
const EXPLORATION = 0.1
const RATE = 0.3

function question(method: string, band: Band): Question {
  return {
    section: 'coverage',
    measure: 'After a bandit has divided the units',
    method,
    population: `binomial, ${100 * RATE} % in both variants`,
    sample: `${DECISIONS.toLocaleString('en')} decisions, ${100 * EXPLORATION} % at random, else the better so far`,
    band,
  }
}

/** A bandit that runs after what looks better: plain means are then too low and their intervals wrong. */
export const adaptive: Study = simulation({
  name: 'adaptive allocation',
  experiments: 4000,
  questions: [
    question('mean of a variant, adaptively weighted', COVERAGE.approximate),
    question('difference, adaptively weighted', COVERAGE.approximate),
    question('mean of a variant, uniformly weighted', FOR_CONTRAST),
    question('mean of a variant, plain, Wald', FOR_CONTRAST),
  ],
  experiment: (random, see) => {
    const { log, counts, successes } = follow(random)
    const [first, second] = [armScores(log, 0), armScores(log, 1)]
    if (typeof first === 'string' || typeof second === 'string') return
    see(0, holds(adaptivelyWeightedMean(first, ALPHA), RATE))
    see(1, holds(adaptivelyWeightedDifference(first, second, ALPHA), 0))
    see(2, holds(uniformlyWeightedMean(first, ALPHA), RATE))
    const share = (successes[0] as number) / (counts[0] as number)
    const margin = 1.96 * Math.sqrt((share * (1 - share)) / (counts[0] as number))
    see(3, Math.abs(share - RATE) <= margin)
  },
})

function follow(random: Random) {
  const [actions, rewards, propensities, model] = [
    [] as number[],
    [] as number[],
    [] as number[][],
    [] as number[][],
  ]
  const [counts, successes] = [
    [0, 0],
    [0, 0],
  ]
  for (let t = 0; t < DECISIONS; t++) {
    const means = counts.map((count, i) => ((successes[i] as number) + 1) / (count + 2))
    const better = (means[0] as number) >= (means[1] as number) ? 0 : 1
    const propensity = [EXPLORATION / 2, EXPLORATION / 2]
    propensity[better] = 1 - EXPLORATION / 2
    const action = random.next() < (propensity[0] as number) ? 0 : 1
    const reward = random.next() < RATE ? 1 : 0
    counts[action] = (counts[action] as number) + 1
    successes[action] = (successes[action] as number) + reward
    actions.push(action)
    rewards.push(reward)
    propensities.push(propensity)
    model.push(means)
  }
  return { log: { actions, rewards, propensities, model }, counts, successes }
}
