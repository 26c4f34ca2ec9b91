import {
  type BetaPoint,
  betaQuantile,
  betaQuantilePoint,
  betaUpperQuantile,
} from '../distributions/beta-quantile.ts'
import { gammaQuantile, gammaUpperQuantile } from '../distributions/gamma-quantile.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { type CredibleInterval, NO_INTERVAL } from './effect-intervals.ts'
import { logistic } from './excess.ts'
import { type LogConcaveDensity, logitOfBeta, logOfGamma } from './log-concave.ts'
import {
  type BetaDistribution,
  type GammaDistribution,
  isBeta,
  isGamma,
  isNormal,
  type NormalDistribution,
} from './posterior.ts'

const NEWTON_STEPS = 60

/** Newton's method squares the error, so a step this small leaves nothing to correct. */
const CONVERGED = 1e-8

/** How the density over values differs from that on the line: log f = log g − log stretch. */
interface ValueScale {
  readonly density: LogConcaveDensity
  value(at: number): number
  logStretch(at: number): number
  /** Derivative of log f. */
  slope(at: number): number
}

/**
 * The interval that holds a probability with probability 1 − alpha and leaves half of alpha on each side.
 *
 * @param alpha in (0, 1)
 * @returns NaN outside the domain
 */
export function betaInterval(distribution: BetaDistribution, alpha: number): CredibleInterval {
  if (!isBeta(distribution) || !isShare(alpha)) return NO_INTERVAL
  const { a, b } = distribution
  return { low: betaQuantile(alpha / 2, a, b), high: betaUpperQuantile(alpha / 2, a, b) }
}

/** The interval with equal tails of a rate; see {@link betaInterval}. */
export function gammaInterval(distribution: GammaDistribution, alpha: number): CredibleInterval {
  if (!isGamma(distribution) || !isShare(alpha)) return NO_INTERVAL
  const { shape, rate } = distribution
  return {
    low: gammaQuantile(alpha / 2, shape, 1 / rate),
    high: gammaUpperQuantile(alpha / 2, shape, 1 / rate),
  }
}

/** The interval with equal tails, and highest density, of a mean or an effect; see {@link betaInterval}. */
export function normalInterval(distribution: NormalDistribution, alpha: number): CredibleInterval {
  if (!isNormal(distribution) || !isShare(alpha)) return NO_INTERVAL
  const margin = -normalQuantile(alpha / 2) * distribution.standardDeviation
  return { low: distribution.mean - margin, high: distribution.mean + margin }
}

/**
 * The shortest interval that holds a probability with probability 1 − alpha. Where the density has a peak inside,
 * every value in the interval is likelier than any outside; where it is highest at an end of [0, 1], the interval
 * begins there. Of a uniform distribution, where all are equally short, the middle one.
 *
 * @param alpha in (0, 1)
 * @returns NaN outside the domain
 *
 * Source: Box & Tiao 1973, Bayesian Inference in Statistical Analysis, section 2.8; Kruschke 2014, Doing Bayesian
 * Data Analysis, 2nd edition, section 4.3.4.
 */
export function betaHighestDensityInterval(distribution: BetaDistribution, alpha: number): CredibleInterval {
  if (!isBeta(distribution) || !isShare(alpha)) return NO_INTERVAL
  const { a, b } = distribution
  if (a > 1 && b > 1) {
    const density = logitOfBeta(distribution)
    const low = betaQuantilePoint(alpha / 2, a, b)
    const high = betaQuantilePoint(alpha / 2, b, a)
    return levelled(alpha, logOdds(low), -logOdds(high), {
      density,
      value: logistic,
      logStretch: (at) => -Math.abs(at) - 2 * Math.log1p(Math.exp(-Math.abs(at))),
      slope: (at) => density.slope(at) - 1 + 2 * logistic(at),
    })
  }
  if (a === 1 && b === 1) return betaInterval(distribution, alpha)
  const fromStart = { low: 0, high: betaUpperQuantile(alpha, a, b) }
  const toEnd = { low: betaQuantile(alpha, a, b), high: 1 }
  if (a > 1 || b > 1) return b > 1 ? fromStart : toEnd
  return fromStart.high <= 1 - toEnd.low ? fromStart : toEnd
}

/** The shortest interval of a rate; see {@link betaHighestDensityInterval}. */
export function gammaHighestDensityInterval(
  distribution: GammaDistribution,
  alpha: number,
): CredibleInterval {
  if (!isGamma(distribution) || !isShare(alpha)) return NO_INTERVAL
  const { shape, rate } = distribution
  if (shape <= 1) return { low: 0, high: gammaUpperQuantile(alpha, shape, 1 / rate) }
  const density = logOfGamma(distribution)
  const { low, high } = gammaInterval(distribution, alpha)
  return levelled(alpha, Math.log(low), Math.log(high), {
    density,
    value: Math.exp,
    logStretch: (at) => at,
    slope: (at) => density.slope(at) - 1,
  })
}

/**
 * Equal densities at both ends and alpha outside, by Newton's method on the line.
 *
 * @param low, high points of the line to start from
 */
function levelled(
  alpha: number,
  low: number,
  high: number,
  { density, value, logStretch, slope }: ValueScale,
): CredibleInterval {
  const { logPeak, drop, logTails } = density
  for (let k = 0; k < NEWTON_STEPS; k++) {
    const [atLow, atHigh] = [Math.exp(logPeak + drop(low)), Math.exp(logPeak + drop(high))]
    const outside = Math.exp(logTails(low).logLower) + Math.exp(logTails(high).logUpper)
    const tilt = drop(low) - logStretch(low) - drop(high) + logStretch(high)
    const [slopeLow, slopeHigh] = [slope(low), slope(high)]
    const determinant = atLow * slopeHigh - atHigh * slopeLow
    const most = (high - low) / 3
    const moveLow = clamp((tilt * atHigh + (alpha - outside) * slopeHigh) / determinant, most)
    const moveHigh = clamp((tilt * atLow + (alpha - outside) * slopeLow) / determinant, most)
    low += moveLow
    high += moveHigh
    if (Math.abs(moveLow) + Math.abs(moveHigh) < CONVERGED * (high - low)) break
  }
  return { low: value(low), high: value(high) }
}

function clamp(move: number, most: number): number {
  return Math.max(-most, Math.min(most, move))
}

function logOdds({ x, y }: BetaPoint): number {
  return Math.log(x) - Math.log(y)
}

function isShare(alpha: number): boolean {
  return alpha > 0 && alpha < 1
}
