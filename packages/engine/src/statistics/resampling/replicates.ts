import { normalCdf } from '../distributions/normal.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import type { Interval } from '../intervals/mover.ts'

/** What the replicates of a bootstrap say of their statistic. */
export interface ReplicateSummary {
  readonly mean: number
  /** Divisor B − 1; NaN for a single replicate. */
  readonly standardError: number
  /** z₀ = Φ⁻¹ of the share of replicates below the estimate, those equal to it counting half. */
  readonly biasCorrection: number
}

/** @param sorted replicates, ascending, at least one */
export function describeReplicates(sorted: Float64Array, estimate: number): ReplicateSummary {
  const count = sorted.length
  const origin = sorted[0] as number
  const shift = sorted.reduce((sum, value) => sum + (value - origin), 0) / count
  const squares = sorted.reduce((sum, value) => sum + (value - origin - shift) ** 2, 0)
  let below = 0
  for (const value of sorted) below += value < estimate ? 1 : value === estimate ? 0.5 : 0
  return {
    mean: origin + shift,
    standardError: count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1)),
    biasCorrection: normalQuantile(below / count),
  }
}

/**
 * Shares of replicates between which the bias-corrected and accelerated interval lies.
 *
 * @param biasCorrection z₀
 * @param acceleration a
 * @param alpha in (0, 1)
 * @returns NaN where z₀ is not finite, or so large that a turns the order of the shares around
 *
 * Source: Efron 1987, eq. 2.3 and 3.7, doi:10.1080/01621459.1987.10478410; Efron & Tibshirani 1993, eq. 14.10.
 */
export function bcaShares(biasCorrection: number, acceleration: number, alpha: number): Interval {
  const share = (z: number): number => {
    const distance = biasCorrection + z
    const denominator = 1 - acceleration * distance
    return denominator > 0 ? normalCdf(biasCorrection + distance / denominator) : Number.NaN
  }
  return { low: share(normalQuantile(alpha / 2)), high: share(-normalQuantile(alpha / 2)) }
}
