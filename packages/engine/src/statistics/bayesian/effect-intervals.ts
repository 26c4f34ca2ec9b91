import { normalQuantile } from '../distributions/normal-quantile.ts'
import { findRoot } from '../special/find-root.ts'
import type { EffectDistribution } from './effect.ts'

const QUICK_STEPS = 8
/** In standard deviations: a longer step is no good guess. */
const FARTHEST = 2
const SMALL = 2e-4
const NEWTON_STEPS = 40
const CONVERGED = 1e-9

/** Enough to find the minimum of a length to eight digits of it. */
const THIRDS = 24

export interface CredibleInterval {
  readonly low: number
  readonly high: number
}

export const NO_INTERVAL: CredibleInterval = { low: Number.NaN, high: Number.NaN }

/**
 * The value that an effect does not exceed with a given probability.
 *
 * @param p in (0, 1)
 * @returns NaN outside the domain
 */
export function effectQuantile(effect: EffectDistribution, p: number): number {
  return p > 0 && p < 1 ? effect.atScale(scaleQuantile(effect, p)) : Number.NaN
}

/** Most effects are nearly normal on their scale, so that Newton's method gets there in a few steps. */
function scaleQuantile(effect: EffectDistribution, p: number): number {
  const { centre, spread, atScale, stretch, cdf, density } = effect
  let z = normalQuantile(p)
  for (let step = 0; step < QUICK_STEPS; step++) {
    const at = centre + z * spread
    const value = atScale(at)
    const miss = (cdf(value) - p) / (density(value) * stretch(at) * spread)
    // The slope of a normal density bends the line: Halley's method.
    const move = miss / (1 + (miss * z) / 2)
    if (!(Math.abs(move) < FARTHEST)) break
    z -= move
    // The next step would be the cube of this one.
    if (Math.abs(move) < SMALL) return centre + spread * z
  }
  return bracketedQuantile(effect, p)
}

function bracketedQuantile({ centre, spread, atScale, cdf }: EffectDistribution, p: number): number {
  const excess = (z: number) => cdf(atScale(centre + z * spread)) - p
  let low = -3
  let high = 3
  while (excess(low) > 0 && low > -1e6) low *= 2
  while (excess(high) < 0 && high < 1e6) high *= 2
  return centre + spread * findRoot(excess, low, high, 1e-13)
}

/**
 * The interval that holds an effect with probability 1 − alpha and leaves half of alpha on each side.
 *
 * @param alpha in (0, 1)
 * @returns NaN outside the domain
 */
export function effectInterval(effect: EffectDistribution, alpha: number): CredibleInterval {
  if (!(alpha > 0 && alpha < 1)) return NO_INTERVAL
  return { low: effectQuantile(effect, alpha / 2), high: effectQuantile(effect, 1 - alpha / 2) }
}

/**
 * The shortest interval that holds an effect with probability 1 − alpha: where the distribution has one peak,
 * the interval of highest density.
 *
 * @param alpha in (0, 1)
 * @returns NaN outside the domain
 *
 * Source: Box & Tiao 1973, Bayesian Inference in Statistical Analysis, section 2.8.
 */
export function effectHighestDensityInterval(effect: EffectDistribution, alpha: number): CredibleInterval {
  if (!(alpha > 0 && alpha < 1)) return NO_INTERVAL
  return levelled(effect, alpha) ?? shortestOfAll(effect, alpha)
}

/**
 * The interval with equal densities at its ends, by Newton's method on the scale of the effect from the one with
 * equal tails; undefined where the density has no peak inside.
 */
function levelled(effect: EffectDistribution, alpha: number): CredibleInterval | undefined {
  const { cdf, density, atScale, stretch } = effect
  let low = scaleQuantile(effect, alpha / 2)
  let high = scaleQuantile(effect, 1 - alpha / 2)
  const step = (high - low) * 1e-5
  const logSlope = (at: number) =>
    Math.log(density(atScale(at + step)) / density(atScale(at - step))) / (2 * step)
  for (let k = 0; k < NEWTON_STEPS; k++) {
    const [atLow, atHigh] = [density(atScale(low)), density(atScale(high))]
    const [riseLow, riseHigh] = [atLow * stretch(low), atHigh * stretch(high)]
    const [slopeLow, slopeHigh] = [logSlope(low), logSlope(high)]
    const surplus = cdf(atScale(high)) - cdf(atScale(low)) - (1 - alpha)
    const tilt = Math.log(atLow / atHigh)
    const determinant = riseLow * slopeHigh - riseHigh * slopeLow
    const most = (high - low) / 3
    const moveLow = within((tilt * riseHigh + surplus * slopeHigh) / determinant, most)
    const moveHigh = within((tilt * riseLow + surplus * slopeLow) / determinant, most)
    low += moveLow
    high += moveHigh
    if (!(slopeLow > 0 && slopeHigh < 0)) return undefined
    if (Math.abs(moveLow) + Math.abs(moveHigh) < CONVERGED * (high - low))
      return { low: atScale(low), high: atScale(high) }
  }
  return undefined
}

function within(move: number, most: number): number {
  return Math.max(-most, Math.min(most, move))
}

/** The shortest of the intervals that leave other shares of alpha below, its ends included. */
function shortestOfAll(effect: EffectDistribution, alpha: number): CredibleInterval {
  const lengthAt = (share: number) => {
    const low = share === 0 ? effect.least : effectQuantile(effect, share * alpha)
    const high = share === 1 ? effect.most : effectQuantile(effect, 1 - alpha + share * alpha)
    return { low, high, length: high - low }
  }
  let [from, to] = [0, 1]
  let best = lengthAt(0.5)
  for (const share of [0, 1]) {
    const each = lengthAt(share)
    if (each.length < best.length) best = each
  }
  for (let k = 0; k < THIRDS; k++) {
    const [first, second] = [from + (to - from) * 0.38, to - (to - from) * 0.38]
    const [left, right] = [lengthAt(first), lengthAt(second)]
    if (left.length < right.length) to = second
    else from = first
    const each = left.length < right.length ? left : right
    if (each.length < best.length) best = each
  }
  return { low: best.low, high: best.high }
}

/** P(low ≤ effect ≤ high). */
export function probabilityWithin(effect: EffectDistribution, { low, high }: CredibleInterval): number {
  return Math.max(0, effect.cdf(high) - effect.cdf(low))
}
