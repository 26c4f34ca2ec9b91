import type { Interval } from './mover.ts'
import {
  type BinarySample,
  criticalValue,
  isBinarySample,
  NO_INTERVAL,
  proportionDifference,
} from './proportion-intervals.ts'

/**
 * Wald's interval of a difference of proportions, treatment − control: ± z standard errors, unpooled. Too narrow
 * with few successes or failures.
 *
 * @param control, treatment see {@link BinarySample}
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN outside the domain, and where neither sample varies: there it would have no width
 *
 * Source: Newcombe 1998, method 1, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
 */
export function waldInterval(control: BinarySample, treatment: BinarySample, alpha: number): Interval {
  const standardError = unpooledStandardError(control, treatment)
  if (!(standardError > 0)) return NO_INTERVAL
  return about(proportionDifference(control, treatment), criticalValue(alpha) * standardError)
}

/**
 * Agresti and Caffo's interval of a difference of proportions, treatment − control: Wald's, with one success and
 * one failure more in each sample. Good also with few successes; it may reach beyond ∓1.
 *
 * @param control, treatment see {@link BinarySample}
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN outside the domain
 *
 * Source: Agresti & Caffo 2000, doi:10.1080/00031305.2000.10474560.
 */
export function agrestiCaffoInterval(
  control: BinarySample,
  treatment: BinarySample,
  alpha: number,
): Interval {
  if (!isBinarySample(control) || !isBinarySample(treatment)) return NO_INTERVAL
  const [c, t] = [withOneMoreOfEach(control), withOneMoreOfEach(treatment)]
  return about(proportionDifference(c, t), criticalValue(alpha) * unpooledStandardError(c, t))
}

/** √(p(1 − p) / n summed over both); NaN outside the domain. */
export function unpooledStandardError(control: BinarySample, treatment: BinarySample): number {
  return Math.sqrt(rateVariance(control) + rateVariance(treatment))
}

/** p(1 − p) / n: the variance of an observed rate; NaN outside the domain. */
export function rateVariance(sample: BinarySample): number {
  if (!isBinarySample(sample)) return Number.NaN
  const { successes, trials } = sample
  return ((successes / trials) * ((trials - successes) / trials)) / trials
}

function withOneMoreOfEach({ successes, trials }: BinarySample): BinarySample {
  return { successes: successes + 1, trials: trials + 2 }
}

function about(centre: number, margin: number): Interval {
  return { low: centre - margin, high: centre + margin }
}
