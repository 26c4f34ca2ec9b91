import {
  type ArmScores,
  adaptivelyWeightedMean,
  armScores,
  uniformlyWeightedMean,
} from '../../../packages/engine/src/statistics/off-policy/adaptive-arm-means.ts'
import { doublyRobustValue } from '../../../packages/engine/src/statistics/off-policy/doubly-robust.ts'
import {
  inversePropensityValue,
  selfNormalisedValue,
} from '../../../packages/engine/src/statistics/off-policy/importance-sampling.ts'
import type { PolicyValue } from '../../../packages/engine/src/statistics/off-policy/policy-value.ts'
import type { Answer, VectorMethods } from '../vector-method.ts'

interface Log {
  readonly action: readonly number[]
  readonly propensities: readonly (readonly number[])[]
  readonly reward: readonly number[]
  readonly model: readonly (readonly number[])[]
}

const ALPHA = 0.05

export const offPolicy: VectorMethods = {
  'off-policy': {
    title:
      'IPS / self-normalised IPS / doubly robust policy value; AIPW and adaptively weighted AIPW arm means from bandit logs',
    compute: ({ action, propensities, reward, model }: Log) => {
      const arms = propensities[0]?.length ?? 0
      const rows = action.map((arm, t) => ({
        reward: reward[t] as number,
        propensity: propensities[t]?.[arm] as number,
        targetProbability: 1 / arms,
        modelOfChosen: model[t]?.[arm] as number,
        modelOfTarget: (model[t] ?? []).reduce((sum, value) => sum + value, 0) / arms,
      }))
      const log = { actions: action, rewards: reward, propensities, model }
      return {
        ips: estimateOf(inversePropensityValue(rows, ALPHA)),
        snips: estimateOf(selfNormalisedValue(rows, ALPHA)),
        dr: estimateOf(doublyRobustValue(rows, ALPHA)),
        arms: Array.from({ length: arms }, (_, arm) => armFields(armScores(log, arm))),
      }
    },
  },
}

function estimateOf(answer: PolicyValue | string): Answer {
  return typeof answer === 'string' ? answer : answer.value
}

function armFields(scores: ArmScores | string): Answer {
  if (typeof scores === 'string') return scores
  const uniform = uniformlyWeightedMean(scores, ALPHA)
  const adaptive = adaptivelyWeightedMean(scores, ALPHA)
  return {
    aipw_uniform: uniform.estimate,
    aipw_uniform_se: uniform.standardError,
    aw_aipw: adaptive.estimate,
    aw_aipw_se: adaptive.standardError,
    ci95: [adaptive.low, adaptive.high],
  }
}
