import { incompleteBeta, logBetaFactor } from '../special/incomplete-beta.ts'
import { logBeta } from '../special/log-beta.ts'
import { solveLogTail } from './log-tail-solver.ts'
import { normalQuantile } from './normal-quantile.ts'

/** A beta variable and its complement, each to full relative accuracy. */
export interface BetaPoint {
  readonly x: number
  /** 1 − x. */
  readonly y: number
}

const NOWHERE: BetaPoint = { x: Number.NaN, y: Number.NaN }

/** Below e^this the distribution is its first term to the last digit, and x soon leaves the range of doubles. */
const POWER_LAW_BELOW = -600

/**
 * x with P(X ≤ x) = p for the beta distribution; relative error near 1e-14, at most 1e-14 / a for small a.
 *
 * @param p in [0, 1]; 0 and 1 at the ends
 * @param a > 0, finite
 * @param b > 0, finite
 * @returns NaN outside the domain
 *
 * Halley's method on the logarithm of the smaller tail as a function of the log odds of x; started from the first
 * term of the series at the end (NIST DLMF 8.17.8) or the normal approximation to the log odds.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  return betaQuantilePoint(p, a, b).x
}

/** x with P(X > x) = q: {@link betaQuantile} from the other side, exact also where 1 − q would be 1. */
export function betaUpperQuantile(q: number, a: number, b: number): number {
  return betaQuantilePoint(q, b, a).y
}

/** {@link betaQuantile} with 1 − x, for quantiles that differ from 1 by less than a double can tell. */
export function betaQuantilePoint(p: number, a: number, b: number): BetaPoint {
  if (!(p >= 0 && p <= 1 && isParameter(a) && isParameter(b))) return NOWHERE
  if (p <= 0.5) return lowerPoint(p, a, b)
  const { x, y } = lowerPoint(1 - p, b, a)
  return { x: y, y: x }
}

/** The point whose lower tail is p, p ≤ ½. */
function lowerPoint(p: number, a: number, b: number): BetaPoint {
  if (p === 0) return { x: 0, y: 1 }
  const logPower = (Math.log(p) + Math.log(a) + logBeta(a, b)) / a
  if (logPower < POWER_LAW_BELOW) return { x: Math.exp(logPower), y: 1 }
  const logOtherPower = (Math.log1p(-p) + Math.log(b) + logBeta(a, b)) / b
  if (logOtherPower < POWER_LAW_BELOW) return { x: 1, y: Math.exp(logOtherPower) }
  const found = solveLogTail<BetaPoint>({
    start: fromLogOdds(startFor(p, a, b, logPower)),
    goal: Math.log(p),
    tailAt: ({ x, y }) => {
      const { logLower } = incompleteBeta(x, a, b, y)
      const slope = Math.exp(logBetaFactor(x, a, b, y) - logLower)
      return { logTail: logLower, slope, logDensitySlope: a * y - b * x }
    },
    move: ({ x, y }, step) => {
      const grown = x * Math.exp(step)
      const sum = grown + y
      return { x: grown / sum, y: y / sum }
    },
  })
  return found ?? NOWHERE
}

/** Log odds where to start; the power law bounds the quantile of small p from below. */
function startFor(p: number, a: number, b: number, logPower: number): number {
  if (a < 1 || b < 1) return logPower < 0 ? logPower - Math.log(-Math.expm1(logPower)) : 0
  const spread = Math.sqrt(1 / a + 1 / b)
  const z = normalQuantile(p)
  const normal = Math.log(a / b) + z * spread
  return logPower < 0 ? Math.max(normal, logPower) : normal
}

function fromLogOdds(logOdds: number): BetaPoint {
  const ratio = Math.exp(-Math.abs(logOdds))
  const larger = 1 / (1 + ratio)
  const smaller = ratio * larger
  return logOdds > 0 ? { x: larger, y: smaller } : { x: smaller, y: larger }
}

function isParameter(value: number): boolean {
  return value > 0 && value < Number.POSITIVE_INFINITY
}
