import { type BinarySample, proportionDifference } from '../intervals/proportion-intervals.ts'
import type { MomentsSummary } from '../moments/cross-moments.ts'
import { checked, type Effect, type EffectProblem } from './effect.ts'

/** Fewer successes or failures than this in a variant make the normal approximation untrustworthy. */
const SMALL_COUNT = 10

/**
 * Difference of two proportions over units that are 0 or 1, with the unpooled standard error. Where a variant has
 * few successes or failures it is Agresti and Caffo's standard error (one success and one failure more in each
 * variant), which is never 0.
 *
 * Source: Newcombe 1998, method 1, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I;
 * Agresti & Caffo 2000, doi:10.1080/00031305.2000.10474560.
 */
export function proportionEffect(control: MomentsSummary, treatment: MomentsSummary): Effect | EffectProblem {
  if (!(control.units >= 2 && treatment.units >= 2)) return 'too-few-units'
  const [a, b] = [binarySample(control), binarySample(treatment)]
  if (!a || !b) return 'invalid-values'
  const isSmall = hasSmallCounts(a) || hasSmallCounts(b)
  const [first, second] = [a, b].map((sample) => proportionOf(sample, isSmall)) as [Proportion, Proportion]
  return checked({
    estimate: proportionDifference(a, b),
    standardError: Math.sqrt(first.variance + second.variance),
    degreesOfFreedom: Number.POSITIVE_INFINITY,
    control: first,
    treatment: second,
    units: a.trials + b.trials,
    isSmall,
  })
}

interface Proportion {
  readonly value: number
  readonly variance: number
}

/** Successes and trials, or undefined where the mean of the units cannot be that of zeros and ones. */
export function binarySample({ units, mean }: MomentsSummary): BinarySample | undefined {
  const successes = Math.round((mean[0] ?? Number.NaN) * units)
  const isPossible = Number.isSafeInteger(units) && successes >= 0 && successes <= units
  return isPossible ? { successes, trials: units } : undefined
}

function proportionOf(sample: BinarySample, isSmall: boolean): Proportion {
  const { successes, trials } = sample
  return {
    value: successes / trials,
    variance: isSmall
      ? varianceOf({ successes: successes + 1, trials: trials + 2 })
      : varianceOf({ successes, trials }),
  }
}

/** p(1 − p) / n. */
function varianceOf({ successes, trials }: BinarySample): number {
  return ((successes / trials) * ((trials - successes) / trials)) / trials
}

function hasSmallCounts({ successes, trials }: BinarySample): boolean {
  return successes < SMALL_COUNT || trials - successes < SMALL_COUNT
}
