import { normalQuantile } from '../distributions/normal-quantile.ts'
import { productError } from '../special/exact-product.ts'
import { differenceFromMargins, type EstimateWithMargins, type Interval, ratioFromMargins } from './mover.ts'

export type { Interval }

/** Successes in [0, trials] among trials > 0. */
export interface BinarySample {
  readonly successes: number
  readonly trials: number
}

export const NO_INTERVAL: Interval = { low: Number.NaN, high: Number.NaN }

/**
 * Wilson's score interval of a proportion. Keeps within [0, 1], and has a width also without any success.
 *
 * @param sample see {@link BinarySample}
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN outside the domain
 *
 * Source: Wilson 1927, doi:10.1080/01621459.1927.10502953; closed form of Newcombe 1998, method 3,
 * doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E.
 */
export function wilsonInterval(sample: BinarySample, alpha: number): Interval {
  const { successes: x, trials: n } = sample
  const z = criticalValue(alpha)
  if (!isBinarySample(sample) || Number.isNaN(z)) return NO_INTERVAL
  const sum = 2 * x + z * z + scoreRoot(sample, z)
  // The limits are the roots of a quadratic; their product gives the lower one without cancellation.
  return {
    low: ((2 * x) / n) * (x / sum),
    high: x === n ? 1 : sum / (2 * (n + z * z)),
  }
}

/**
 * Newcombe's hybrid score interval of a difference of proportions, treatment − control.
 *
 * @param control, treatment see {@link BinarySample}
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN outside the domain
 *
 * Source: Newcombe 1998, method 10, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
 */
export function newcombeInterval(control: BinarySample, treatment: BinarySample, alpha: number): Interval {
  const c = scoreMargins(control, alpha)
  const t = scoreMargins(treatment, alpha)
  return differenceFromMargins(c, t, proportionDifference(control, treatment))
}

/**
 * Interval of a ratio of proportions, treatment / control, from their Wilson intervals (MOVER-R). Excludes 1
 * exactly when {@link newcombeInterval} excludes 0: both solve the same equation.
 *
 * @param control, treatment see {@link BinarySample}; the control needs a success
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN outside the domain
 *
 * Source: Donner & Zou 2012, eq. 9, doi:10.1177/0962280210383082: the limits are where the interval of
 * treatment − ratio × control just touches 0.
 */
export function proportionRatioInterval(
  control: BinarySample,
  treatment: BinarySample,
  alpha: number,
): Interval {
  if (!(control.successes > 0)) return NO_INTERVAL
  return ratioFromMargins(scoreMargins(control, alpha), scoreMargins(treatment, alpha))
}

/**
 * Difference of two proportions, treatment − control, to full relative accuracy: subtracting the rounded rates
 * would leave few digits of a small effect in a billion units.
 *
 * @param control, treatment see {@link BinarySample}; trials below 1e15
 */
export function proportionDifference(control: BinarySample, treatment: BinarySample): number {
  return crossDifference(control, treatment) / control.trials / treatment.trials
}

/**
 * Relative difference of two proportions, (treatment − control) / control, to full relative accuracy; exactly −1
 * without success in the treatment.
 *
 * @param control, treatment see {@link BinarySample}; trials below 1e15
 * @returns not finite where the control has no success
 */
export function relativeProportionDifference(control: BinarySample, treatment: BinarySample): number {
  return crossDifference(control, treatment) / (control.successes * treatment.trials)
}

/** The difference times both trials. */
function crossDifference(control: BinarySample, treatment: BinarySample): number {
  const [x, n] = [treatment.successes, control.trials]
  const [y, m] = [control.successes, treatment.trials]
  return x * n - y * m + (productError(x, n) - productError(y, m))
}

/** How far the Wilson limits lie from the observed rate, each without cancellation. */
function scoreMargins(sample: BinarySample, alpha: number): EstimateWithMargins {
  const z = criticalValue(alpha)
  if (!isBinarySample(sample)) return { value: Number.NaN, below: Number.NaN, above: Number.NaN }
  const value = sample.successes / sample.trials
  const width = 2 * (sample.trials + z * z)
  const shift = (z * z * (1 - 2 * value)) / width
  const half = scoreRoot(sample, z) / width
  return { value, below: Math.max(0, half - shift), above: Math.max(0, half + shift) }
}

/** z √(z² + 4 n p (1 − p)). */
function scoreRoot({ successes, trials }: BinarySample, z: number): number {
  return z * Math.sqrt(z * z + 4 * successes * ((trials - successes) / trials))
}

/** z with P(|Z| > z) = alpha; NaN outside of (0, 1). */
export function criticalValue(alpha: number): number {
  return alpha > 0 && alpha < 1 ? -normalQuantile(alpha / 2) : Number.NaN
}

export function isBinarySample({ successes, trials }: BinarySample): boolean {
  return trials > 0 && trials < Number.POSITIVE_INFINITY && successes >= 0 && successes <= trials
}
