import { findRoot } from '../../special/find-root.ts'
import { exitProbabilities, type StoppingRule } from './exit-probabilities.ts'

/** A test under way: what was seen at a look, and the looks that remain. */
export interface InterimLook {
  readonly z: number
  /** Information at this look, > 0, in the unit of the rule. */
  readonly information: number
  /** The looks after this one. Futility bounds in `lower` end the test without rejection if it has one side. */
  readonly remaining: Pick<StoppingRule, 'information' | 'upper' | 'lower'>
  /** 2: stopping at or below `lower` rejects too. */
  readonly sides: 1 | 2
}

/** Prior of the drift (expectation of Z at information 1): normal. */
export interface DriftPrior {
  readonly mean: number
  /** > 0; Infinity for no opinion. */
  readonly variance: number
}

/** Drift that what was seen points to: that the effect is the one estimated. */
export function currentTrend({ z, information }: Pick<InterimLook, 'z' | 'information'>): number {
  return z / Math.sqrt(information)
}

/**
 * Probability that the test will still reject, if the drift is as given: 0 for no effect, the planned one for the design
 * effect, {@link currentTrend} for the one seen (which early looks know badly: see {@link predictivePower}).
 *
 * @returns NaN outside the domain
 *
 * Source: Lan, Simon & Halperin 1982, doi:10.1080/07474948208836014; Jennison & Turnbull 2000, section 10.2.
 */
export function conditionalPower(interim: InterimLook, drift: number): number {
  return rejection(interim, { drift, driftVariance: 0 })
}

/**
 * Probability that the test will still reject, averaged over what is believed of the drift after this look.
 *
 * Drift · u + Brownian motion with a drift drawn from N(μ, τ²) is, divided by 1 + τ²u and in the time u / (1 + τ²u),
 * Brownian motion around μu: so the remaining looks are those of a test without effect, and nothing is averaged.
 *
 * @param prior no opinion unless given
 * @returns NaN outside the domain, and where looks are so far away that the drift alone decides
 *
 * Source: Spiegelhalter, Freedman & Blackburn 1986, doi:10.1016/0197-2456(86)90003-6; Jennison & Turnbull 2000,
 * section 10.3.
 */
export function predictivePower(
  interim: InterimLook,
  prior: DriftPrior = { mean: 0, variance: Number.POSITIVE_INFINITY },
): number {
  if (!(prior.variance > 0) || !Number.isFinite(prior.mean)) return Number.NaN
  const precision = interim.information + 1 / prior.variance
  const score = interim.z * Math.sqrt(interim.information)
  return rejection(interim, {
    drift: (score + prior.mean / prior.variance) / precision,
    driftVariance: 1 / precision,
  })
}

/**
 * z at a look below which conditional power under the planned drift is less than a threshold: stop there for futility.
 * That costs power: the error of the second kind becomes at most beta / (1 − threshold).
 *
 * @param threshold in (0, 1), commonly 0.1 to 0.3
 * @param drift the planned one
 * @returns NaN outside the domain
 *
 * Source: Lan, Simon & Halperin 1982, theorem 2, doi:10.1080/07474948208836014.
 */
export function conditionalPowerBoundary(
  interim: Omit<InterimLook, 'z' | 'sides'>,
  drift: number,
  threshold: number,
): number {
  if (!(threshold > 0 && threshold < 1)) return Number.NaN
  const excess = (z: number) => conditionalPower({ ...interim, z, sides: 1 }, drift) - threshold
  const { information, upper } = interim.remaining
  const last = (upper.at(-1) ?? Number.NaN) * Math.sqrt(information.at(-1) ?? Number.NaN)
  // Where the last boundary lies on the straight path, give or take what chance can do on the way.
  const rest = (information.at(-1) ?? Number.NaN) - interim.information
  const root = Math.sqrt(interim.information)
  const centre = (last - drift * rest) / root
  const reach = (9 * Math.sqrt(rest) + 9) / root
  return findRoot(excess, centre - reach - Math.abs(centre), centre + reach)
}

function rejection(
  { z, information, remaining, sides }: InterimLook,
  { drift, driftVariance }: { readonly drift: number; readonly driftVariance: number },
): number {
  if (!(information > 0) || !Number.isFinite(z) || !Number.isFinite(drift)) return Number.NaN
  const score = z * Math.sqrt(information)
  const steps = remaining.information.map((later) => later - information)
  const shrinkages = steps.map((step) => 1 + driftVariance * step)
  const times = steps.map((step, look) => step / (shrinkages[look] as number))
  const shifted = (bounds: readonly number[]) =>
    bounds.map((bound, look) => {
      const step = steps[look] as number
      const target = bound * Math.sqrt(remaining.information[look] as number) - score - drift * step
      return target / (shrinkages[look] as number) / Math.sqrt(times[look] as number)
    })
  const rule = { information: times, upper: shifted(remaining.upper), ...lowerOf(remaining, shifted) }
  const exits = exitProbabilities(rule)
  const total = exits.upper.reduce((sum, exit) => sum + exit, 0)
  return sides === 2 ? exits.lower.reduce((sum, exit) => sum + exit, total) : total
}

function lowerOf(
  { lower }: InterimLook['remaining'],
  shifted: (bounds: readonly number[]) => number[],
): { readonly lower?: readonly number[] } {
  return lower ? { lower: shifted(lower) } : {}
}
