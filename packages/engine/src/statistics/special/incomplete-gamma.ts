import { continuedFraction } from './continued-fraction.ts'
import { integrate } from './gauss-legendre.ts'
import { deviance, logGammaOnePlus, stirlingError } from './log-gamma.ts'
import { expm1MinusX } from './small-differences.ts'
import { ALL_ABOVE, flip, fromLogLower, fromLogUpper, NO_TAILS, type Tails } from './tails.ts'

const LOG_TWO_PI = 1.8378770664093454836

/** From this shape on the integral is faster than the series, whose terms grow in number with √a. */
const INTEGRAL_FROM = 1000

/** Below this shape most of the probability lies near 0, and 1 − P would lose the digits of Q. */
const SMALL = 0.25
const NEAR_ONE = Math.log(0.75)

/** The integrand e^−41 is below the last digit; forty points are exact to the last digit up to there. */
const NEGLIGIBLE = 41
const POINTS = 40

/**
 * Regularised incomplete gamma functions P(a, x) (`lower`) and Q(a, x) (`upper`): the distribution of a
 * gamma variable with shape a and scale 1. Relative error below 1e-12 in both tails for shapes from 1e-9
 * to 1e9, in time that does not grow with a.
 *
 * @param shape a > 0
 * @param x ≥ 0
 * @param difference x − a, for callers who know it better than the subtraction does
 * @returns NaN outside the domain
 *
 * Source: NIST DLMF 8.11.4 (series) and the even part of 8.9.2 (continued fraction). For large shapes the
 * integral over log t from log x outwards, where its integrand has one peak, by Gauss and Legendre's rule.
 */
export function incompleteGamma(shape: number, x: number, difference = x - shape): Tails {
  if (!(shape > 0 && shape < Number.POSITIVE_INFINITY && x >= 0)) return NO_TAILS
  if (x === 0) return ALL_ABOVE
  if (x === Number.POSITIVE_INFINITY) return flip(ALL_ABOVE)
  const logFactor = logGammaFactor(shape, x, difference)
  if (shape > INTEGRAL_FROM) {
    const logTail = logFactor + Math.log(integral(x, difference))
    return difference < 0 ? fromLogLower(logTail) : fromLogUpper(logTail)
  }
  if (x < shape + 1) {
    const logLower = logFactor + Math.log(lowerSeries(shape, x))
    return shape < SMALL && logLower > NEAR_ONE
      ? fromLogUpper(Math.log(upperOfSmallShape(shape, x)))
      : fromLogLower(logLower)
  }
  return fromLogUpper(logFactor - Math.log(upperFraction(shape, x)))
}

/**
 * Natural logarithm of xᵃ e⁻ˣ / Γ(a): x times the density of a gamma variable with shape a. Domain as for
 * {@link incompleteGamma}, and x > 0.
 *
 * By Stirling's formula, so that nothing large cancels (after Loader 2000, section 3).
 */
export function logGammaFactor(shape: number, x: number, difference = x - shape): number {
  return (Math.log(shape) - LOG_TWO_PI) / 2 - stirlingError(shape) - deviance(shape, x, -difference)
}

/** Σ xᵏ / (a(a + 1)…(a + k)): all terms positive. */
function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape
  let sum = term
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= x / (shape + k)
    sum += term
  }
  return sum
}

/** Q(a, x) from its limit for small a: 1 − xᵃ/Γ(1 + a) (1 + a Σ (−x)ᵏ / (k! (a + k))). NIST DLMF 8.7.1. */
function upperOfSmallShape(shape: number, x: number): number {
  const logPower = shape * Math.log(x) - logGammaOnePlus(shape)
  let term = 1
  let sum = 0
  for (let k = 1; Math.abs(term) > 1e-18; k++) {
    term *= -x / k
    sum += (shape * term) / (shape + k)
  }
  return -Math.expm1(logPower) - Math.exp(logPower) * sum
}

/** x + 1 − a − 1(1 − a) / (x + 3 − a − 2(2 − a) / (x + 5 − a − …)). */
function upperFraction(shape: number, x: number): number {
  const start = x - shape + 1
  return continuedFraction(
    (m) => -m * (m - shape),
    (m) => start + 2 * m,
  )
}

/** The tail on this side of the mean over xᵃ e⁻ˣ / Γ(a): ∫ exp(−|x − a| w − x (e^±w − 1 ∓ w)) dw from 0 on. */
function integral(x: number, difference: number): number {
  const side = difference < 0 ? -1 : 1
  const slope = Math.abs(difference)
  const end = (2 * NEGLIGIBLE) / (slope + Math.sqrt(slope * slope + 2 * NEGLIGIBLE * x))
  return integrate((w) => Math.exp(-slope * w - x * expm1MinusX(side * w)), 0, end, POINTS)
}
