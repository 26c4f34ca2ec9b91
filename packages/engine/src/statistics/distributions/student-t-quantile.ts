import { logBetaFactor } from '../special/incomplete-beta.ts'
import { logBeta } from '../special/log-beta.ts'
import { betaQuantilePoint } from './beta-quantile.ts'
import { chiSquareQuantile } from './gamma-quantile.ts'
import { normalQuantile } from './normal-quantile.ts'
import { NORMAL_FROM, studentTTwoSidedTails } from './student-t.ts'

const MOST_STEPS = 200
const SQRT_HALF_PI = 1.2533141373155002512

/** Fewer degrees of freedom than this are left to the beta quantile. */
const FEW = 0.5

/** Up to here the density beside 0 is constant to the last digit. */
const LINEAR_BELOW = 1e-12

/** Newton's method squares the error, so a step this small leaves nothing to correct. */
const LAST_STEP = 1e-9

/** Beyond this the tail is a pure power of t (see `student-t.ts`), and so is its slope. */
const POWER_LAW_FROM = 1e100

/**
 * t with P(T ≤ t) = p for Student's t distribution.
 *
 * Newton's method on the logarithm of the smaller of P(|T| > t) and P(|T| ≤ t) as a function of log t:
 * both are concave, so that after its first step it can only approach the root from one side.
 *
 * @param p in [0, 1]; ∓Infinity at 0 and 1
 * @param degreesOfFreedom > 0, not necessarily whole; Infinity is the normal distribution
 * @returns NaN outside the domain
 */
export function studentTQuantile(p: number, degreesOfFreedom: number): number {
  if (!(p >= 0 && p <= 1 && degreesOfFreedom > 0)) return Number.NaN
  if (degreesOfFreedom >= NORMAL_FROM) return normalQuantile(p)
  if (p === 0.5) return 0
  const tail = p < 0.5 ? p : 1 - p
  const distance = distanceAt(tail, degreesOfFreedom)
  return p < 0.5 ? -distance : distance
}

/**
 * t ≥ 0 with P(|T| ≤ t) = p for Student's t distribution, also for p so small that ½ + p/2 is ½.
 *
 * @param p in [0, 1]; 0 and Infinity at the ends
 * @returns NaN outside the domain of {@link studentTQuantile}
 */
export function studentTCentralQuantile(p: number, degreesOfFreedom: number): number {
  if (!(p >= 0 && p <= 1 && degreesOfFreedom > 0)) return Number.NaN
  if (p > 0.5 || (degreesOfFreedom < FEW && p > 1e-3)) return -studentTQuantile((1 - p) / 2, degreesOfFreedom)
  if (degreesOfFreedom >= NORMAL_FROM)
    return p < LINEAR_BELOW ? p * SQRT_HALF_PI : Math.sqrt(chiSquareQuantile(p, 1))
  if (p < LINEAR_BELOW) {
    const logWidth = Math.log(degreesOfFreedom) / 2 + logBetaHalf(degreesOfFreedom)
    return (p / 2) * Math.exp(logWidth)
  }
  const { x, y } = betaQuantilePoint(p, 0.5, degreesOfFreedom / 2)
  return Math.sqrt(degreesOfFreedom) * Math.sqrt(x / y)
}

/** t > 0 with P(T > t) = tail, for a tail in [0, ½). */
function distanceAt(tail: number, degreesOfFreedom: number): number {
  if (tail === 0) return Number.POSITIVE_INFINITY
  if (degreesOfFreedom < FEW) return distanceForFew(tail, degreesOfFreedom)
  // The normal quantile is nearer to 0 than any t, so Newton approaches from below.
  if (tail > 0.25) return refine(1 - 2 * tail, -normalQuantile(tail), degreesOfFreedom, 'upper')
  return refine(2 * tail, tailStart(tail, degreesOfFreedom), degreesOfFreedom, 'lower')
}

function refine(
  probability: number,
  start: number,
  degreesOfFreedom: number,
  side: 'lower' | 'upper',
): number {
  const goal = Math.log(probability)
  let t = start
  for (let i = 0; i < MOST_STEPS; i++) {
    const { logLower, logUpper } = studentTTwoSidedTails(t, degreesOfFreedom)
    const logarithm = side === 'lower' ? logLower : logUpper
    const slope = (side === 'lower' ? -1 : 1) * relativeSlope(t, degreesOfFreedom, logarithm)
    const step = (goal - logarithm) / slope
    t *= Math.exp(step)
    if (Math.abs(step) < LAST_STEP || t === Number.POSITIVE_INFINITY) return t
  }
  return Number.NaN
}

/** 2 t f(t) / P: absolute slope of log P in log t, where P is either two-sided probability. */
function relativeSlope(t: number, degreesOfFreedom: number, logProbability: number): number {
  if (t > POWER_LAW_FROM) return degreesOfFreedom
  const square = t * t
  const sum = degreesOfFreedom + square
  const logDensity = logBetaFactor(degreesOfFreedom / sum, degreesOfFreedom / 2, 0.5, square / sum)
  return 2 * Math.exp(logDensity - logProbability)
}

/** For so few that t spans hundreds of powers of ten. */
function distanceForFew(tail: number, degreesOfFreedom: number): number {
  const far = powerLawDistance(tail, degreesOfFreedom)
  if (far > POWER_LAW_FROM) return far
  const { x, y } = betaQuantilePoint(2 * tail, degreesOfFreedom / 2, 0.5)
  return Math.sqrt(degreesOfFreedom) * Math.sqrt(y / x)
}

/** Where the first term of the tail's series at infinity is the whole tail. */
function powerLawDistance(tail: number, degreesOfFreedom: number): number {
  const logPowerLaw = Math.log(degreesOfFreedom * tail) + logBetaHalf(degreesOfFreedom)
  return Math.sqrt(degreesOfFreedom) * Math.exp(-logPowerLaw / degreesOfFreedom)
}

/**
 * The pure power law, which bounds the tail from above, or where it is nearer the expansion about the
 * normal quantile (Abramowitz & Stegun 1964, 26.7.5).
 */
function tailStart(tail: number, degreesOfFreedom: number): number {
  const fromPowerLaw = powerLawDistance(tail, degreesOfFreedom)
  const z = -normalQuantile(tail)
  const square = z * z
  const first = (square + 1) / (4 * degreesOfFreedom)
  const second = ((5 * square + 16) * square + 3) / (96 * degreesOfFreedom * degreesOfFreedom)
  return Math.min(fromPowerLaw, z * (1 + first + second), Number.MAX_VALUE)
}

/** log B(df/2, ½). */
function logBetaHalf(degreesOfFreedom: number): number {
  return logBeta(degreesOfFreedom / 2, 0.5)
}
