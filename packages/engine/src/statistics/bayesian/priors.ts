import type { BetaDistribution, GammaDistribution, NormalDistribution } from './posterior.ts'

/**
 * A prior for a relative effect, as one for the difference: both effects are the same thing in other units, so mean
 * and deviation are multiplied by the control's value.
 *
 * A control of unknown value has only an estimate here; as long as that is precise (a few per cent) next to how
 * vague the prior is, nothing changes.
 *
 * @param baseline value of the control, finite and not 0
 * @returns NaN outside the domain
 */
export function priorForDifference(relative: NormalDistribution, baseline: number): NormalDistribution {
  if (!(Number.isFinite(baseline) && baseline !== 0))
    return { mean: Number.NaN, standardDeviation: Number.NaN }
  return {
    mean: relative.mean * baseline,
    standardDeviation: relative.standardDeviation * Math.abs(baseline),
  }
}

/** The other way round: a prior for a difference as one for the relative effect. */
export function priorForLift(absolute: NormalDistribution, baseline: number): NormalDistribution {
  return priorForDifference(absolute, 1 / baseline)
}

/**
 * A beta prior that expects a probability and is as sure of it as so many units would make one.
 *
 * @param mean in (0, 1)
 * @param units above 0
 * @returns NaN parameters outside the domain
 */
export function betaPriorWorth(mean: number, units: number): BetaDistribution {
  if (!(mean > 0 && mean < 1 && units > 0)) return { a: Number.NaN, b: Number.NaN }
  return { a: mean * units, b: (1 - mean) * units }
}

/** A gamma prior that expects a rate and is as sure of it as so much exposure; see {@link betaPriorWorth}. */
export function gammaPriorWorth(mean: number, exposure: number): GammaDistribution {
  if (!(mean > 0 && exposure > 0)) return { shape: Number.NaN, rate: Number.NaN }
  return { shape: mean * exposure, rate: exposure }
}
