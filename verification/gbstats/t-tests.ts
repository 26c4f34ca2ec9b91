import { studentTQuantile } from '../../packages/engine/src/statistics/distributions/student-t-quantile.ts'
import { tInference } from '../../packages/engine/src/statistics/hypothesis-tests/t-inference.ts'
import type { PeerEffect } from './effect.ts'
import type { EffectConfig } from './golden.ts'
import type { Sides, TestAnswer } from './test-answer.ts'

/** A test at one look, with Student's t distribution for every kind of metric. */
export function tTestAnswer(
  effect: PeerEffect,
  { alpha, test_value = 0 }: EffectConfig,
  sides: Sides,
): TestAnswer {
  const { estimate, standardError, degreesOfFreedom } = effect
  const test = tInference(estimate - test_value, standardError, degreesOfFreedom, alpha)
  const perSide = sides === 'two-sided' ? alpha / 2 : alpha
  const margin = -studentTQuantile(perSide, degreesOfFreedom) * standardError
  const pValues = { 'two-sided': test.pValue, greater: test.pValueGreater, less: test.pValueLess }
  return {
    expected: estimate,
    low: sides === 'less' ? Number.NEGATIVE_INFINITY : estimate - margin,
    high: sides === 'greater' ? Number.POSITIVE_INFINITY : estimate + margin,
    mean: estimate,
    standardDeviation: standardError,
    rest: { pValue: pValues[sides], pValueErrorMessage: null },
  }
}
