import { normalLog10TwoSidedP, normalTwoSidedP } from '../distributions/normal.ts'
import { findRoot } from '../special/find-root.ts'

/**
 * A sequence that is not looked at before a given sample has spent nothing until then. Its mixture may cross a
 * threshold c < 1 / alpha, so that the whole error from the first look on is alpha:
 *
 *   P(some look from the first on has M ≥ c) = P(M₁ ≥ c) + E[M₁; M₁ < c] / c,
 *
 * M₁ the mixture at the first look: in continuous time M goes to 0, and from below c it reaches c with probability
 * M₁ / c. Fewer looks err less often.
 *
 * Source: the argument of Robbins & Siegmund 1970, doi:10.1214/aoms/1177696787 (with an improper prior their
 * boundary √(t (a² + log(t / m)))); for asymptotic sequences Waudby-Smith et al. 2024
 * (arXiv:2103.06476), where errors are controlled from a first look on, too.
 */

/**
 * log of the probability that the mixture ever reaches c from the first look on.
 *
 * @param firstRatio variance ratio of the mixture at the first look, > 0
 * @param logThreshold log(1 / c)
 * @returns at most 0; NaN outside the domain
 */
export function logErrorFrom(firstRatio: number, logThreshold: number): number {
  if (!(firstRatio > 0) || Number.isNaN(logThreshold)) return Number.NaN
  const z = Math.sqrt((1 + 1 / firstRatio) * Math.max(0, Math.log1p(firstRatio) - 2 * logThreshold))
  if (z === 0) return 0
  // Under the mixture the first z has variance 1 + ratio.
  const mixed = logThreshold + Math.log1p(-normalTwoSidedP(z / Math.sqrt(1 + firstRatio)))
  const atOnce = normalLog10TwoSidedP(z) * Math.LN10
  const larger = Math.max(mixed, atOnce)
  return Math.min(0, larger + Math.log1p(Math.exp(Math.min(mixed, atOnce) - larger)))
}

/**
 * 1 / c for which the error from the first look on is alpha: what takes the place of alpha in the interval.
 *
 * @param firstRatio variance ratio of the mixture at the first look, > 0
 * @param alpha in (0, 1)
 * @returns at least alpha; NaN outside the domain
 */
export function thresholdFrom(firstRatio: number, alpha: number): number {
  if (!(firstRatio > 0 && alpha > 0 && alpha < 1)) return Number.NaN
  const excess = (logThreshold: number) => logErrorFrom(firstRatio, logThreshold) - Math.log(alpha)
  const largest = Math.log1p(firstRatio) / 2
  if (excess(Math.log(alpha)) >= 0) return alpha
  return Math.exp(findRoot(excess, Math.log(alpha), largest))
}
