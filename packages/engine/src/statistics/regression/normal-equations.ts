import { entry, type Matrix, matrix } from '../linear-algebra/matrix.ts'

/** Coefficients θ of least squares from sums of products alone. */
export interface NormalSolution {
  /** One per predictor; 0 for one that is not used. */
  readonly coefficients: readonly number[]
  /** Whether a predictor varies, and is not determined by those before it. */
  readonly isUsed: readonly boolean[]
  /** Predictors used. */
  readonly rank: number
  /** (XᵀX)⁻¹ over the used predictors, zeros elsewhere. */
  readonly inverse: Matrix
}

/** A predictor whose part not explained by the earlier ones has less than this share of its variance is left out. */
const DEPENDENT = 1e-10

/** A standard deviation this much smaller than the mean is rounding. */
const CONSTANT = 1e-13

/**
 * Least squares from centred sums of products: θ = Sₓₓ⁻¹ sₓᵧ by Cholesky's factorisation of the correlations, in the
 * order of the predictors. One that is constant, not finite, or determined by earlier ones gets no coefficient.
 *
 * @param products Sₓₓ, p × p, symmetric, positive semidefinite
 * @param responses sₓᵧ, p values
 * @param means of the predictors, to tell a constant from a small variance
 * @param units from which the products come
 *
 * Source: Golub & Van Loan 2013, Matrix Computations, algorithm 4.2.1 and section 5.3.2.
 */
export function solveNormalEquations(
  products: Matrix,
  responses: ArrayLike<number>,
  means: readonly number[],
  units: number,
): NormalSolution {
  const p = products.rows
  const scales = Array.from({ length: p }, (_, j) =>
    scaleOf(entry(products, j, j), means[j] as number, units),
  )
  const { rows, columns } = factor(products, scales)
  const scaled = Array.from(columns, (j) => (responses[j] as number) / (scales[j] as number))
  const solved = solve(rows, scaled)
  const coefficients = new Array<number>(p).fill(0)
  for (const [k, j] of columns.entries()) coefficients[j] = (solved[k] as number) / (scales[j] as number)
  return {
    coefficients,
    isUsed: Array.from({ length: p }, (_, j) => columns.includes(j)),
    rank: columns.length,
    inverse: inverseOf(rows, columns, scales, p),
  }
}

/** xᵀ A x */
export function quadraticForm(a: Matrix, x: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < a.columns; j++) sum += (x[i] as number) * entry(a, i, j) * (x[j] as number)
  return sum
}

/** Root of a predictor's sum of squares, or 0 where it is constant up to rounding. */
function scaleOf(sumOfSquares: number, mean: number, units: number): number {
  const scale = Math.sqrt(sumOfSquares)
  const smallest = CONSTANT * Math.abs(mean) * Math.sqrt(units)
  return Number.isFinite(scale) && scale > smallest ? scale : 0
}

/** Rows of L with L·Lᵀ = correlations of the columns that are independent. */
function factor(products: Matrix, scales: readonly number[]): { rows: number[][]; columns: number[] } {
  const rows: number[][] = []
  const columns: number[] = []
  for (const [j, scale] of scales.entries()) {
    if (scale === 0) continue
    const row: number[] = []
    for (const [k, i] of columns.entries()) {
      const correlation = entry(products, j, i) / scale / (scales[i] as number)
      row.push((correlation - dot(row, rows[k] as number[], k)) / (rows[k]?.[k] as number))
    }
    const rest = 1 - dot(row, row, row.length)
    if (!(rest > DEPENDENT)) continue
    row.push(Math.sqrt(rest))
    rows.push(row)
    columns.push(j)
  }
  return { rows, columns }
}

/** x with L·Lᵀ·x = b. */
function solve(rows: readonly number[][], b: readonly number[]): number[] {
  const x = [...b]
  for (const [i, row] of rows.entries()) x[i] = ((x[i] as number) - dot(row, x, i)) / (row[i] as number)
  for (let i = rows.length - 1; i >= 0; i--) {
    let sum = x[i] as number
    for (let k = i + 1; k < rows.length; k++) sum -= (rows[k]?.[i] as number) * (x[k] as number)
    x[i] = sum / (rows[i]?.[i] as number)
  }
  return x
}

function inverseOf(
  rows: readonly number[][],
  columns: readonly number[],
  scales: readonly number[],
  size: number,
): Matrix {
  const inverse = matrix(size, size)
  for (const [k, j] of columns.entries()) {
    const unit = columns.map((_, i) => (i === k ? 1 : 0))
    for (const [l, value] of solve(rows, unit).entries()) {
      const i = columns[l] as number
      inverse.data[i * size + j] = value / (scales[i] as number) / (scales[j] as number)
    }
  }
  return inverse
}

function dot(x: readonly number[], y: readonly number[], length: number): number {
  let sum = 0
  for (let k = 0; k < length; k++) sum += (x[k] as number) * (y[k] as number)
  return sum
}
