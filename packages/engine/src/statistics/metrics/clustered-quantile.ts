import { criticalValue } from '../intervals/proportion-intervals.ts'
import { CrossMoments } from '../moments/cross-moments.ts'
import { ratioOfTotals } from './ratio-of-totals.ts'
import { sampleQuantile, sorted } from './sample-quantile.ts'

export interface ClusteredQuantile {
  readonly value: number
  /** Variance of the share of values at or below the quantile, with clusters as the independent units. */
  readonly shareVariance: number
  /** The same as if all values were independent. */
  readonly independentShareVariance: number
  /** The first divided by the second. */
  readonly designEffect: number
  /** Levels of the sample quantiles that are the limits; outside of [0, 1] where the sample is too small. */
  readonly levels: readonly [number, number]
  /** −Infinity where its level is below 0. */
  readonly low: number
  /** Infinity where its level is above 1. */
  readonly high: number
  /** Half the interval over z: a standard error for tests. */
  readonly standardError: number
}

/**
 * Quantile of values of which each unit has several (page loads of users). The share of values at or below the
 * quantile is a ratio of totals over units, so that the delta method gives its variance; the interval reaches from
 * one sample quantile to another ("outer" interval), with no need of a density.
 *
 * @param clusters values of each unit; empty ones are left out
 * @param level in (0, 1)
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns undefined outside the domain and below two units
 *
 * Source: Deng, Knoblich & Lu 2018, section 4.2, doi:10.1145/3219819.3219919.
 */
export function clusteredQuantile(
  clusters: readonly ArrayLike<number>[],
  level: number,
  alpha: number,
): ClusteredQuantile | undefined {
  const filled = clusters.filter(({ length }) => length > 0)
  const z = criticalValue(alpha)
  if (!(filled.length >= 2 && level > 0 && level < 1) || Number.isNaN(z)) return undefined
  const values = sorted(filled.flatMap((cluster) => Array.from(cluster)))
  const value = sampleQuantile(values, level)
  const { variance } = shareAtMost(filled, value)
  const independent = (level * (1 - level)) / values.length
  const margin = z * Math.sqrt(variance)
  const levels = [level - margin, level + margin] as const
  const low = levels[0] < 0 ? Number.NEGATIVE_INFINITY : sampleQuantile(values, levels[0])
  const high = levels[1] > 1 ? Number.POSITIVE_INFINITY : sampleQuantile(values, levels[1])
  return {
    value,
    shareVariance: variance,
    independentShareVariance: independent,
    designEffect: variance / independent,
    levels,
    low,
    high,
    standardError: (high - low) / (2 * z),
  }
}

function shareAtMost(clusters: readonly ArrayLike<number>[], limit: number) {
  const moments = new CrossMoments(1, 2)
  for (const cluster of clusters) {
    let count = 0
    for (let i = 0; i < cluster.length; i++) if ((cluster[i] as number) <= limit) count++
    moments.add(0, [count, cluster.length], 1)
  }
  return ratioOfTotals(moments.summary(0))
}
