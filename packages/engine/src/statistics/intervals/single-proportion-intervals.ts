import { betaQuantile, betaUpperQuantile } from '../distributions/beta-quantile.ts'
import type { Interval } from './mover.ts'
import { type BinarySample, criticalValue, isBinarySample, NO_INTERVAL } from './proportion-intervals.ts'

/**
 * Agresti and Coull's interval of a proportion: Wald's, about Wilson's centre. It may reach below 0 or above 1.
 *
 * @param sample see {@link BinarySample}
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN outside the domain
 *
 * Source: Agresti & Coull 1998, doi:10.1080/00031305.1998.10480550; Brown, Cai & DasGupta 2001, section 3.1.2,
 * doi:10.1214/ss/1009213286.
 */
export function agrestiCoullInterval(sample: BinarySample, alpha: number): Interval {
  const z = criticalValue(alpha)
  if (!isBinarySample(sample)) return NO_INTERVAL
  const square = z * z
  const trials = sample.trials + square
  const centre = (sample.successes + square / 2) / trials
  const failures = sample.trials - sample.successes + square / 2
  const margin = z * Math.sqrt((centre * (failures / trials)) / trials)
  return { low: centre - margin, high: centre + margin }
}

/**
 * Clopper and Pearson's "exact" interval of a proportion: it holds at least as often as it says, often much more.
 *
 * @param sample see {@link BinarySample}
 * @param alpha in (0, 1): the interval holds with confidence of at least 1 − alpha
 * @returns NaN outside the domain
 *
 * Source: Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404; as quantiles of beta distributions: Brown, Cai &
 * DasGupta 2001, section 4.2.1, doi:10.1214/ss/1009213286.
 */
export function clopperPearsonInterval(sample: BinarySample, alpha: number): Interval {
  if (!isBinarySample(sample) || !(alpha > 0 && alpha < 1)) return NO_INTERVAL
  const { successes: x, trials: n } = sample
  return {
    low: x === 0 ? 0 : betaQuantile(alpha / 2, x, n - x + 1),
    high: x === n ? 1 : betaUpperQuantile(alpha / 2, x + 1, n - x),
  }
}

/**
 * Equal-tailed interval of a proportion from its posterior under Jeffreys' prior Beta(½, ½), with the limits 0
 * without success and 1 without failure, where the posterior's own would never hold a rate of 0 or 1.
 *
 * @param sample see {@link BinarySample}
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha, on average over rates
 * @returns NaN outside the domain
 *
 * Source: Brown, Cai & DasGupta 2001, section 3.1.3 with the limits after its equation 8,
 * doi:10.1214/ss/1009213286.
 */
export function jeffreysInterval(sample: BinarySample, alpha: number): Interval {
  const { low, high } = jeffreysPosteriorInterval(sample, alpha)
  if (Number.isNaN(low)) return NO_INTERVAL
  return {
    low: sample.successes === 0 ? 0 : low,
    high: sample.successes === sample.trials ? 1 : high,
  }
}

/** The limits of {@link jeffreysInterval} as the posterior has them, also without success or without failure. */
export function jeffreysPosteriorInterval(sample: BinarySample, alpha: number): Interval {
  if (!isBinarySample(sample) || !(alpha > 0 && alpha < 1)) return NO_INTERVAL
  const successes = sample.successes + 0.5
  const failures = sample.trials - sample.successes + 0.5
  return {
    low: betaQuantile(alpha / 2, successes, failures),
    high: betaUpperQuantile(alpha / 2, successes, failures),
  }
}
