import { tInference } from '../hypothesis-tests/t-inference.ts'

/** One decision of the policy that ran, as its log has it, and what another policy would have done. */
export interface LoggedReward {
  readonly reward: number
  /** Probability with which the policy that ran chose what it chose, in (0, 1]. */
  readonly propensity: number
  /** Probability with which the evaluated policy chooses the same, in [0, 1]. */
  readonly targetProbability: number
}

/** With what a model of the reward expects; the model must not have seen this row. */
export interface ModelledReward extends LoggedReward {
  /** Expected reward of what was chosen. */
  readonly modelOfChosen: number
  /** Expected reward of the evaluated policy: Σ over arms of its probability × the arm's expected reward. */
  readonly modelOfTarget: number
}

/** What a policy would have earned per decision. */
export interface PolicyValue {
  readonly value: number
  /** NaN with a single decision. */
  readonly standardError: number
  readonly low: number
  readonly high: number
  /** (Σw)² / Σw²: how many decisions of the evaluated policy itself the log is worth (Kish 1965). */
  readonly effectiveSampleSize: number
  readonly largestWeight: number
}

/** Why a policy's value cannot be told from the log. */
export type PolicyValueProblem = 'no-decisions' | 'invalid-values' | 'invalid-propensities' | 'no-overlap'

export function policyValueProblem(rows: readonly LoggedReward[]): PolicyValueProblem | undefined {
  if (rows.length === 0) return 'no-decisions'
  for (const { reward, propensity, targetProbability } of rows) {
    if (!Number.isFinite(reward)) return 'invalid-values'
    if (!(propensity > 0 && propensity <= 1)) return 'invalid-propensities'
    if (!(targetProbability >= 0 && targetProbability <= 1)) return 'invalid-propensities'
  }
  return undefined
}

/** Importance weights: target probability / propensity. */
export function importanceWeights(rows: readonly LoggedReward[]): Float64Array {
  return Float64Array.from(rows, ({ targetProbability, propensity }) => targetProbability / propensity)
}

/**
 * Mean of one term per decision, with the standard error of independent terms and a normal interval.
 *
 * @param terms one per decision, at least one
 * @param weights the importance weights, for what they say of the overlap
 */
export function valueOfTerms(terms: Float64Array, weights: Float64Array, alpha: number): PolicyValue {
  const n = terms.length
  const mean = sum(terms) / n
  let squares = 0
  for (const term of terms) squares += (term - mean) ** 2
  const variance = n > 1 ? squares / (n - 1) : Number.NaN
  return { ...intervalOf(mean, Math.sqrt(variance / n), alpha), ...overlapOf(weights) }
}

export function intervalOf(
  value: number,
  standardError: number,
  alpha: number,
): Pick<PolicyValue, 'value' | 'standardError' | 'low' | 'high'> {
  const { low, high } = tInference(value, standardError, Number.POSITIVE_INFINITY, alpha)
  return { value, standardError, low, high }
}

export function overlapOf(weights: Float64Array): Pick<PolicyValue, 'effectiveSampleSize' | 'largestWeight'> {
  let total = 0
  let squares = 0
  let largestWeight = 0
  for (const weight of weights) {
    total += weight
    squares += weight * weight
    largestWeight = Math.max(largestWeight, weight)
  }
  return { effectiveSampleSize: squares > 0 ? (total * total) / squares : 0, largestWeight }
}

export function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
