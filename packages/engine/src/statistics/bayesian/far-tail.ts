import { findRoot } from '../special/find-root.ts'
import type { Line } from './line.ts'
import type { LogConcaveDensity } from './log-concave.ts'

/** Terms beyond this drop of their logarithm add nothing. */
const NEGLIGIBLE_DROP = 40

/** Steps of half a standard deviation: the trapezoidal rule is then exact to e⁻⁷⁹ for a normal density. */
const STEP = 0.5
const MOST_STEPS = 2000

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
 * Logarithm of the integral of a log-concave function over the whole line, by the trapezoidal rule from its peak
 * to both sides.
 *
 * @param low, high about where the peak is
 */
function logIntegral(f: (at: number) => Logarithm, low: number, high: number): number {
  const slope = (at: number) => f(at).slope
  let span = high - low
  let [from, to] = [low, high]
  while (slope(from) < 0) {
    from -= span
    span *= 2
  }
  while (slope(to) > 0) {
    to += span
    span *= 2
  }
  const peak = from + findRoot((distance) => slope(from + distance), 0, to - from, 1e-4)
  const { log: top, bend } = f(peak)
  const step = STEP / Math.sqrt(bend)
  let total = 1
  for (const side of [-step, step]) {
    for (let i = 1; i < MOST_STEPS; i++) {
      const fall = f(peak + i * side).log - top
      if (!(fall > -NEGLIGIBLE_DROP)) break
      total += Math.exp(fall)
    }
  }
  return top + Math.log(step * total)
}

function densityAt({ logPeak, drop, slope, curvature }: LogConcaveDensity, at: number): Logarithm {
  return { log: logPeak + drop(at), slope: slope(at), bend: curvature(at, at) }
}

/** (log G)′ = g / G, and −(log G)″ = (g / G) (g / G − (log g)′). */
function lowerAt(density: LogConcaveDensity, at: number): Logarithm {
  const { logLower } = density.logTails(at)
  const ratio = Math.exp(density.logPeak + density.drop(at) - logLower)
  return { log: logLower, slope: ratio, bend: notNegative(ratio * (ratio - density.slope(at))) }
}

function upperAt(density: LogConcaveDensity, at: number): Logarithm {
  const { logUpper } = density.logTails(at)
  const ratio = Math.exp(density.logPeak + density.drop(at) - logUpper)
  return { log: logUpper, slope: -ratio, bend: notNegative(ratio * (ratio + density.slope(at))) }
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
