import { incompleteBeta, logBetaFactor } from '../special/incomplete-beta.ts'
import { ALL_ABOVE, flip, NO_TAILS, type Tails } from '../special/tails.ts'

/**
 * P(X = k) of the binomial distribution. Relative error below 1e-12 for n up to 1e9.
 *
 * @param k any number; 0 for what is no whole number from 0 to n
 * @param n trials, a whole number ≥ 0
 * @param p probability of success, in [0, 1]
 * @returns NaN outside the domain
 *
 * Source: Loader 2000, "Fast and accurate computation of binomial probabilities".
 */
export function binomialMass(k: number, n: number, p: number): number {
  return Math.exp(binomialLogMass(k, n, p))
}

/** log P(X = k), exact where the probability underflows; see {@link binomialMass}. */
export function binomialLogMass(k: number, n: number, p: number): number {
  if (!isDomain(n, p) || Number.isNaN(k)) return Number.NaN
  if (k < 0 || k > n || !Number.isInteger(k)) return Number.NEGATIVE_INFINITY
  if (k === 0) return n === 0 ? 0 : n * Math.log1p(-p)
  if (k === n) return n * Math.log(p)
  if (p === 0 || p === 1) return Number.NEGATIVE_INFINITY
  return logBetaFactor(p, k, n - k) - Math.log(k * ((n - k) / n))
}

/**
 * P(X ≤ k) as `lower` and P(X > k) as `upper` of the binomial distribution, and their natural logarithms. Relative
 * error below 1e-12 in both tails for n up to 1e9.
 *
 * @param k any number
 * @param n trials, a whole number ≥ 0
 * @param p probability of success, in [0, 1]
 * @returns NaN outside the domain
 *
 * Source: Abramowitz & Stegun 1964, 26.5.24.
 */
export function binomialTails(k: number, n: number, p: number): Tails {
  if (!isDomain(n, p) || Number.isNaN(k)) return NO_TAILS
  const successes = Math.floor(k)
  if (successes < 0) return ALL_ABOVE
  if (successes >= n) return flip(ALL_ABOVE)
  return flip(incompleteBeta(p, successes + 1, n - successes))
}

function isDomain(n: number, p: number): boolean {
  return Number.isInteger(n) && n >= 0 && p >= 0 && p <= 1
}
