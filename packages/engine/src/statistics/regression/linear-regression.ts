import { type LeastSquares, leastSquares } from '../linear-algebra/least-squares.ts'
import { entry, type Matrix, matrix } from '../linear-algebra/matrix.ts'

/** How the residuals of the units vary: `classic` alike; the others each its own, with more or less care. */
export type RobustKind = 'classic' | 'hc0' | 'hc1' | 'hc2' | 'hc3'

export interface LinearRegression {
  /** One per column; 0 for a column that earlier ones determine. */
  readonly coefficients: readonly number[]
  readonly degreesOfFreedom: number
  readonly rank: number
  readonly isIndependent: readonly boolean[]
  readonly fit: LeastSquares
  readonly design: Matrix
}

/**
 * Least squares on units, with the standard errors of {@link covarianceOf}.
 *
 * @param design n × p, usually with a first column of ones
 * @param outcomes n values
 * @returns undefined without rows, where lengths differ, and for values that are not finite
 */
export function linearRegression(design: Matrix, outcomes: ArrayLike<number>): LinearRegression | undefined {
  const isValid =
    design.rows > 0 &&
    design.rows === outcomes.length &&
    design.data.every(Number.isFinite) &&
    Array.from(outcomes).every(Number.isFinite)
  if (!isValid) return undefined
  const fit = leastSquares(design, outcomes)
  return {
    coefficients: Array.from(fit.coefficients),
    degreesOfFreedom: design.rows - fit.rank,
    rank: fit.rank,
    isIndependent: fit.isIndependent,
    fit,
    design,
  }
}

/**
 * Covariance matrix of the coefficients, p × p.
 *
 * `classic` is s²(XᵀX)⁻¹. `hc0` weighs each row by its squared residual e² (White), `hc1` by e²·n/(n − r), `hc2` by
 * e²/(1 − h), `hc3` by e²/(1 − h)², where h is the row's leverage.
 *
 * @returns NaN without degrees of freedom; for `hc2` and `hc3` also where a row determines a coefficient alone (h = 1)
 *
 * Source: White 1980, doi:10.2307/1912934; MacKinnon & White 1985, doi:10.1016/0304-4076(85)90158-7.
 */
export function covarianceOf({ fit, design }: LinearRegression, kind: RobustKind): Matrix {
  const degreesOfFreedom = design.rows - fit.rank
  if (kind === 'classic') return scaled(fit.inverseGram, fit.residualSumOfSquares / degreesOfFreedom)
  const weights = Float64Array.from(fit.residuals, (residual, i) => {
    const rest = restOf(fit.leverages[i] as number)
    if (kind === 'hc2') return (residual * residual) / rest
    return kind === 'hc3' ? (residual / rest) ** 2 : residual * residual
  })
  const sandwich = sandwichOf(fit.inverseGram, weightedGram(design, weights))
  return kind === 'hc1' ? scaled(sandwich, design.rows / degreesOfFreedom) : sandwich
}

/** Roots of the diagonal of {@link covarianceOf}. */
export function standardErrors(regression: LinearRegression, kind: RobustKind): number[] {
  return diagonalRoots(covarianceOf(regression, kind))
}

export function diagonalRoots(a: Matrix): number[] {
  return Array.from({ length: a.rows }, (_, j) => Math.sqrt(entry(a, j, j)))
}

/** B·M·B for symmetric B and M. */
export function sandwichOf(bread: Matrix, filling: Matrix): Matrix {
  const p = bread.rows
  const result = matrix(p, p)
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let k = 0; k < p; k++)
        for (let l = 0; l < p; l++) sum += entry(bread, i, k) * entry(filling, k, l) * entry(bread, l, j)
      result.data[i * p + j] = sum
      result.data[j * p + i] = sum
    }
  }
  return result
}

/** What a row does not determine of its own prediction: 1 − h, NaN where that is nothing. */
function restOf(leverage: number): number {
  const rest = 1 - leverage
  return rest > 1e-12 ? rest : Number.NaN
}

/** Xᵀ diag(w) X */
function weightedGram({ rows, columns, data }: Matrix, weights: Float64Array): Matrix {
  const gram = matrix(columns, columns)
  for (let row = 0; row < rows; row++) {
    const weight = weights[row] as number
    for (let i = 0; i < columns; i++) {
      const part = weight * (data[row * columns + i] as number)
      for (let j = 0; j < columns; j++)
        gram.data[i * columns + j] =
          (gram.data[i * columns + j] as number) + part * (data[row * columns + j] as number)
    }
  }
  return gram
}

function scaled(a: Matrix, factor: number): Matrix {
  return {
    rows: a.rows,
    columns: a.columns,
    data: a.data.map((value) => value * (factor < Number.POSITIVE_INFINITY ? factor : Number.NaN)),
  }
}
