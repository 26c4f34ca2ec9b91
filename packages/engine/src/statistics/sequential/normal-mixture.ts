import { normalLogSf } from '../distributions/normal.ts'

/**
 * The mixture of normal alternatives behind the always-valid methods. With z a statistic that is standard normal under
 * the null hypothesis, and an effect drawn from a normal distribution around the null value, the likelihood ratio
 * depends on one number more: the variance of that distribution over the squared standard error of the estimate
 * (`varianceRatio`). It grows with the sample; the e-value is a martingale in it.
 *
 * Source: Robbins 1970, doi:10.1214/aoms/1177696786; Howard et al. 2021, propositions 5 and 6 (arXiv:1810.08240).
 */

const LOG_SQRT_TWO_PI = 0.9189385332046727418

/** Below this z the tail comes from its asymptotic series, which does not cancel against the exponential. */
const SERIES_BELOW = -100

export type Sidedness = 'two-sided' | 'greater' | 'less'

/**
 * Natural logarithm of the likelihood ratio of the two-sided mixture.
 *
 * @param z any number
 * @param varianceRatio > 0
 * @returns NaN outside the domain
 */
export function logMixture(z: number, varianceRatio: number): number {
  if (!(varianceRatio > 0)) return Number.NaN
  return halfSquare(z, varianceRatio) - Math.log1p(varianceRatio) / 2
}

/** |z| at which the two-sided mixture reaches 1 / alpha; see {@link logMixture}. */
export function mixtureRadius(varianceRatio: number, alpha: number): number {
  if (!(varianceRatio > 0)) return Number.NaN
  return Math.sqrt((1 + 1 / varianceRatio) * (Math.log1p(varianceRatio) - 2 * Math.log(alpha)))
}

/**
 * Natural logarithm of the likelihood ratio of the one-sided mixture (effects above the null value only).
 *
 * @param z positive where the estimate lies above the null value
 */
export function logOneSidedMixture(z: number, varianceRatio: number): number {
  if (!(varianceRatio > 0)) return Number.NaN
  const scaled = z / Math.sqrt(1 + 1 / varianceRatio)
  return Math.LN2 - Math.log1p(varianceRatio) / 2 + logScaledCdf(scaled)
}

/**
 * z at which a lower bound of the one-sided mixture in closed form reaches 1 / alpha: a little above where the mixture
 * itself does.
 *
 * Source: Howard et al. 2021, proposition 6 (arXiv:1810.08240); Waudby-Smith et al. 2024, equation 134
 * (arXiv:2103.06476).
 */
export function oneSidedMixtureRadius(varianceRatio: number, alpha: number): number {
  if (!(varianceRatio > 0)) return Number.NaN
  const logOdds = Math.log1p(varianceRatio) / 2 - Math.LN2 - Math.log(alpha)
  return Math.sqrt(2 * (1 + 1 / varianceRatio) * log1pExp(logOdds))
}

/** log of the smallest alpha whose {@link oneSidedMixtureRadius} is at most z; at most 0. */
export function logOneSidedP(z: number, varianceRatio: number): number {
  if (!(varianceRatio > 0) || Number.isNaN(z)) return Number.NaN
  if (z <= 0) return 0
  const exponent = halfSquare(z, varianceRatio)
  const logExcess =
    exponent > 1 ? exponent + Math.log1p(-Math.exp(-exponent)) : Math.log(Math.expm1(exponent))
  return Math.min(0, Math.log1p(varianceRatio) / 2 - Math.LN2 - logExcess)
}

/** z² / 2 · ratio / (1 + ratio). */
function halfSquare(z: number, varianceRatio: number): number {
  return (z * z) / (2 * (1 + 1 / varianceRatio))
}

/** log of exp(y² / 2) Φ(y). */
function logScaledCdf(y: number): number {
  if (y >= SERIES_BELOW) return (y * y) / 2 + normalLogSf(-y)
  const inverse = 1 / (y * y)
  const series = -inverse * (1 - inverse * (3 - inverse * (15 - 105 * inverse)))
  return Math.log1p(series) - Math.log(-y) - LOG_SQRT_TWO_PI
}

function log1pExp(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))
}
