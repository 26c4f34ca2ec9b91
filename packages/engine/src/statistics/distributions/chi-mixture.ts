import { stirlingError } from '../special/log-gamma.ts'
import { climb, leastLogTerm, sumBeside } from '../special/peaked-sum.ts'
import { expm1MinusX } from '../special/small-differences.ts'

const LOG_TWO_PI = 1.8378770664093454836
const MOST_NODES = 200_000

/** A largest term this small is the logarithm of the sum, to the last digit; nodes may by then be too close to tell. */
const LOGARITHM_ALONE = -1e15

/** What is this near its limit has reached it. */
const LIMIT_WITHIN = 1e-15

/** The points c = centre · exp(i · spacing), i whole. */
export interface LogGrid {
  readonly centre: number
  readonly spacing: number
}

export interface ChiMixture {
  /** log g(c), at the point with this index of the grid. */
  readonly logFactor: (c: number, index: number) => number
  /** log g(0), the limit towards small c. */
  readonly logFactorAtZero: number
  /** ν > 0, finite. */
  readonly degreesOfFreedom: number
  /** d > 0. */
  readonly scale: number
  /** The s near which g(d s) times the density of log s is largest. */
  readonly peak: number
  /** From {@link chiGrid}. */
  readonly grid: LogGrid
  /** Relative error allowed. */
  readonly tolerance: number
}

/**
 * log E g(d s) for s = χ/√ν, the ratio of a standard deviation estimated with ν degrees of freedom to the true one.
 *
 * The trapezoidal rule in log s, out from the largest term: for g > 0 whose product with the density has one peak,
 * every term is positive, so that the answer has the relative accuracy of g however small it is. The nodes are those
 * of a grid in c = d s, so that values of g serve for more than one scale d.
 *
 * @returns NaN where g is
 *
 * Source: Trefethen & Weideman 2014, doi:10.1137/130932132.
 */
export function logChiMixture(mixture: ChiMixture): number {
  const { degreesOfFreedom, scale, grid, tolerance } = mixture
  const { spacing, centre } = grid
  const offset = Math.log(scale / centre)
  const logTerm = (i: number): number =>
    mixture.logFactor(centre * Math.exp(i * spacing), i) +
    logDensityShape(i * spacing - offset, degreesOfFreedom)
  const peak = climb(logTerm, Math.round((Math.log(mixture.peak) + offset) / spacing))
  const largest = logTerm(peak)
  if (!(largest > LOGARITHM_ALONE)) return largest
  const least = leastLogTerm(largest, tolerance)
  const sum = 1 + sumBeside({ logTerm, tolerance }, peak, 1) + sumBelow(mixture, peak, largest, least)
  return largest + Math.log(sum * spacing) + logDensityConstant(degreesOfFreedom)
}

/**
 * A grid fine enough for {@link logChiMixture} of a g that, at log c + iy near where the integrand is largest, grows
 * like exp(`steepness`² y² / 2) at most: for a growth of exp(A y²) in all, a spacing h leaves an error of
 * exp(−π² / (h² A)).
 *
 * @param given `peak` as in {@link ChiMixture}
 *
 * Source: Trefethen & Weideman 2014, theorem 5.1, with the width of the strip chosen best.
 */
export function chiGrid(given: {
  readonly degreesOfFreedom: number
  readonly scale: number
  readonly peak: number
  readonly steepness: number
  readonly tolerance: number
}): LogGrid {
  const { degreesOfFreedom, scale, peak, steepness } = given
  const digits = -Math.log(given.tolerance)
  const growth = degreesOfFreedom * peak * peak + (steepness * steepness) / 2
  // In a strip wider than |y| < π/4 the density itself grows without bound.
  const spacing = Math.PI / Math.sqrt(digits * (growth + (4 * digits) / Math.PI ** 2))
  return { centre: scale * peak, spacing }
}

/** Logarithm of the density of v = log s, without its constant: 0 at v = 0, where it is largest. */
function logDensityShape(v: number, degreesOfFreedom: number): number {
  return (-degreesOfFreedom / 2) * expm1MinusX(2 * v)
}

function logDensityConstant(degreesOfFreedom: number): number {
  return (Math.log(2 * degreesOfFreedom) - LOG_TWO_PI) / 2 - stirlingError(degreesOfFreedom / 2)
}

/**
 * Towards c = 0 the factor reaches its limit, and is then not asked again; the density becomes a power of s, whose
 * terms make a geometric series.
 */
function sumBelow(mixture: ChiMixture, peak: number, largest: number, least: number): number {
  const { logFactor, logFactorAtZero, degreesOfFreedom, scale, grid } = mixture
  const { spacing, centre } = grid
  const offset = Math.log(scale / centre)
  let sum = 0
  let factor = Number.NaN
  let isAtLimit = false
  for (let i = peak - 1; peak - i < MOST_NODES; i--) {
    if (!isAtLimit) {
      factor = logFactor(centre * Math.exp(i * spacing), i)
      isAtLimit = Math.abs(factor - logFactorAtZero) < LIMIT_WITHIN
    }
    const v = i * spacing - offset
    const logTerm = factor + logDensityShape(v, degreesOfFreedom)
    const term = Math.exp(logTerm - largest)
    sum += term
    if (!(logTerm >= least)) return sum
    if (isAtLimit && degreesOfFreedom * Math.exp(2 * v) < LIMIT_WITHIN)
      return sum + term / Math.expm1(degreesOfFreedom * spacing)
  }
  return Number.NaN
}
