import { findRoot } from '../special/find-root.ts'
import { integrate } from '../special/gauss-legendre.ts'
import type { Line } from './line.ts'
import type { LogConcaveDensity } from './log-concave.ts'

/** Beside a peak of height 1. */
const NEGLIGIBLE = 1e-17

/** Steps of the trapezoidal rule in standard deviations at the peak, and how many are worth while on each side. */
const STEPS = [0.5, 0.2]
const MOST_STEPS = 150

/** With every second step left out the error is the root of what it is: so 1e-12 are left. */
const AGREEMENT = 1e-6

/** Of Gauss and Legendre's rule on each panel, where that rule does not serve. */
const POINTS = 16
const PRECISION = 1e-11
const MOST_PANELS = 200

const MOST_DOUBLINGS = 100

/** The peak is searched until it is this near, in squared standard deviations. */
const TOLERANCES = [1e-4, 1e-8, 1e-15]
const NEAR = 0.1

/** Logarithms larger than this leave no digits to their difference. */
const BEYOND = 1e6

/** A function by its logarithm, with the first derivative and minus the second. */
interface Logarithm {
  readonly log: number
  readonly slope: number
  readonly bend: number
}

/**
 * Logarithm of P(a variable is larger than all the others), for one that hardly ever is: the integral of
 * gₖ Π Gⱼ about its own peak, out in the tails of most of them.
 */
export function logFarChance(variable: LogConcaveDensity, others: readonly LogConcaveDensity[]): number {
  return logIntegral(
    (at) => sum([densityAt(variable, at), ...others.map((other) => lowerAt(other, at))]),
    variable.mode,
    Math.max(...others.map(({ mode }) => mode)),
  )
}

/** Logarithm of the mean of (lesser − larger) where that is positive, which it hardly ever is. */
export function logFarLoss(larger: LogConcaveDensity, lesser: LogConcaveDensity, { stretch }: Line): number {
  return logIntegral(
    (at) => {
      const both = sum([lowerAt(larger, at), upperAt(lesser, at)])
      return { ...both, log: both.log + Math.log(stretch(at)) }
    },
    lesser.mode,
    larger.mode,
  )
}

/**
 * Logarithm of the integral of a log-concave function over the whole line.
 *
 * @param low, high about where the peak is
 */
function logIntegral(f: (at: number) => Logarithm, low: number, high: number): number {
  const slope = (at: number) => f(at).slope
  let [from, to] = [Math.min(low, high), Math.max(low, high)]
  let span = to - from || 1
  for (let k = 0; k < MOST_DOUBLINGS && slope(from) < 0; k++, span *= 2) from -= span
  for (let k = 0; k < MOST_DOUBLINGS && slope(to) > 0; k++, span *= 2) to += span
  let peak = from
  for (const tolerance of TOLERANCES) {
    peak = from + findRoot((distance) => slope(from + distance), 0, to - from, tolerance)
    const { slope: rest, bend } = f(peak)
    if (rest * rest < NEAR * bend) break
  }
  const { log: top, bend } = f(peak)
  const height = (at: number) => Math.exp(f(at).log - top)
  const deviation = 1 / Math.sqrt(bend)
  for (const step of STEPS) {
    const area = byTrapezoids(height, peak, step * deviation)
    if (area !== undefined) return top + Math.log(area)
  }
  // Rounding of so small a logarithm is all that the halves of a panel can agree to.
  const precision = PRECISION + 4 * Number.EPSILON * Math.abs(top)
  return top + Math.log(byBisection(height, peak, deviation, precision))
}

/** From the peak to both sides; undefined where the function is not smooth, or has a long tail. */
function byTrapezoids(height: (at: number) => number, peak: number, step: number): number | undefined {
  let even = 1
  let odd = 0
  for (const side of [-step, step]) {
    for (let i = 1; ; i++) {
      if (i > MOST_STEPS) return undefined
      const value = height(peak + i * side)
      if (!(value > NEGLIGIBLE)) break
      if (i % 2 === 0) even += value
      else odd += value
    }
  }
  return Math.abs(even - odd) < AGREEMENT * even ? step * (even + odd) : undefined
}

/** Panels that are halved until the halves agree with the whole. */
function byBisection(
  height: (at: number) => number,
  peak: number,
  deviation: number,
  precision: number,
): number {
  let area = 0
  let left = MOST_PANELS
  const halved = (from: number, to: number, whole: number): number => {
    const middle = from + (to - from) / 2
    const first = integrate(height, from, middle, POINTS)
    const second = integrate(height, middle, to, POINTS)
    const both = first + second
    if (Math.abs(both - whole) <= precision * (area + both) || left-- <= 0) return both
    return halved(from, middle, first) + halved(middle, to, second)
  }
  for (const side of [-1, 1]) {
    let start = peak
    for (let length = deviation; length < Number.MAX_VALUE; length *= 2) {
      const end = start + side * length
      const [from, to] = side < 0 ? [end, start] : [start, end]
      const part = halved(from, to, integrate(height, from, to, POINTS))
      area += part
      start = end
      if (!(part > NEGLIGIBLE * area)) break
    }
  }
  return area
}

function densityAt({ logPeak, drop, slope, curvature }: LogConcaveDensity, at: number): Logarithm {
  return { log: logPeak + drop(at), slope: slope(at), bend: curvature(at, at) }
}

/** (log G)′ = g / G, and −(log G)″ = (g / G) (g / G − (log g)′). */
function lowerAt(density: LogConcaveDensity, at: number): Logarithm {
  if (at < density.mode && density.drop(at) < -BEYOND) return exponentialTailAt(density, at)
  const { logLower } = density.logTails(at)
  const ratio = Math.exp(density.logPeak + density.drop(at) - logLower)
  return { log: logLower, slope: ratio, bend: notNegative(ratio * (ratio - density.slope(at))) }
}

function upperAt(density: LogConcaveDensity, at: number): Logarithm {
  if (at > density.mode && density.drop(at) < -BEYOND) return exponentialTailAt(density, at)
  const { logUpper } = density.logTails(at)
  const ratio = Math.exp(density.logPeak + density.drop(at) - logUpper)
  return { log: logUpper, slope: -ratio, bend: notNegative(ratio * (ratio + density.slope(at))) }
}

/** So far out a tail is that of an exponential distribution, to one part in {@link BEYOND}. */
function exponentialTailAt(density: LogConcaveDensity, at: number): Logarithm {
  const { log, slope, bend } = densityAt(density, at)
  return { log: log - Math.log(Math.abs(slope)), slope, bend }
}

/** A log-concave function bends down; thousands of deviations out nothing but rounding is left of by how much. */
function notNegative(bend: number): number {
  return Math.max(0, bend)
}

function sum(terms: readonly Logarithm[]): Logarithm {
  let [log, slope, bend] = [0, 0, 0]
  for (const term of terms) {
    log += term.log
    slope += term.slope
    bend += term.bend
  }
  return { log, slope, bend }
}
