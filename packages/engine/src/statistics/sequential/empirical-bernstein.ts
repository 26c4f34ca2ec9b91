import type { Interval } from '../intervals/mover.ts'
import { deviance } from '../special/log-gamma.ts'

/** Sums of an empirical Bernstein confidence sequence, for outcomes in [0, 1]; start with {@link startEmpiricalBernstein}. */
export interface EmpiricalBernsteinState {
  readonly alpha: number
  readonly units: number
  readonly sum: number
  /** Σ (xᵢ − mean at i)². */
  readonly squares: number
  /** Σ λᵢ, Σ λᵢ xᵢ and Σ vᵢ ψ(λᵢ). */
  readonly weight: number
  readonly weightedSum: number
  readonly penalty: number
}

/** What is believed of mean and variance before the first outcome, with the weight of one. */
const PRIOR_MEAN = 1 / 2
const PRIOR_VARIANCE = 1 / 4

/** Bets stay below this, so that no outcome ruins. */
const LARGEST_BET = 1 / 2

/** @param alpha in (0, 1) */
export function startEmpiricalBernstein(alpha: number): EmpiricalBernsteinState {
  return { alpha, units: 0, sum: 0, squares: 0, weight: 0, weightedSum: 0, penalty: 0 }
}

/**
 * The state after one more outcome.
 *
 * @param value in [0, 1]; one outside makes all that follows NaN
 *
 * Source: Waudby-Smith & Ramdas 2024, theorem 2 and equations 14 and 15, doi:10.1093/jrsssb/qkad009
 * (arXiv:2010.09686).
 */
export function addToEmpiricalBernstein(
  state: EmpiricalBernsteinState,
  value: number,
): EmpiricalBernsteinState {
  const x = value >= 0 && value <= 1 ? value : Number.NaN
  const before = plugIn(state)
  const bet = Math.min(predictableBet(state, before.variance), LARGEST_BET)
  const surprise = x - before.mean
  const after = (PRIOR_MEAN + state.sum + x) / (state.units + 2)
  return {
    alpha: state.alpha,
    units: state.units + 1,
    sum: state.sum + x,
    squares: state.squares + (x - after) ** 2,
    weight: state.weight + bet,
    weightedSum: state.weightedSum + bet * x,
    penalty: state.penalty + surprise * surprise * deviance(1, 1 - bet, bet),
  }
}

/**
 * Interval of the mean at this time, within [0, 1]. All times together hold with confidence 1 − alpha; so does their
 * intersection.
 *
 * @returns [0, 1] before the first outcome; NaN outside the domain
 */
export function empiricalBernsteinInterval(state: EmpiricalBernsteinState): Interval {
  const { alpha, weight, weightedSum, penalty } = state
  if (!(alpha > 0 && alpha < 1) || Number.isNaN(weightedSum)) return { low: Number.NaN, high: Number.NaN }
  if (weight === 0) return { low: 0, high: 1 }
  const centre = weightedSum / weight
  const margin = (Math.log(2 / alpha) + penalty) / weight
  return { low: Math.max(0, centre - margin), high: Math.min(1, centre + margin) }
}

/** Mean and variance from what came before, so that a bet does not know the outcome that it is laid on. */
export function plugIn({ units, sum, squares }: Pick<EmpiricalBernsteinState, 'units' | 'sum' | 'squares'>) {
  return { mean: (PRIOR_MEAN + sum) / (units + 1), variance: (PRIOR_VARIANCE + squares) / (units + 1) }
}

/** λₜ = √(2 log(2 / α) / (σ̂²ₜ₋₁ t log(1 + t))), t the number of the coming outcome. */
export function predictableBet({ alpha, units }: { alpha: number; units: number }, variance: number): number {
  const t = units + 1
  return Math.sqrt((2 * Math.log(2 / alpha)) / (variance * t * Math.log1p(t)))
}
