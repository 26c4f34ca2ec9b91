import { productError } from '../special/exact-product.ts'
import type { MomentsSummary } from './cross-moments.ts'

/**
 * Means and covariances from raw sums, as tables of other systems hold them. The products of sums are not rounded,
 * so that no digit is lost here; those that the sums themselves have lost (values far from 0) are gone.
 *
 * @param units n ≥ 0; covariances are NaN below 2
 * @param sums Σxᵢ, one per component, magnitudes below 1e150
 * @param products Σxᵢxⱼ, symmetric; at least the entries with i ≤ j
 * @returns covariances with divisor n − 1. A variance is exactly 0 where Σx² is below (Σx)²/n by no more than the
 *   rounding of n additions, and NaN where it is by more: no real values have such sums
 */
export function momentsFromSums(
  units: number,
  sums: readonly number[],
  products: readonly (readonly number[])[],
): MomentsSummary {
  const covariance = sums.map((_, i) =>
    sums.map((_, j) => covarianceFrom(units, sums, products, Math.min(i, j), Math.max(i, j))),
  )
  return { units, mean: sums.map((sum) => sum / units), covariance }
}

function covarianceFrom(
  n: number,
  sums: readonly number[],
  products: readonly (readonly number[])[],
  i: number,
  j: number,
): number {
  if (!(n >= 2)) return Number.NaN
  const product = products[i]?.[j] ?? Number.NaN
  const centred = centredProduct(product, sums[i] as number, sums[j] as number, n)
  if (i !== j || !(centred < 0)) return centred / (n - 1)
  return -centred <= n * Number.EPSILON * product ? 0 : Number.NaN
}

/** q − x·y/n with the product and the division carried to twice the digits. */
function centredProduct(q: number, x: number, y: number, n: number): number {
  const product = x * y
  const quotient = product / n
  const remainder = product - quotient * n - productError(quotient, n) + productError(x, y)
  return q - quotient - remainder / n
}
