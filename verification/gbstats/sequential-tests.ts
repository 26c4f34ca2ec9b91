import {
  approximateRhoSquared,
  asymptoticConfidenceSequence,
} from '../../packages/engine/src/statistics/sequential/asymptotic-confidence-sequence.ts'
import type { PeerEffect } from './effect.ts'
import type { EffectConfig } from './golden.ts'
import type { Sides, TestAnswer } from './test-answer.ts'

/** The asymptotic confidence sequence, with the choice of ρ in closed form. */
export function sequentialAnswer(effect: PeerEffect, config: EffectConfig, sidedness: Sides): TestAnswer {
  const { alpha, sequential_tuning_parameter: units = Number.NaN, test_value: nullValue = 0 } = config
  const rhoSquared = approximateRhoSquared({ alpha, units, sidedness })
  const { low, high, pValue } = asymptoticConfidenceSequence(effect, {
    alpha,
    rhoSquared,
    sidedness,
    nullValue,
  })
  return {
    expected: effect.estimate,
    low,
    high,
    mean: effect.estimate,
    standardDeviation: effect.standardError,
    rest: { pValue, pValueErrorMessage: null },
  }
}
