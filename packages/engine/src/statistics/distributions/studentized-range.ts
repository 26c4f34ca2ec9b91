import { findRoot } from '../special/find-root.ts'
import { ALL_ABOVE, flip, fromLogLower, fromLogUpper, NO_TAILS, type Tails } from '../special/tails.ts'
import { normalQuantile } from './normal-quantile.ts'
import { logRangeLowerTail, logRangeUpperTail } from './normal-range.ts'
import { studentTTwoSidedTails } from './student-t.ts'
import { studentTCentralQuantile, studentTQuantile } from './student-t-quantile.ts'
import { peakOfFalling, studentize } from './studentize.ts'

/** The smaller tail is computed, and leaves the other its digits. */
const COMPLEMENT_TO = Math.log(0.6)

const BEND = 0.3

/** On the scale of log q. */
const FAR = 3
const NEAR = 1e-3

/**
 * Both tails of the studentized range: the range of k independent normal means over their estimated standard error,
 * which is the statistic of Tukey's comparison of all pairs. Relative error below 1e-11 in both tails, down to 1e-300.
 *
 * @param q any number; at 0 and below the lower tail is empty
 * @param k number of means, a whole number ≥ 2
 * @param degreesOfFreedom of the standard error, > 0; Infinity when it is known
 * @returns NaN outside the domain
 *
 * Source: Copenhaver & Holland 1988, doi:10.1080/00949658808811082; computed as in `normal-range.ts` and
 * `studentize.ts`. Two means are a t test of their difference.
 */
export function studentizedRangeTails(q: number, k: number, degreesOfFreedom: number): Tails {
  if (!isDomain(k, degreesOfFreedom) || Number.isNaN(q)) return NO_TAILS
  if (q <= 0) return ALL_ABOVE
  if (q === Number.POSITIVE_INFINITY) return flip(ALL_ABOVE)
  if (k === 2) return flip(studentTTwoSidedTails(q / Math.SQRT2, degreesOfFreedom))
  const logUpper = upperTailNear(q, k, degreesOfFreedom)(q)
  if (logUpper < COMPLEMENT_TO) return fromLogUpper(logUpper)
  return fromLogLower(lowerTailNear(q, k, degreesOfFreedom)(q))
}

/**
 * q with P(Q ≤ q) = p for the studentized range.
 *
 * @param p in [0, 1]; 0 and Infinity at the ends
 * @returns NaN outside the domain of {@link studentizedRangeTails}
 */
export function studentizedRangeQuantile(p: number, k: number, degreesOfFreedom: number): number {
  if (!(p >= 0 && p <= 1) || !isDomain(k, degreesOfFreedom)) return Number.NaN
  if (p === 0) return 0
  return p < 0.5
    ? lowerQuantile(p, k, degreesOfFreedom)
    : studentizedRangeUpperQuantile(1 - p, k, degreesOfFreedom)
}

/** q with P(Q > q) = alpha: the critical value of Tukey's comparison at level alpha. */
export function studentizedRangeUpperQuantile(alpha: number, k: number, degreesOfFreedom: number): number {
  if (!(alpha >= 0 && alpha <= 1) || !isDomain(k, degreesOfFreedom)) return Number.NaN
  if (alpha === 0) return Number.POSITIVE_INFINITY
  if (alpha > 0.5) return studentizedRangeQuantile(1 - alpha, k, degreesOfFreedom)
  // One pair is exceeded less often than the largest difference, which is exceeded less often than Bonferroni's.
  const low = -Math.SQRT2 * studentTQuantile(alpha / 2, degreesOfFreedom)
  if (k === 2 || low === Number.POSITIVE_INFINITY) return low
  const high = -Math.SQRT2 * studentTQuantile(alpha / (k * (k - 1)), degreesOfFreedom)
  return between(low, Math.min(high, Number.MAX_VALUE), Math.log(alpha), (near) =>
    upperTailNear(near, k, degreesOfFreedom),
  )
}

function lowerQuantile(p: number, k: number, degreesOfFreedom: number): number {
  const low = Math.SQRT2 * studentTCentralQuantile(p, degreesOfFreedom)
  if (k === 2) return low
  const high = -Math.SQRT2 * studentTQuantile((1 - p) / (k * (k - 1)), degreesOfFreedom)
  return between(low, high, Math.log(p), (near) => lowerTailNear(near, k, degreesOfFreedom))
}

/** Root of a log tail on the scale of log q. */
function between(
  low: number,
  high: number,
  goal: number,
  tailNear: (q: number) => (q: number) => number,
): number {
  const from = Math.log(low) - 1e-9
  const to = Math.log(high) + 1e-9
  const middle = (from + to) / 2
  const logQ = rootWithin(from, to, goal, tailNear(Math.exp(middle)))
  if (Math.abs(logQ - middle) < FAR) return Math.exp(logQ)
  // Nodes that far from their centre have lost digits.
  return Math.exp(rootWithin(logQ - NEAR, logQ + NEAR, goal, tailNear(Math.exp(logQ))))
}

function rootWithin(from: number, to: number, goal: number, logTail: (q: number) => number): number {
  return findRoot((logQ) => logTail(Math.exp(logQ)) - goal, from, to, 1e-15)
}

function upperTailNear(q: number, k: number, degreesOfFreedom: number): (q: number) => number {
  const logTail = (w: number): number => logRangeUpperTail(w, k)
  const peak = peakOfFalling(typicalRange(k), Math.SQRT1_2)
  const steepness = (w: number): number => steeper(k) * w
  return studentize({ logTail, logTailAtZero: 0, peak, steepness }, degreesOfFreedom, q)
}

function lowerTailNear(q: number, k: number, degreesOfFreedom: number): (q: number) => number {
  const logTail = (w: number): number => logRangeLowerTail(w, k)
  const logTailAtZero = Number.NEGATIVE_INFINITY
  // The tail grows like wᵏ⁻¹ up to the typical range.
  const peak = (t: number): number =>
    Math.min(Math.sqrt(1 + (k - 1) / degreesOfFreedom), Math.max(1, typicalRange(k) / t))
  const steepness = (w: number): number => steeper(k) * Math.min(w, typicalRange(k))
  return studentize({ logTail, logTailAtZero, peak, steepness }, degreesOfFreedom, q)
}

function typicalRange(k: number): number {
  return -2 * normalQuantile(0.5 / k)
}

/** How much steeper the range of many makes the tail, as measured. */
function steeper(k: number): number {
  return 1 + BEND * Math.log(k - 1)
}

function isDomain(k: number, degreesOfFreedom: number): boolean {
  return Number.isInteger(k) && k >= 2 && degreesOfFreedom > 0
}
