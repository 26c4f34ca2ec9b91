import { selfNormalised } from './importance-sampling.ts'
import {
  importanceWeights,
  type ModelledReward,
  type PolicyValue,
  type PolicyValueProblem,
  policyValueProblem,
  valueOfTerms,
} from './policy-value.ts'

/**
 * Value of a policy from a model of the reward alone: as good as the model, and the standard error knows nothing
 * of the model's own error.
 *
 * Source: Dudík, Langford & Li 2011, arXiv:1103.4601, section 2.
 */
export function directMethodValue(
  rows: readonly ModelledReward[],
  alpha: number,
): PolicyValue | PolicyValueProblem {
  return withWeights(rows, alpha, () => 0)
}

/**
 * Value of a policy by the doubly robust estimator: the mean of m(target) + w·(r − m(chosen)). Right when the
 * propensities or the model are right; less variance than weighting alone as far as the model predicts.
 *
 * @param rows with a model that was fitted without the row (on other folds, or on earlier decisions)
 *
 * Source: Dudík, Langford & Li 2011, arXiv:1103.4601, section 2.
 */
export function doublyRobustValue(
  rows: readonly ModelledReward[],
  alpha: number,
): PolicyValue | PolicyValueProblem {
  return withWeights(rows, alpha, (weight) => weight)
}

/**
 * Doubly robust with the weight dropped where it exceeds a threshold: there the model alone answers.
 *
 * @param threshold ≥ 0
 *
 * Source: Wang, Agarwal & Dudík 2017, arXiv:1612.01205 (SWITCH-DR).
 */
export function switchDoublyRobustValue(
  rows: readonly ModelledReward[],
  alpha: number,
  threshold: number,
): PolicyValue | PolicyValueProblem {
  return withWeights(rows, alpha, (weight) => (weight <= threshold ? weight : 0))
}

/**
 * Doubly robust with weights shrunk to λw / (w² + λ), which bounds them by √λ / 2.
 *
 * @param shrinkage λ ≥ 0; 0 is the direct method, Infinity the doubly robust estimator
 *
 * Source: Su, Dimakopoulou, Krishnamurthy & Dudík 2020, arXiv:1907.09623 (optimistic shrinkage).
 */
export function shrunkDoublyRobustValue(
  rows: readonly ModelledReward[],
  alpha: number,
  shrinkage: number,
): PolicyValue | PolicyValueProblem {
  return withWeights(rows, alpha, (weight) =>
    shrinkage > 0 ? weight / ((weight * weight) / shrinkage + 1) : 0,
  )
}

/**
 * Doubly robust with self-normalised weights: Σw·(r − m(chosen)) / Σw added to the mean of m(target).
 *
 * Source: Thomas & Brunskill 2016, arXiv:1604.00923 (weighted doubly robust), for one step.
 */
export function selfNormalisedDoublyRobustValue(
  rows: readonly ModelledReward[],
  alpha: number,
): PolicyValue | PolicyValueProblem {
  const problem = problemOf(rows)
  if (problem) return problem
  return selfNormalised(
    rows.map(({ reward, modelOfChosen }) => reward - modelOfChosen),
    importanceWeights(rows),
    alpha,
    Float64Array.from(rows, ({ modelOfTarget }) => modelOfTarget),
  )
}

function withWeights(
  rows: readonly ModelledReward[],
  alpha: number,
  change: (weight: number) => number,
): PolicyValue | PolicyValueProblem {
  const problem = problemOf(rows)
  if (problem) return problem
  const weights = importanceWeights(rows)
  const terms = Float64Array.from(rows, ({ reward, modelOfChosen, modelOfTarget }, i) => {
    const weight = change(weights[i] as number)
    return modelOfTarget + weight * (reward - modelOfChosen)
  })
  return valueOfTerms(terms, weights, alpha)
}

function problemOf(rows: readonly ModelledReward[]): PolicyValueProblem | undefined {
  const isModelled = rows.every(
    ({ modelOfChosen, modelOfTarget }) => Number.isFinite(modelOfChosen) && Number.isFinite(modelOfTarget),
  )
  return policyValueProblem(rows) ?? (isModelled ? undefined : 'invalid-values')
}
