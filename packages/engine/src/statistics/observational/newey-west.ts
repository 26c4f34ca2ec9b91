import type { LeastSquares } from '../linear-algebra/least-squares.ts'
import { entry, type Matrix, matrix, product } from '../linear-algebra/matrix.ts'

/**
 * Covariance of least-squares coefficients when errors of rows near in time may depend on each other and differ in
 * variance: n / (n − k) · (XᵀX)⁻¹ S (XᵀX)⁻¹ with S = Γ₀ + Σₗ (1 − l / (L + 1)) (Γₗ + Γₗᵀ), Γₗ = Σₜ eₜeₜ₋ₗ xₜxₜ₋ₗᵀ.
 *
 * @param x n × p in the order of time, equally spaced
 * @param lags L ≥ 0: how far dependence reaches
 *
 * Source: Newey & West 1987, doi:10.2307/1913610, eq. 5; the factor n / (n − k) for small samples as in Stata and EViews.
 */
export function neweyWestCovariance(
  x: Matrix,
  { residuals, inverseGram, rank }: LeastSquares,
  lags: number,
): Matrix {
  const scores = Array.from({ length: x.rows }, (_, t) =>
    Float64Array.from({ length: x.columns }, (_, j) => entry(x, t, j) * (residuals[t] as number)),
  )
  const middle = matrix(x.columns, x.columns)
  for (let lag = 0; lag <= Math.min(lags, x.rows - 1); lag++) {
    const weight = 1 - lag / (lags + 1)
    for (let t = lag; t < x.rows; t++) {
      const [now, before] = [scores[t] as Float64Array, scores[t - lag] as Float64Array]
      addOuterProduct(middle, now, before, weight)
      if (lag > 0) addOuterProduct(middle, before, now, weight)
    }
  }
  const covariance = product(product(inverseGram, middle), inverseGram)
  const factor = x.rows / (x.rows - rank)
  return { ...covariance, data: covariance.data.map((value) => value * factor) }
}

/** Lags that grow with the length of the series: ⌊4 (n / 100)^(2/9)⌋ (Newey & West 1994, doi:10.2307/2297912). */
export function lagsFor(length: number): number {
  return Math.floor(4 * (length / 100) ** (2 / 9))
}

/** sum += factor · a·bᵀ */
function addOuterProduct({ columns, data }: Matrix, a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < columns; i++)
    for (let j = 0; j < columns; j++)
      data[i * columns + j] = (data[i * columns + j] as number) + factor * (a[i] as number) * (b[j] as number)
}
