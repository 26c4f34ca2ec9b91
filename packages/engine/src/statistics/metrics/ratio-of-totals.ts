import type { Estimate } from '../intervals/relative-effect.ts'
import type { MomentsSummary } from '../moments/cross-moments.ts'
import { lineariseRatio } from '../moments/linearise.ts'

/**
 * Ratio of two totals over independent units (clicks per view), with its variance by the first-order delta method:
 * (s²ₓ − 2R sₓᵧ + R² s²ᵧ) / (n ȳ²) for R = x̄ / ȳ.
 *
 * @param summary of numerator and denominator per unit, in this order; more components are ignored
 * @returns NaN below two units or where the mean denominator is 0; variance 0 where numerator and denominator are
 *   proportional up to rounding, which says nothing about the next sample
 *
 * Source: Deng, Knoblich & Lu 2018, section 4, doi:10.1145/3219819.3219919.
 */
export function ratioOfTotals(summary: MomentsSummary): Estimate {
  const { units, mean, covariance } = lineariseRatio(summary)
  return { value: mean[0] as number, variance: (covariance[0]?.[0] as number) / units }
}
