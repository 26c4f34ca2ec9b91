import { standardErrorOfInterval } from '../../packages/engine/src/statistics/intervals/standard-error-of-interval.ts'
import { type Arm, effectOfArms, type PeerEffect } from './effect.ts'
import type { EffectConfig, QuantileSums } from './golden.ts'

/** The interval that comes with a quantile is always one of 95 %. */
const INTERVAL_ALPHA = 0.05

/** From so many values on gbstats lets no variance of a value be smaller than this, in squared units of the metric. */
const FLOORED_FROM = 100
export const VARIANCE_FLOOR = 1e-5

/** A quantile of independent values. */
export function quantileEffect(a: QuantileSums, b: QuantileSums, config: EffectConfig): PeerEffect {
  return effectOfArms([quantileArm(a), quantileArm(b)], config)
}

/** @returns variance of the quantile from the width of its interval, times (n − 1) / n */
export function quantileArm(sums: QuantileSums): Arm {
  const { n, n_star, quantile_hat, quantile_lower, quantile_upper } = sums
  const standardError = standardErrorOfInterval({ low: quantile_lower, high: quantile_upper }, INTERVAL_ALPHA)
  const perValue = (n_star / n) * (n - 1) * standardError ** 2
  const floored = n < FLOORED_FROM ? perValue : Math.max(perValue, VARIANCE_FLOOR)
  return { units: n, value: quantile_hat, variance: floored / n }
}
