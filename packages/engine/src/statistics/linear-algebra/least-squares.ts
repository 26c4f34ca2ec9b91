import { entry, type Matrix, matrix } from './matrix.ts'

/** Coefficients β that minimise |y − Xβ|², and what inference about them needs. */
export interface LeastSquares {
  /** One per column; exactly 0 for a column that others determine. */
  readonly coefficients: Float64Array
  /** y − Xβ */
  readonly residuals: Float64Array
  readonly residualSumOfSquares: number
  /** Independent columns of X. */
  readonly rank: number
  /** (XᵀX)⁻¹ over the independent columns, zeros elsewhere. */
  readonly inverseGram: Matrix
  /** Diagonal of X(XᵀX)⁻¹Xᵀ, one per row, in [0, 1]. */
  readonly leverages: Float64Array
  /** Whether a column is independent of those before it. */
  readonly isIndependent: readonly boolean[]
}

/** A column whose part outside of the earlier ones is smaller than this share of it is determined by them. */
const DEPENDENT = 1e-10

/**
 * Least squares through an orthonormal basis (X = QR), in the order of the columns: a column that earlier ones
 * determine is left out, as R's `lm` does (aliased).
 *
 * @param x n × p with n ≥ 1; p ≥ 0
 * @param y n values
 *
 * Source: Golub & Van Loan 2013, Matrix Computations, sections 5.2.8 and 5.3.
 */
export function leastSquares(x: Matrix, y: ArrayLike<number>): LeastSquares {
  const { q, columns, isIndependent } = orthonormalBasis(x)
  const rank = q.length
  const coefficients = new Float64Array(x.columns)
  const upper = q.map((direction) => columns.map((column) => dot(direction, columnOf(x, column))))
  const residuals = Float64Array.from(y)
  const projections = new Float64Array(rank)
  for (const [k, direction] of q.entries()) {
    const size = dot(direction, residuals)
    projections[k] = size
    subtract(residuals, direction, size)
  }
  for (let k = rank - 1; k >= 0; k--) {
    let sum = projections[k] as number
    for (let j = k + 1; j < rank; j++)
      sum -= (upper[k]?.[j] as number) * (coefficients[columns[j] as number] as number)
    coefficients[columns[k] as number] = sum / (upper[k]?.[k] as number)
  }
  return {
    coefficients,
    residuals,
    residualSumOfSquares: dot(residuals, residuals),
    rank,
    inverseGram: inverseGram(upper, columns, x.columns),
    leverages: leveragesOf(q, x.rows),
    isIndependent,
  }
}

interface Basis {
  readonly q: Float64Array[]
  readonly columns: number[]
  readonly isIndependent: boolean[]
}

/**
 * Orthonormal directions of the column space. Gram and Schmidt's method with each projection done twice, which
 * leaves the directions orthogonal to working precision (Giraud, Langou & Rozložník 2005,
 * doi:10.1016/j.camwa.2005.08.009).
 */
function orthonormalBasis(x: Matrix): Basis {
  const q: Float64Array[] = []
  const columns: number[] = []
  const isIndependent: boolean[] = []
  for (let j = 0; j < x.columns; j++) {
    const column = columnOf(x, j)
    const size = Math.sqrt(dot(column, column))
    for (let pass = 0; pass < 2; pass++)
      for (const direction of q) subtract(column, direction, dot(direction, column))
    const rest = Math.sqrt(dot(column, column))
    const isNew = rest > DEPENDENT * size && q.length < x.rows
    isIndependent.push(isNew)
    if (!isNew) continue
    for (let i = 0; i < column.length; i++) column[i] = (column[i] as number) / rest
    q.push(column)
    columns.push(j)
  }
  return { q, columns, isIndependent }
}

/** R⁻¹R⁻ᵀ, spread over all columns. */
function inverseGram(
  upper: readonly (readonly number[])[],
  columns: readonly number[],
  width: number,
): Matrix {
  const rank = columns.length
  const inverse = invertUpper(upper)
  const result = matrix(width, width)
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j < rank; j++) {
      let sum = 0
      for (let k = Math.max(i, j); k < rank; k++) sum += entry(inverse, i, k) * entry(inverse, j, k)
      result.data[(columns[i] as number) * width + (columns[j] as number)] = sum
    }
  }
  return result
}

function invertUpper(upper: readonly (readonly number[])[]): Matrix {
  const n = upper.length
  const inverse = matrix(n, n)
  for (let j = 0; j < n; j++) {
    inverse.data[j * n + j] = 1 / (upper[j]?.[j] as number)
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0
      for (let k = i + 1; k <= j; k++) sum += (upper[i]?.[k] as number) * entry(inverse, k, j)
      inverse.data[i * n + j] = -sum / (upper[i]?.[i] as number)
    }
  }
  return inverse
}

function leveragesOf(q: readonly Float64Array[], rows: number): Float64Array {
  const leverages = new Float64Array(rows)
  for (const direction of q)
    for (let i = 0; i < rows; i++)
      leverages[i] = (leverages[i] as number) + (direction[i] as number) * (direction[i] as number)
  return leverages
}

function columnOf(x: Matrix, j: number): Float64Array {
  return Float64Array.from({ length: x.rows }, (_, i) => entry(x, i, j))
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

/** values −= size · direction */
function subtract(values: Float64Array, direction: Float64Array, size: number): void {
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) - size * (direction[i] as number)
}
