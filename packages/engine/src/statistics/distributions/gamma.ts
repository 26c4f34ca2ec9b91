import { differenceFromProduct } from '../special/exact-product.ts'
import { incompleteGamma, logGammaFactor } from '../special/incomplete-gamma.ts'
import { NO_TAILS, type Tails } from '../special/tails.ts'

/**
 * Both tails of the gamma distribution, and their natural logarithms.
 *
 * @param x any number; below 0 the lower tail is empty
 * @param shape > 0, finite
 * @param scale > 0, finite: the mean is shape · scale
 * @returns NaN outside the domain
 *
 * Source: NIST DLMF 8.2.4.
 */
export function gammaTails(x: number, shape: number, scale = 1): Tails {
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY) || Number.isNaN(x)) return NO_TAILS
  const standard = Math.max(0, x) / scale
  if (scale === 1 || !(standard > 0 && standard < Number.POSITIVE_INFINITY))
    return incompleteGamma(shape, standard)
  return incompleteGamma(shape, standard, -differenceFromProduct(x, shape, scale) / -scale)
}

/** Density of the gamma distribution at x; 0 below 0, NaN outside the domain of {@link gammaTails}. */
export function gammaDensity(x: number, shape: number, scale = 1): number {
  const proper =
    shape > 0 && scale > 0 && shape < Number.POSITIVE_INFINITY && scale < Number.POSITIVE_INFINITY
  if (!proper || Number.isNaN(x)) return Number.NaN
  if (x < 0 || x === Number.POSITIVE_INFINITY) return 0
  if (x === 0) return shape < 1 ? Number.POSITIVE_INFINITY : shape === 1 ? 1 / scale : 0
  return Math.exp(logGammaFactor(shape, x / scale)) / x
}
