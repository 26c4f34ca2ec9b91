import { sampleRatioTest } from '../../packages/engine/src/statistics/hypothesis-tests/chi-square-tests.ts'
import type { SampleRatioCase } from './golden.ts'
import { isNear, type Outcome } from './outcome.ts'

/** Whether units were shared out as the weights say. */
export function checkSampleRatio({ users, weights, p }: SampleRatioCase): Outcome {
  const { pValue } = sampleRatioTest(users, weights)
  return {
    worstError: Math.abs(pValue - p) / p,
    deviations: [],
    problems: isNear(pValue, p) ? [] : [`p: ${pValue} instead of ${p}`],
  }
}
