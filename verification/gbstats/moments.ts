import { ratioOfTotals } from '../../packages/engine/src/statistics/metrics/ratio-of-totals.ts'
import type { MomentsSummary } from '../../packages/engine/src/statistics/moments/cross-moments.ts'
import { momentsFromSums } from '../../packages/engine/src/statistics/moments/from-sums.ts'
import { type Arm, effectOfArms, type PeerEffect } from './effect.ts'
import type { EffectConfig, RatioSums, Sums } from './golden.ts'

/**
 * Moments of some values per unit from their sums. Where two of them are both 0 or 1 their covariance is divided by n
 * here, as gbstats divides it, and by n − 1 everywhere else.
 *
 * @param products Σxᵢxⱼ for i < j, by rows: [01, 02, …, 12, …]
 */
export function momentsOf(
  units: number,
  values: readonly Sums[],
  products: readonly number[],
): MomentsSummary {
  const rest = [...products]
  const rows = values.map((value, i) =>
    values.map((_, j) =>
      j < i ? Number.NaN : i === j ? (value.sum_squares ?? value.sum) : (rest.shift() ?? Number.NaN),
    ),
  )
  const { mean, covariance } = momentsFromSums(
    units,
    values.map(({ sum }) => sum),
    rows,
  )
  const divisor = (i: number, j: number) =>
    isBinary(values[i] as Sums) && isBinary(values[j] as Sums) ? (units - 1) / units : 1
  return {
    units,
    mean,
    covariance: covariance.map((row, i) => row.map((value, j) => value * divisor(i, j))),
  }
}

/** A proportion or a mean. */
export function meanEffect(a: Sums, b: Sums, config: EffectConfig): PeerEffect {
  return effectOfArms([meanArm(a), meanArm(b)], config)
}

/** A ratio of totals. */
export function ratioEffect(a: RatioSums, b: RatioSums, config: EffectConfig): PeerEffect {
  return effectOfArms([ratioArm(a), ratioArm(b)], config)
}

export function meanArm(sums: Sums): Arm {
  const { units, mean, covariance } = momentsOf(sums.n, [sums], [])
  return { units, value: mean[0] as number, variance: (covariance[0]?.[0] as number) / units }
}

function ratioArm({ n, m_statistic, d_statistic, m_d_sum_of_products }: RatioSums): Arm {
  return { units: n, ...ratioOfTotals(momentsOf(n, [m_statistic, d_statistic], [m_d_sum_of_products])) }
}

function isBinary({ sum_squares }: Sums): boolean {
  return sum_squares === undefined
}
