import { type TInference, tInference } from '../hypothesis-tests/t-inference.ts'

/** What a bandit did, in the order of time. */
export interface BanditLog {
  /** Arm chosen at each time, from 0. */
  readonly actions: readonly number[]
  readonly rewards: readonly number[]
  /** Probability of each arm at each time, given the past: propensities[time][arm]. */
  readonly propensities: readonly (readonly number[])[]
  /** Expected reward of each arm, from earlier times only; 0 when absent. */
  readonly model?: readonly (readonly number[])[]
}

/** Unbiased scores of one arm's mean reward, one per time, and the arm's propensities. */
export interface ArmScores {
  readonly scores: Float64Array
  readonly propensities: Float64Array
}

export type ArmScoresProblem = 'no-decisions' | 'invalid-values' | 'invalid-propensities'

/**
 * Augmented inverse propensity scores of an arm: m + 1{chosen}·(r − m) / e. Each has the arm's mean reward as its
 * expectation given the past, also where the bandit chose by what it had learned.
 *
 * @returns 'invalid-propensities' unless the arm's propensity lies in (0, 1] at every time
 *
 * Source: Hadad, Hirshberg, Zhan, Wager & Athey 2021, doi:10.1073/pnas.2014602118 (arXiv:1911.02768), eq. 5.
 */
export function armScores(log: BanditLog, arm: number): ArmScores | ArmScoresProblem {
  const n = log.actions.length
  if (n === 0) return 'no-decisions'
  if (log.rewards.length !== n || log.propensities.length !== n) return 'invalid-values'
  const scores = new Float64Array(n)
  const propensities = new Float64Array(n)
  for (let t = 0; t < n; t++) {
    const propensity = log.propensities[t]?.[arm] ?? Number.NaN
    if (!(propensity > 0 && propensity <= 1)) return 'invalid-propensities'
    const expected = log.model ? (log.model[t]?.[arm] ?? Number.NaN) : 0
    const surprise = log.actions[t] === arm ? ((log.rewards[t] as number) - expected) / propensity : 0
    if (!Number.isFinite(expected + surprise)) return 'invalid-values'
    scores[t] = expected + surprise
    propensities[t] = propensity
  }
  return { scores, propensities }
}

/**
 * Mean of an arm's scores. Unbiased, but under adaptive allocation its distribution need not be normal: the
 * interval holds for allocations that settle; otherwise use {@link adaptivelyWeightedMean}.
 *
 * @returns a normal test and interval; the standard error has divisor T
 *
 * Source: Hadad et al. 2021, eq. 6 with constant weights.
 */
export function uniformlyWeightedMean({ scores }: ArmScores, alpha: number): TInference {
  return weightedMean(scores, new Float64Array(scores.length).fill(1), alpha)
}

/**
 * Mean of an arm's scores with the weights √e: times at which the arm was rarely chosen, whose scores vary as
 * 1 / e, count less. The studentised mean is asymptotically normal although the bandit adapted.
 *
 * Source: Hadad et al. 2021, eq. 6 to 8, with the variance-stabilising weights of eq. 18 (constant allocation).
 */
export function adaptivelyWeightedMean({ scores, propensities }: ArmScores, alpha: number): TInference {
  return weightedMean(scores, propensities.map(Math.sqrt), alpha)
}

/**
 * Difference of two arms' adaptively weighted means, first − second, from the same times: the variance is that of
 * the difference of the two weighted scores.
 *
 * Source: Hadad et al. 2021, the section on treatment effects.
 */
export function adaptivelyWeightedDifference(first: ArmScores, second: ArmScores, alpha: number): TInference {
  const a = influences(first.scores, first.propensities.map(Math.sqrt))
  const b = influences(second.scores, second.propensities.map(Math.sqrt))
  let squares = 0
  for (const [t, influence] of a.influence.entries()) squares += (influence - (b.influence[t] as number)) ** 2
  return tInference(a.mean - b.mean, Math.sqrt(squares), Number.POSITIVE_INFINITY, alpha)
}

function weightedMean(scores: Float64Array, weights: Float64Array, alpha: number): TInference {
  const { mean, influence } = influences(scores, weights)
  let squares = 0
  for (const value of influence) squares += value * value
  return tInference(mean, Math.sqrt(squares), Number.POSITIVE_INFINITY, alpha)
}

/** Weighted mean, and what each time contributes to its error. */
function influences(
  scores: Float64Array,
  weights: Float64Array,
): { readonly mean: number; readonly influence: Float64Array } {
  let total = 0
  let weighted = 0
  for (const [t, score] of scores.entries()) {
    total += weights[t] as number
    weighted += (weights[t] as number) * score
  }
  const mean = weighted / total
  return { mean, influence: scores.map((score, t) => ((weights[t] as number) * (score - mean)) / total) }
}
