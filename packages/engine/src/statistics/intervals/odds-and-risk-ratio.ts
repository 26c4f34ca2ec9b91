import type { Interval } from './mover.ts'
import { type BinarySample, criticalValue, isBinarySample } from './proportion-intervals.ts'

/** A ratio with its interval, which is symmetric about the logarithm. */
export interface RatioEffect extends Interval {
  readonly estimate: number
  /** Of the natural logarithm of the ratio. */
  readonly logStandardError: number
}

const NO_RATIO: RatioEffect = {
  estimate: Number.NaN,
  logStandardError: Number.NaN,
  low: Number.NaN,
  high: Number.NaN,
}

/**
 * Ratio of proportions (risk ratio), treatment / control, with Katz's interval on the logarithm.
 *
 * @param control, treatment see {@link BinarySample}
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN outside the domain and where the control has no success; without success in the treatment the ratio
 *   is 0 and its interval NaN. The interval has no width where every trial of both succeeds.
 *
 * Source: Katz, Baptista, Azen & Pike 1978, method C, doi:10.2307/2530610.
 */
export function riskRatio(control: BinarySample, treatment: BinarySample, alpha: number): RatioEffect {
  if (!isBinarySample(control) || !isBinarySample(treatment)) return NO_RATIO
  const { successes: x, trials: n } = control
  const { successes: y, trials: m } = treatment
  if (x === 0) return NO_RATIO
  // (1 − p) / (n p), without the cancellation of 1/x − 1/n
  const variance = (n - x) / n / x + (m - y) / m / y
  return aroundLogarithm((y / x) * (n / m), variance, alpha)
}

/**
 * Odds ratio, treatment / control, with Woolf's interval on the logarithm.
 *
 * @param control, treatment see {@link BinarySample}
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @param continuity added to each of the four counts: 0, or ½ (Haldane, Anscombe), with which there is an answer
 *   also where a count is 0, nearer to 1 than the plain one
 * @returns NaN outside the domain and where a count (with what is added) is 0
 *
 * Source: Woolf 1955, doi:10.1111/j.1469-1809.1955.tb01348.x; with ½: Haldane 1956,
 * doi:10.1111/j.1469-1809.1955.tb01285.x; Anscombe 1956, doi:10.1093/biomet/43.3-4.461.
 */
export function oddsRatio(
  control: BinarySample,
  treatment: BinarySample,
  alpha: number,
  continuity: 0 | 0.5 = 0,
): RatioEffect {
  if (!isBinarySample(control) || !isBinarySample(treatment)) return NO_RATIO
  const [a, b] = [treatment.successes + continuity, treatment.trials - treatment.successes + continuity]
  const [c, d] = [control.successes + continuity, control.trials - control.successes + continuity]
  if (a === 0 || b === 0 || c === 0 || d === 0) return NO_RATIO
  return aroundLogarithm((a / b) * (d / c), 1 / a + 1 / b + 1 / c + 1 / d, alpha)
}

function aroundLogarithm(estimate: number, variance: number, alpha: number): RatioEffect {
  if (!Number.isFinite(variance)) return { ...NO_RATIO, estimate }
  const logStandardError = Math.sqrt(variance)
  const factor = Math.exp(criticalValue(alpha) * logStandardError)
  return { estimate, logStandardError, low: estimate / factor, high: estimate * factor }
}
