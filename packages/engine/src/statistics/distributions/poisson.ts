import { incompleteGamma, logGammaFactor } from '../special/incomplete-gamma.ts'
import { ALL_ABOVE, flip, NO_TAILS, type Tails } from '../special/tails.ts'

/**
 * P(X = k) of the Poisson distribution. Relative error below 1e-12 for means up to 1e9.
 *
 * @param k any number; 0 for what is no whole number ≥ 0
 * @param mean ≥ 0, finite
 * @returns NaN outside the domain
 *
 * Source: Loader 2000, "Fast and accurate computation of binomial probabilities", section 4.
 */
export function poissonMass(k: number, mean: number): number {
  return Math.exp(poissonLogMass(k, mean))
}

/** log P(X = k), exact where the probability underflows; see {@link poissonMass}. */
export function poissonLogMass(k: number, mean: number): number {
  if (!isMean(mean) || Number.isNaN(k)) return Number.NaN
  if (k < 0 || !Number.isInteger(k)) return Number.NEGATIVE_INFINITY
  if (k === 0) return -mean
  if (mean === 0) return Number.NEGATIVE_INFINITY
  return logGammaFactor(k, mean) - Math.log(k)
}

/**
 * P(X ≤ k) as `lower` and P(X > k) as `upper` of the Poisson distribution, and their natural logarithms. Relative
 * error below 1e-12 in both tails for means up to 1e9.
 *
 * @param k any number
 * @param mean ≥ 0, finite
 * @returns NaN outside the domain
 *
 * Source: Abramowitz & Stegun 1964, 26.4.21.
 */
export function poissonTails(k: number, mean: number): Tails {
  if (!isMean(mean) || Number.isNaN(k)) return NO_TAILS
  const events = Math.floor(k)
  if (events < 0) return ALL_ABOVE
  if (events === Number.POSITIVE_INFINITY) return flip(ALL_ABOVE)
  return flip(incompleteGamma(events + 1, mean))
}

function isMean(mean: number): boolean {
  return mean >= 0 && mean < Number.POSITIVE_INFINITY
}
