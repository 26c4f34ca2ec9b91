import { logGamma, stirlingError } from './log-gamma.ts'
import { log1pMinusX } from './small-differences.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727418

/** From here on Stirling's formula leaves less than it cancels. */
const STIRLING_FROM = 10

/**
 * log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b) for a, b > 0, without the cancellation of those three: to 1e-14
 * of the larger of 1 and its value.
 *
 * @returns Infinity where a or b is 0, −Infinity where one is Infinity, NaN below 0
 *
 * Source: NIST DLMF 5.12.1 with 5.11.1 (Stirling), rearranged so that what is large cancels on paper.
 */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b)
  const large = Math.max(a, b)
  if (!(small >= 0)) return Number.NaN
  if (small === 0) return Number.POSITIVE_INFINITY
  if (large === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY
  if (large < STIRLING_FROM) return logGamma(small) + (logGamma(large) - logGamma(small + large))
  if (small < STIRLING_FROM) return logGamma(small) - logGammaRatio(large, small)
  const sum = small + large
  const errors = stirlingError(small) + stirlingError(large) - stirlingError(sum)
  const logs = -small * Math.log1p(large / small) - (large - 0.5) * Math.log1p(small / large)
  return logs - Math.log(small) / 2 + HALF_LOG_TWO_PI + errors
}

/**
 * log Γ(x + step) − log Γ(x) for large x.
 *
 * @param x ≥ 10
 * @param step from 0 to 10
 */
function logGammaRatio(x: number, step: number): number {
  const ratio = step / x
  const main = step * Math.log(x + step) + (x - 0.5) * log1pMinusX(ratio) - ratio / 2
  return main + stirlingError(x + step) - stirlingError(x)
}

/**
 * log of n! / (k! (n − k)!), for real 0 ≤ k ≤ n.
 *
 * @returns −Infinity for whole k outside [0, n]; NaN for n < 0
 */
export function logBinomialCoefficient(n: number, k: number): number {
  if (!(n >= 0) || Number.isNaN(k)) return Number.NaN
  if (k < 0 || k > n) return Number.NEGATIVE_INFINITY
  if (k === 0 || k === n) return 0
  return -Math.log1p(n) - logBeta(k + 1, n - k + 1)
}
