import { productError } from '../special/exact-product.ts'
import { NO_TAILS, type Tails } from '../special/tails.ts'
import { CENTRE_TO, centralHalf, millsRatio } from './mills-ratio.ts'

const SQRT_TWO_PI = 2.5066282746310005024
const LOG_SQRT_TWO_PI = 0.9189385332046727418

/** From here on the exponential leaves the normal doubles, and is taken in two factors. */
const UNDERFLOWS_FROM = 37
const SHIFT = 512
const EXP_MINUS_SHIFT = Math.exp(-SHIFT)

/**
 * Density φ(z) of the standard normal distribution, to a few units in the last place, also where it is below
 * 1e-308.
 *
 * @param z any number; NaN for NaN
 *
 * Source: Abramowitz & Stegun 1964, 26.2.1.
 */
export function normalDensity(z: number): number {
  const half = (z * z) / 2
  if (half > 2 * SHIFT) return 0
  // The square unrounded in the exponent: its last digit matters in the tails.
  const correction = (1 - productError(z, z) / 2) / SQRT_TWO_PI
  if (Math.abs(z) < UNDERFLOWS_FROM) return Math.exp(-half) * correction
  return Math.exp(SHIFT - half) * correction * EXP_MINUS_SHIFT
}

/** log φ(z). */
export function normalLogDensity(z: number): number {
  return -(z * z) / 2 - LOG_SQRT_TWO_PI
}

/**
 * P(Z ≤ z) of the standard normal distribution, with full relative accuracy down to 1e-307.
 *
 * @param z any number; NaN for NaN
 *
 * Source: P(Z > z) = φ(z) · Mills' ratio, Abramowitz & Stegun 1964, 26.2.13 and after.
 */
export function normalCdf(z: number): number {
  return normalSf(-z)
}

/** P(Z > z) of the standard normal distribution; see {@link normalCdf}. */
export function normalSf(z: number): number {
  if (z >= CENTRE_TO) return normalDensity(z) * millsRatio(z)
  if (z > -CENTRE_TO) return 0.5 - centralHalf(z)
  return Number.isNaN(z) ? Number.NaN : 1 - normalDensity(z) * millsRatio(-z)
}

/**
 * P(Z > z) for integrands, in two thirds of the time of {@link normalSf}: z² is rounded, which costs a relative error of
 * z² · 1e-16, and nothing is left above 38.
 */
export function quickNormalSf(z: number): number {
  if (z > 38) return 0
  const tail = (Math.exp(-(z * z) / 2) / SQRT_TWO_PI) * millsRatio(Math.abs(z))
  return z < 0 ? 1 - tail : tail
}

/** Natural logarithm of P(Z > z), also where the probability underflows (z > 38.5). */
export function normalLogSf(z: number): number {
  if (z === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY
  if (z >= CENTRE_TO) return -(z * z) / 2 + (Math.log(millsRatio(z)) - LOG_SQRT_TWO_PI)
  return Math.log1p(-normalCdf(z))
}

/** Natural logarithm of P(Z ≤ z); see {@link normalLogSf}. */
export function normalLogCdf(z: number): number {
  return normalLogSf(-z)
}

/** P(Z ≤ z) and P(Z > z) with their logarithms. */
export function normalTails(z: number): Tails {
  if (Number.isNaN(z)) return NO_TAILS
  return {
    lower: normalCdf(z),
    upper: normalSf(z),
    logLower: normalLogCdf(z),
    logUpper: normalLogSf(z),
  }
}

/** P(|Z| > |z|): the two-sided p-value of a z statistic. */
export function normalTwoSidedP(z: number): number {
  const distance = Math.abs(z)
  if (distance < CENTRE_TO) return 1 - 2 * centralHalf(distance)
  return normalDensity(distance) * (2 * millsRatio(distance))
}

/** log₁₀ of the two-sided p-value, also where that underflows to 0. */
export function normalLog10TwoSidedP(z: number): number {
  const distance = Math.abs(z)
  const logarithm =
    distance < CENTRE_TO ? Math.log1p(-2 * centralHalf(distance)) : Math.LN2 + normalLogSf(distance)
  return logarithm / Math.LN10
}
