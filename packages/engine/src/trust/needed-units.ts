import type { Compared, Direction } from './evidence.ts'
import { relativeGain } from './variants.ts'

/**
 * How many times the units so far are needed until an effect is significant, should it stay what it looks like:
 * standard errors fall with √n, so the interval must shrink to the size of the estimate, n growing by
 * (half width / estimate)²; and where the adjusted p-value lags behind the interval, log p grows with n. Intervals that
 * hold at every look shrink a little more slowly than that.
 *
 * @returns at least 1; Infinity for an estimate of 0
 */
export function unitsNeededRatio(compared: Compared, direction: Direction): number {
  const { estimate, low, high } = relativeGain(compared, direction) ?? compared.absolute
  const half = estimate > 0 ? estimate - low : high - estimate
  const byInterval = estimate === 0 ? Number.POSITIVE_INFINITY : (half / estimate) ** 2
  const { pValueAdjusted, alpha } = compared
  const byP = pValueAdjusted < 1 && pValueAdjusted > 0 ? Math.log(alpha) / Math.log(pValueAdjusted) : 1
  return Math.max(1, byInterval, byP)
}
