import { logPeakedSum } from '../special/peaked-sum.ts'
import { ALL_ABOVE, flip, fromLogLower, fromLogUpper, NO_TAILS, type Tails } from '../special/tails.ts'
import { chiGrid, logChiMixture } from './chi-mixture.ts'
import { chiSquareTails } from './chi-square.ts'
import { normalLogDensity, normalLogSf, normalTails } from './normal.ts'
import { NORMAL_FROM, studentTTails } from './student-t.ts'

const TOLERANCE = 1e-16

/** Where Φ is not in its tail, what it is short of 1 grows no faster than this before it stops to count. */
const LEVEL = 80

/** Steeper steps of Φ(δ − t s) take too many nodes. */
const STEEP = 100

/** A tail up to this leaves its complement all digits. */
const COMPLEMENT_TO = Math.log(0.8)

/**
 * Both tails of the noncentral t distribution, that of (Z + δ) / s with a standard normal Z and s² = χ²/ν: the
 * t statistic when there is an effect. Relative error below 1e-12 in both tails also where they underflow (by
 * their logarithms), in time that grows with |δ| and hardly with anything else.
 *
 * @param t any number
 * @param degreesOfFreedom ν > 0, not necessarily whole; Infinity is the normal distribution around δ
 * @param noncentrality δ, any finite number
 * @returns NaN outside the domain
 *
 * P(T > t) = E Φ(δ − t s) over s: an average of positive terms. Source: Johnson, Kotz & Balakrishnan 1995,
 * Continuous Univariate Distributions 2, chapter 31.
 */
export function noncentralTTails(t: number, degreesOfFreedom: number, noncentrality: number): Tails {
  if (!(degreesOfFreedom > 0 && Number.isFinite(noncentrality)) || Number.isNaN(t)) return NO_TAILS
  if (degreesOfFreedom >= NORMAL_FROM || t === 0) return normalTails(t - noncentrality)
  if (noncentrality === 0) return studentTTails(t, degreesOfFreedom)
  if (!Number.isFinite(t)) return t < 0 ? ALL_ABOVE : flip(ALL_ABOVE)
  if (t < noncentrality) {
    const logLower = logUpperTail(-t, degreesOfFreedom, -noncentrality)
    if (logLower < COMPLEMENT_TO) return fromLogLower(logLower)
  }
  const logUpper = logUpperTail(t, degreesOfFreedom, noncentrality)
  if (logUpper < COMPLEMENT_TO) return fromLogUpper(logUpper)
  return fromLogLower(logUpperTail(-t, degreesOfFreedom, -noncentrality))
}

/** log E Φ(δ − t s). */
function logUpperTail(t: number, degreesOfFreedom: number, noncentrality: number): number {
  const peak = tailPeak(t, degreesOfFreedom, noncentrality)
  // Off the real axis −(δ − ts)²/2 grows like ts(2ts − δ) y²/2, and the step of Φ like δ² y²/2.
  const shift = t * peak
  const step = stepWithin(t, degreesOfFreedom, noncentrality)
  if (step > STEEP && step * step > degreesOfFreedom)
    return logUpperTailOverNormal(t, degreesOfFreedom, noncentrality)
  const fall = Math.min(
    shift * (2 * shift - noncentrality),
    shift > noncentrality ? Number.POSITIVE_INFINITY : LEVEL,
  )
  const steepness = Math.sqrt(Math.max(fall, step * step, 0))
  const grid = chiGrid({ degreesOfFreedom, scale: 1, peak, steepness, tolerance: TOLERANCE })
  const logFactor = (s: number): number => normalLogSf(t * s - noncentrality)
  return logChiMixture({
    logFactor,
    logFactorAtZero: logFactor(0),
    degreesOfFreedom,
    scale: 1,
    peak,
    grid,
    tolerance: TOLERANCE,
  })
}

/**
 * The s that is likeliest given a value beyond t: positive root of (ν + t²)s² − tδs − ν, which takes
 * −(δ − ts)²/2 for log Φ(δ − ts). Where that is not in the tail, s is about 1.
 */
function tailPeak(t: number, degreesOfFreedom: number, noncentrality: number): number {
  const root = Math.sqrt(degreesOfFreedom)
  const scale = Math.hypot(root, t)
  const centre = ((t / scale) * (noncentrality / scale)) / 2
  const b = root / scale
  const distance = Math.hypot(centre, b)
  const peak = centre > 0 ? centre + distance : (b / (distance - centre)) * b
  return t * peak > noncentrality ? peak : 1
}

/**
 * The same tail as an average over Z, for t and δ of one sign: Z + δ > t s is χ² < ν (Z + δ)² / t² where both are
 * positive. Off the real axis φ grows like y²/2, and the gamma tail like ν y²/δ² times a number.
 */
function logUpperTailOverNormal(t: number, degreesOfFreedom: number, noncentrality: number): number {
  const sign = Math.sign(t)
  const shift = Math.abs(noncentrality)
  const growth = 0.5 + (2 * degreesOfFreedom) / Math.min(shift * shift, t * t)
  const spacing = Math.PI / Math.sqrt(-Math.log(TOLERANCE) * growth)
  const logTerm = (k: number): number => {
    const z = k * spacing
    const ratio = Math.max(0, z + shift) / Math.abs(t)
    const { logLower, logUpper } = chiSquareTails(degreesOfFreedom * ratio * ratio, degreesOfFreedom)
    return normalLogDensity(z) + (sign > 0 ? logLower : logUpper)
  }
  return logPeakedSum({ logTerm, tolerance: TOLERANCE }, 0) + Math.log(spacing)
}

/** Φ(δ − t s) steps from 1 to 0 where t s = δ; this is how steeply, if s is ever there. */
function stepWithin(t: number, degreesOfFreedom: number, noncentrality: number): number {
  if (t * noncentrality <= 0) return 0
  return Math.min(Math.abs(noncentrality), Math.abs(t) * Math.sqrt(1 + 80 / degreesOfFreedom))
}
