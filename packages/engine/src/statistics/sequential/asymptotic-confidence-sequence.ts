import { findRoot } from '../special/find-root.ts'
import { deviance } from '../special/log-gamma.ts'
import { logErrorFrom, thresholdFrom } from './delayed-start.ts'
import {
  logMixture,
  logOneSidedMixture,
  logOneSidedP,
  mixtureRadius,
  oneSidedMixtureRadius,
  type Sidedness,
} from './normal-mixture.ts'

/** What is known of an effect at one look. */
export interface SequenceLook {
  readonly estimate: number
  /** Of the estimate at this look, > 0. */
  readonly standardError: number
  /** Units behind the estimate, of all variants together; > 0. */
  readonly units: number
}

export interface SequenceSettings {
  /** In (0, 1); the intervals of all looks together hold with confidence 1 − alpha. */
  readonly alpha: number
  /**
   * Where the sequence is narrowest, the same at every look; see {@link optimalRhoSquared}. To choose it after having
   * seen outcomes makes the sequence invalid.
   */
  readonly rhoSquared: number
  /** `greater`: a lower bound only, against the alternative that the truth lies above the null value. */
  readonly sidedness?: Sidedness
  /**
   * Units of the first look that will be taken seriously, fixed beforehand; what would have been spent before it makes
   * the sequence narrower after it (two-sided; one-sided nothing is gained). Earlier looks are NaN. See
   * {@link thresholdFrom}.
   */
  readonly firstUnits?: number
  /** What the p-value and the e-value speak against; 0 unless given. */
  readonly nullValue?: number
}

export interface AnytimeInference {
  readonly halfWidth: number
  /** −Infinity for `less`. */
  readonly low: number
  /** Infinity for `greater`. */
  readonly high: number
  /** Natural logarithm of the evidence against the null value, a martingale in large samples. */
  readonly logEValue: number
  /** Smallest alpha whose interval leaves out the null value. Valid whenever it is looked at. */
  readonly pValue: number
  readonly log10PValue: number
}

const NO_INFERENCE: AnytimeInference = {
  halfWidth: Number.NaN,
  low: Number.NaN,
  high: Number.NaN,
  logEValue: Number.NaN,
  pValue: Number.NaN,
  log10PValue: Number.NaN,
}

/**
 * Interval, p-value and e-value that hold at all looks together, however many there are and whenever one stops. For
 * every estimator that is close to a mean of independent contributions of units: differences of means and proportions,
 * ratios by the delta method, adjusted effects.
 *
 * "Asymptotic" means that the first look must come when the normal approximation holds: see `minimumUnits`. What then
 * follows may be looked at without end.
 *
 * One-sided, the p-value belongs to the interval, whose closed form is a little wider than needed; the e-value is that
 * of the mixture itself, so 1 / e is a little below p.
 *
 * @returns NaN outside the domain
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024, theorem 2.2; one-sided: equation 134
 * (arXiv:2103.06476).
 */
export function asymptoticConfidenceSequence(
  look: SequenceLook,
  settings: SequenceSettings,
): AnytimeInference {
  const { estimate, standardError, units } = look
  const { rhoSquared, sidedness = 'two-sided', nullValue = 0 } = settings
  const halfWidth = sequenceHalfWidth(look, settings)
  if (Number.isNaN(halfWidth) || !Number.isFinite(estimate) || !Number.isFinite(nullValue))
    return NO_INFERENCE
  const z = (estimate - nullValue) / standardError
  const inference = inferenceOf({ estimate, halfWidth, z, varianceRatio: units * rhoSquared, sidedness })
  if (!isDelayed(settings)) return inference
  const logP = logErrorFrom(settings.firstUnits * rhoSquared, -inference.logEValue)
  return { ...inference, pValue: Math.exp(logP), log10PValue: logP / Math.LN10 }
}

/** Half the width of the interval (one-sided: its distance from the estimate); see {@link asymptoticConfidenceSequence}. */
export function sequenceHalfWidth(
  { standardError, units }: Pick<SequenceLook, 'standardError' | 'units'>,
  settings: SequenceSettings,
): number {
  const { alpha, rhoSquared, firstUnits = 0, sidedness = 'two-sided' } = settings
  const isValid = isPositive(standardError) && isPositive(units) && isPositive(rhoSquared) && isAlpha(alpha)
  if (!isValid || !(units >= firstUnits)) return Number.NaN
  if (sidedness !== 'two-sided') return standardError * oneSidedMixtureRadius(units * rhoSquared, alpha)
  const threshold = isDelayed(settings) ? thresholdFrom(firstUnits * rhoSquared, alpha) : alpha
  return standardError * mixtureRadius(units * rhoSquared, threshold)
}

function isDelayed(
  settings: SequenceSettings,
): settings is SequenceSettings & { readonly firstUnits: number } {
  const { sidedness = 'two-sided', firstUnits = 0 } = settings
  return sidedness === 'two-sided' && firstUnits > 0
}

/** @internal Shared with the mixture sequential probability ratio test. */
export function inferenceOf(given: {
  readonly estimate: number
  readonly halfWidth: number
  readonly z: number
  readonly varianceRatio: number
  readonly sidedness: Sidedness
}): AnytimeInference {
  const { estimate, halfWidth, z, varianceRatio, sidedness } = given
  const towards = sidedness === 'less' ? -z : z
  const isTwoSided = sidedness === 'two-sided'
  const logEValue = isTwoSided ? logMixture(z, varianceRatio) : logOneSidedMixture(towards, varianceRatio)
  const logP = isTwoSided ? Math.min(0, 0 - logEValue) : logOneSidedP(towards, varianceRatio)
  return {
    halfWidth,
    low: sidedness === 'less' ? Number.NEGATIVE_INFINITY : estimate - halfWidth,
    high: sidedness === 'greater' ? Number.POSITIVE_INFINITY : estimate + halfWidth,
    logEValue,
    pValue: Math.exp(logP),
    log10PValue: logP / Math.LN10,
  }
}

/** Where a sequence shall be narrowest. */
export interface Tuning {
  /** In (0, 1). */
  readonly alpha: number
  /** Units, of all variants together, at which the sequence shall be as narrow as it can be; > 0. */
  readonly units: number
  readonly sidedness?: Sidedness
}

/**
 * ρ² that makes the sequence narrowest at a number of units, best the number planned.
 *
 * @returns NaN outside the domain
 *
 * Source: Howard et al. 2021, proposition 3 (arXiv:1810.08240): nρ² = −W₋₁(−α² / e) − 1, here as the root x of
 * x − log(1 + x) = −2 log α. One-sided, the root of the derivative of the closed form.
 */
export function optimalRhoSquared({ alpha, units, sidedness = 'two-sided' }: Tuning): number {
  if (!isAlpha(alpha) || !isPositive(units)) return Number.NaN
  const slope = sidedness === 'two-sided' ? twoSidedSlope(alpha) : oneSidedSlope(alpha)
  return Math.exp(findRoot((logX) => slope(Math.exp(logX)), -200, 20)) / units
}

/**
 * ρ² close to {@link optimalRhoSquared}, in closed form: what GrowthBook uses. Some 3 % below the best at alpha 0.05; the
 * width is the same to 0.1 %. One-sided with twice the alpha, so alpha must be below ½.
 *
 * Source: Waudby-Smith et al. 2024, appendix on the choice of ρ (arXiv:2103.06476).
 */
export function approximateRhoSquared({ alpha, units, sidedness = 'two-sided' }: Tuning): number {
  const both = sidedness === 'two-sided' ? alpha : 2 * alpha
  if (!isAlpha(alpha) || !isAlpha(both) || !isPositive(units)) return Number.NaN
  const evidence = -2 * Math.log(both)
  return (evidence + Math.log1p(evidence)) / units
}

function twoSidedSlope(alpha: number): (x: number) => number {
  const evidence = -2 * Math.log(alpha)
  // x − log(1 + x), also where it is x² / 2
  return (x) => Math.log(deviance(1, 1 + x, -x) / evidence)
}

function oneSidedSlope(alpha: number): (x: number) => number {
  return (x) => {
    const root = Math.sqrt(1 + x)
    return Math.log((x * root) / (2 * (2 * alpha + root)) / Math.log1p(root / (2 * alpha)))
  }
}

function isAlpha(alpha: number): boolean {
  return alpha > 0 && alpha < 1
}

function isPositive(value: number): boolean {
  return value > 0 && value < Number.POSITIVE_INFINITY
}
