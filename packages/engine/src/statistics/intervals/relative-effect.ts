import { normalQuantile } from '../distributions/normal-quantile.ts'

/** An estimate and the variance of that estimate (not of the units): the square of its standard error. */
export interface Estimate {
  readonly value: number
  readonly variance: number
}

export interface RelativeEffect {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/**
 * Relative effect (treatment − control) / control of two estimates, with a normal interval by the
 * first-order delta method: variance = Vₜ / c² + t² V꜀ / c⁴ − 2 t Cov / c³.
 *
 * Good while the control lies several standard errors from 0; nearer to 0 it is too narrow (Fieller 1954).
 *
 * @param control, treatment any finite values with variances ≥ 0
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @param covariance of the two estimates; 0 where they are independent
 * @returns undefined where the control is 0, or so near that the effect is not a finite number
 *
 * Source: Deng, Knoblich & Lu 2018, section 3 (percent changes), doi:10.1145/3219819.3219919.
 */
export function relativeEffect(
  control: Estimate,
  treatment: Estimate,
  alpha: number,
  covariance = 0,
): RelativeEffect | undefined {
  const estimate = (treatment.value - control.value) / control.value
  const margin = -normalQuantile(alpha / 2) * relativeStandardError(control, treatment, covariance)
  const effect = { estimate, low: estimate - margin, high: estimate + margin }
  return Object.values(effect).every(Number.isFinite) ? effect : undefined
}

/**
 * Standard error of the relative effect, and of the ratio treatment / control, by the delta method; see
 * {@link relativeEffect}.
 *
 * @param covariance of the two estimates; 0 where they are independent
 * @returns not finite where the control is 0
 */
export function relativeStandardError(control: Estimate, treatment: Estimate, covariance = 0): number {
  const ratio = treatment.value / control.value
  const independent = Math.hypot(Math.sqrt(treatment.variance), ratio * Math.sqrt(control.variance))
  if (covariance === 0) return independent / Math.abs(control.value)
  const variance = independent * independent - 2 * ratio * covariance
  return Math.sqrt(Math.max(0, variance)) / Math.abs(control.value)
}
