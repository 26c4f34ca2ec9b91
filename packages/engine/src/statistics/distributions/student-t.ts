import { incompleteBetaAt } from '../special/incomplete-beta.ts'
import { logBeta } from '../special/log-beta.ts'
import { logGamma } from '../special/log-gamma.ts'
import { flip, fromLogLower, fromLogUpper, NO_TAILS, type Tails } from '../special/tails.ts'
import { normalLog10TwoSidedP } from './normal.ts'

/** From here on the distribution equals the normal to 1e-13, also at p = 1e-300. */
export const NORMAL_FROM = 1e20

/** Below this t² loses digits, and the density is constant up to t. */
const SMALLEST_SQUARE = 1e-290

/** Beyond this t² leaves the range of doubles, and the tail is a pure power of t. */
const POWER_LAW_FROM = 1e140

/**
 * P(T ≤ t) of Student's t distribution.
 *
 * @param t any number
 * @param degreesOfFreedom > 0, not necessarily whole; Infinity is the normal distribution
 * @returns NaN outside the domain
 *
 * Source: Abramowitz & Stegun 1964, 26.7.1.
 */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  return studentTSf(-t, degreesOfFreedom)
}

/** P(T > t) of Student's t distribution; see {@link studentTCdf}. */
export function studentTSf(t: number, degreesOfFreedom: number): number {
  const { lower: beyond, upper: within } = studentTTwoSidedTails(t, degreesOfFreedom)
  if (t > 0) return beyond / 2
  return 0.5 + within / 2
}

/** Both tails of Student's t distribution, and their natural logarithms; see {@link studentTCdf}. */
export function studentTTails(t: number, degreesOfFreedom: number): Tails {
  const { logLower: logBeyond, upper: within } = studentTTwoSidedTails(t, degreesOfFreedom)
  const near = 0.5 + within / 2
  const logFar = logBeyond - Math.LN2
  const far = Math.exp(logFar)
  const tails = { lower: near, upper: far, logLower: Math.log1p(-far), logUpper: logFar }
  return t < 0 ? flip(tails) : tails
}

/** P(|T| > |t|): the two-sided p-value of a t statistic; see {@link studentTCdf}. */
export function studentTTwoSidedP(t: number, degreesOfFreedom: number): number {
  return studentTTwoSidedTails(t, degreesOfFreedom).lower
}

/** log₁₀ of the two-sided p-value, also where that underflows to 0. */
export function studentTLog10TwoSidedP(t: number, degreesOfFreedom: number): number {
  return studentTTwoSidedTails(t, degreesOfFreedom).logLower / Math.LN10
}

/** P(|T| > |t|) as `lower` and P(|T| ≤ |t|) as `upper`; see {@link studentTCdf}. */
export function studentTTwoSidedTails(t: number, degreesOfFreedom: number): Tails {
  if (!(degreesOfFreedom > 0) || Number.isNaN(t)) return NO_TAILS
  if (degreesOfFreedom >= NORMAL_FROM) return fromLogLower(normalLog10TwoSidedP(t) * Math.LN10)
  const distance = Math.abs(t)
  if (distance > POWER_LAW_FROM) return fromLogLower(logPowerTail(distance, degreesOfFreedom))
  const square = distance * distance
  if (square < SMALLEST_SQUARE) return fromLogUpper(logCentre(distance, degreesOfFreedom))
  const sum = degreesOfFreedom + square
  return incompleteBetaAt({
    x: degreesOfFreedom / sum,
    y: square / sum,
    a: degreesOfFreedom / 2,
    b: 0.5,
    distance: ((distance - 1) * (distance + 1) * (degreesOfFreedom / sum)) / 2,
  })
}

/** First term of the series of Iₓ(df/2, ½), with log x = log(df / t²). */
function logPowerTail(distance: number, degreesOfFreedom: number): number {
  const a = degreesOfFreedom / 2
  const logPower = a * (Math.log(degreesOfFreedom) - 2 * Math.log(distance))
  return logPower + logGamma(a + 0.5) - logGamma(0.5) - logGamma(a + 1)
}

/** log P(|T| ≤ t) beside 0: log of 2 t times the density there. */
function logCentre(distance: number, degreesOfFreedom: number): number {
  return Math.log(2 * distance) - Math.log(degreesOfFreedom) / 2 - logBeta(degreesOfFreedom / 2, 0.5)
}
