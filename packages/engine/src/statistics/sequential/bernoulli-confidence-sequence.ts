import type { Interval } from '../intervals/mover.ts'
import { findRoot } from '../special/find-root.ts'
import { logBetaFactor } from '../special/incomplete-beta.ts'
import { mixtureScale } from './uniform-boundaries.ts'

export interface SuccessCount {
  /** 0 ≤ successes ≤ trials */
  readonly successes: number
  readonly trials: number
}

export interface BernoulliTuning {
  /** In (0, 1); the intervals at all times together hold with confidence 1 − alpha, exactly. */
  readonly alpha: number
  /** Trials > 0 at which the sequence shall be about the narrowest; the same at every look. */
  readonly bestAt: number
}

const NO_INTERVAL: Interval = { low: Number.NaN, high: Number.NaN }

/** Least variance of the mixture, as a share of the variance of an outcome, where the tuning would leave none. */
const LEAST_SHARE = 1e-3

/** Logit of the smallest proportion that is looked at; e to this power is still far from 0. */
const LOWEST_LOGIT = -600

/** A share of failures of trials⁻¹ e to minus this power leaves no trace in the trials, so it is not rejected. */
const UNSEEN_LOGITS = 40

/**
 * Interval of a proportion from independent yes-or-no outcomes (or outcomes in [0, 1] with the same conditional mean)
 * that holds at all times together, without any approximation: shares that the mixture of beta alternatives around
 * them does not reject.
 *
 * @returns NaN outside the domain; without trials [0, 1]
 *
 * Source: Howard et al. 2021, proposition 7 with g = p, h = 1 − p (arXiv:1810.08240), the prior's r as in section 3.5.
 */
export function bernoulliConfidenceSequence(count: SuccessCount, tuning: BernoulliTuning): Interval {
  const { successes, trials } = count
  const { alpha, bestAt } = tuning
  const isCount = successes >= 0 && successes <= trials && trials < Number.POSITIVE_INFINITY
  if (!isCount || !(alpha > 0 && alpha < 1) || !(bestAt > 0 && bestAt < Number.POSITIVE_INFINITY))
    return NO_INTERVAL
  if (trials === 0) return { low: 0, high: 1 }
  const threshold = -Math.log(alpha)
  const excess = (logit: number) => logMixture(count, share(logit), share(-logit), tuning) - threshold
  const centre = centreOf(count)
  // A single success among many trials may not suffice to exclude 0: the mixture around a tiny share is as tiny.
  const reachesZero = successes === 0 || excess(LOWEST_LOGIT) < 0
  const reachesOne = successes === trials || excess(-LOWEST_LOGIT) < 0
  return {
    low: reachesZero ? 0 : share(findRoot(excess, LOWEST_LOGIT, centre)),
    high: reachesOne ? 1 : share(findRoot(excess, centre, -LOWEST_LOGIT)),
  }
}

/**
 * Natural logarithm of the evidence against a proportion: an e-value at every time.
 *
 * @param proportion in (0, 1)
 * @returns NaN outside the domain
 */
export function logBernoulliMixture(
  count: SuccessCount,
  proportion: number,
  tuning: BernoulliTuning,
): number {
  const inside = proportion > 0 && proportion < 1
  return inside ? logMixture(count, proportion, 1 - proportion, tuning) : Number.NaN
}

/** Logit of a proportion that is certainly believed: the one seen, or beyond what could have been seen. */
function centreOf({ successes, trials }: SuccessCount): number {
  const farthest = Math.log(trials) + UNSEEN_LOGITS
  const seen = Math.log(successes / (trials - successes))
  return Math.max(-farthest, Math.min(farthest, seen))
}

/** log of B(a + k, b + n − k) / B(a, b) / (pᵏ qⁿ⁻ᵏ), with a beta prior of mean p; as two ratios that do not overflow. */
function logMixture(
  { successes, trials }: SuccessCount,
  p: number,
  q: number,
  { alpha, bestAt }: BernoulliTuning,
): number {
  const variance = p * q
  const prior = Math.max(mixtureScale(bestAt * variance, alpha) - variance, LEAST_SHARE * variance)
  const a = prior / q
  const b = prior / p
  return logBetaFactor(p, a, b, q) - logBetaFactor(p, a + successes, b + (trials - successes), q)
}

function share(logit: number): number {
  return logit < 0 ? Math.exp(logit) / (1 + Math.exp(logit)) : 1 / (1 + Math.exp(-logit))
}
