const SMALLEST = 1e-300
const TOLERANCE = Number.EPSILON / 2
const MOST_TERMS = 10_000_000

/**
 * Value of b₀ + a₁ / (b₁ + a₂ / (b₂ + …)), for fractions that converge.
 *
 * @param numerator aₘ for m ≥ 1
 * @param denominator bₘ for m ≥ 0
 * @returns NaN when it has not converged after ten million terms
 *
 * Source: Lentz 1976, doi:10.1364/AO.15.000668, with the guard against zeros of Thompson & Barnett 1986,
 * doi:10.1016/0021-9991(86)90046-X.
 */
export function continuedFraction(
  numerator: (m: number) => number,
  denominator: (m: number) => number,
): number {
  let value = denominator(0) || SMALLEST
  let c = value
  let d = 0
  for (let m = 1; m < MOST_TERMS; m++) {
    const a = numerator(m)
    const b = denominator(m)
    d = 1 / (b + a * d || SMALLEST)
    c = b + a / c || SMALLEST
    const factor = c * d
    value *= factor
    if (Math.abs(factor - 1) <= TOLERANCE || a === 0 || Number.isNaN(value)) return value
  }
  return Number.NaN
}
