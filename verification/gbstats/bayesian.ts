import { compareNormals } from '../../packages/engine/src/statistics/bayesian/compare-two.ts'
import {
  type NormalDistribution,
  normalPosterior,
} from '../../packages/engine/src/statistics/bayesian/posterior.ts'
import { priorForDifference, priorForLift } from '../../packages/engine/src/statistics/bayesian/priors.ts'
import { normalQuantile } from '../../packages/engine/src/statistics/distributions/normal-quantile.ts'
import type { PeerEffect } from './effect.ts'
import type { EffectConfig } from './golden.ts'
import type { TestAnswer } from './test-answer.ts'

/** The effect with its normal distribution: flat or proper prior. */
export function bayesianAnswer(effect: PeerEffect, config: EffectConfig): TestAnswer {
  const posterior = normalPosterior(effect, priorFor(effect, config))
  const { mean, standardDeviation } = posterior
  const compared = compareNormals({ mean: 0, standardDeviation: 0 }, posterior)
  const margin = -normalQuantile(config.alpha / 2) * standardDeviation
  const isInverse = config.inverse === true
  const risks = [compared.expectedLossChoosingControl, compared.expectedLossChoosingTreatment]
  return {
    expected: mean,
    low: mean - margin,
    high: mean + margin,
    mean,
    standardDeviation,
    rest: {
      chanceToWin: isInverse ? compared.chanceControlBetter : compared.chanceToBeatControl,
      risk: isInverse ? risks.reverse() : risks,
      riskType: config.difference_type,
    },
  }
}

/** The prior on the scale of the effect; undefined where it is flat. */
function priorFor({ baseline }: PeerEffect, config: EffectConfig): NormalDistribution | undefined {
  const { prior_effect: given, prior_type, difference_type } = config
  if (!given?.proper) return undefined
  const prior = { mean: given.mean, standardDeviation: Math.sqrt(given.variance) }
  if (prior_type === difference_type) return prior
  return prior_type === 'relative'
    ? priorForDifference(prior, Math.abs(baseline))
    : priorForLift(prior, Math.abs(baseline))
}
