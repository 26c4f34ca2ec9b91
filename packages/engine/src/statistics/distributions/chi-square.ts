import { incompleteGamma } from '../special/incomplete-gamma.ts'
import { NO_TAILS, type Tails } from '../special/tails.ts'

/**
 * Both tails of the chi-square distribution, and their natural logarithms.
 *
 * @param x ≥ 0; below 0 the lower tail is empty
 * @param degreesOfFreedom > 0, not necessarily whole
 * @returns NaN outside the domain
 *
 * Source: Abramowitz & Stegun 1964, 26.4.19.
 */
export function chiSquareTails(x: number, degreesOfFreedom: number): Tails {
  if (Number.isNaN(x)) return NO_TAILS
  return incompleteGamma(degreesOfFreedom / 2, Math.max(0, x) / 2)
}

/** P(X ≤ x); see {@link chiSquareTails}. */
export function chiSquareCdf(x: number, degreesOfFreedom: number): number {
  return chiSquareTails(x, degreesOfFreedom).lower
}

/** P(X > x): the p-value of a chi-square statistic; see {@link chiSquareTails}. */
export function chiSquareSf(x: number, degreesOfFreedom: number): number {
  return chiSquareTails(x, degreesOfFreedom).upper
}

/** log₁₀ P(X > x), exact where the p-value itself underflows to 0. */
export function chiSquareLog10Sf(x: number, degreesOfFreedom: number): number {
  return chiSquareTails(x, degreesOfFreedom).logUpper / Math.LN10
}
