import { productError } from '../special/exact-product.ts'

const SQRT_TWO_PI = 2.5066282746310005024
const LOG_SQRT_TWO_PI = 0.9189385332046727418
const LOG_TWO = Math.LN2

/** Beyond this the continued fraction takes fewer terms than the series, and the series loses digits. */
const TAIL_FROM = 2

/**
 * P(Z ≤ z) of the standard normal distribution, with full relative accuracy down to 1e-307.
 *
 * @param z any number; NaN for NaN
 *
 * Source: Abramowitz & Stegun 1964, 26.2.11 (series, |z| < 2) and 26.2.14 (continued fraction).
 */
export function normalCdf(z: number): number {
  return normalSf(-z)
}

/** P(Z > z) of the standard normal distribution; see {@link normalCdf}. */
export function normalSf(z: number): number {
  if (z >= TAIL_FROM) return density(z) * millsRatio(z)
  if (z > -TAIL_FROM) return 0.5 - centralHalf(z)
  return Number.isNaN(z) ? Number.NaN : 1 - density(z) * millsRatio(-z)
}

/** Natural logarithm of P(Z > z), also where the probability underflows (z > 38.5). */
export function normalLogSf(z: number): number {
  if (z === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY
  if (z >= TAIL_FROM) return -(z * z) / 2 - LOG_SQRT_TWO_PI + Math.log(millsRatio(z))
  return Math.log1p(-normalCdf(z))
}

/** P(|Z| > |z|): the two-sided p-value of a z statistic. */
export function normalTwoSidedP(z: number): number {
  const distance = Math.abs(z)
  return distance < TAIL_FROM ? 1 - 2 * centralHalf(distance) : 2 * normalSf(distance)
}

/** log₁₀ of the two-sided p-value, also where that underflows to 0. */
export function normalLog10TwoSidedP(z: number): number {
  const distance = Math.abs(z)
  const logarithm =
    distance < TAIL_FROM ? Math.log1p(-2 * centralHalf(distance)) : LOG_TWO + normalLogSf(distance)
  return logarithm / Math.LN10
}

/** φ(z), with the square unrounded in the exponent: its last digit matters in the tails. */
function density(z: number): number {
  if (Math.abs(z) > 40) return 0
  return (Math.exp(-(z * z) / 2) * (1 - productError(z, z) / 2)) / SQRT_TWO_PI
}

/** P(0 < Z ≤ z) for small z: φ(z) Σ z²ᵏ⁺¹ / (1·3·…·(2k + 1)). */
function centralHalf(z: number): number {
  let term = z
  let sum = term
  for (let k = 3; Math.abs(term) > Math.abs(sum) * 1e-17; k += 2) {
    term *= (z * z) / k
    sum += term
  }
  return density(z) * sum
}

/** P(Z > z) / φ(z) = 1 / (z + 1 / (z + 2 / (z + 3 / …))), from the end backwards. */
function millsRatio(z: number): number {
  let tail = z
  for (let k = Math.ceil(16 + 500 / (z * z)); k > 0; k--) tail = z + k / tail
  return 1 / tail
}
