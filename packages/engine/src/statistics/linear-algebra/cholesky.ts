import { entry, type Matrix, matrix } from './matrix.ts'

/**
 * Lower triangular L with A = L·Lᵀ, for a symmetric positive definite A.
 *
 * @returns undefined when A is not positive definite: a pivot at or below `tolerance` × its diagonal entry
 *
 * Source: Golub & Van Loan 2013, Matrix Computations, algorithm 4.2.1.
 */
export function cholesky(a: Matrix, tolerance = 1e-13): Matrix | undefined {
  const n = a.rows
  const lower = matrix(n, n)
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = entry(a, i, j)
      for (let k = 0; k < j; k++) sum -= entry(lower, i, k) * entry(lower, j, k)
      if (i > j) lower.data[i * n + j] = sum / entry(lower, j, j)
      else if (sum > tolerance * entry(a, j, j)) lower.data[j * n + j] = Math.sqrt(sum)
      else return undefined
    }
  }
  return lower
}

/** x with L·Lᵀ·x = b. */
export function solveCholesky(lower: Matrix, b: ArrayLike<number>): Float64Array {
  const n = lower.rows
  const x = Float64Array.from(b)
  for (let i = 0; i < n; i++) {
    let sum = x[i] as number
    for (let k = 0; k < i; k++) sum -= entry(lower, i, k) * (x[k] as number)
    x[i] = sum / entry(lower, i, i)
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] as number
    for (let k = i + 1; k < n; k++) sum -= entry(lower, k, i) * (x[k] as number)
    x[i] = sum / entry(lower, i, i)
  }
  return x
}

/** (L·Lᵀ)⁻¹ */
export function invertCholesky(lower: Matrix): Matrix {
  const n = lower.rows
  const inverse = matrix(n, n)
  for (let j = 0; j < n; j++) {
    const unit = new Float64Array(n)
    unit[j] = 1
    for (const [i, value] of solveCholesky(lower, unit).entries()) inverse.data[i * n + j] = value
  }
  return inverse
}
