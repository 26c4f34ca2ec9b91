import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts'
import { type Matrix, matrix } from '../linear-algebra/matrix.ts'
import { logisticRegression, probability } from '../observational/logistic-regression.ts'
import { standardised, unstandardised } from '../observational/standardise.ts'

/** Expected outcome = link(intercept + Σ coefficient · feature). */
export interface LinearPredictor {
  readonly link: 'identity' | 'logit'
  /** The intercept first. */
  readonly coefficients: Float64Array
}

export function predict({ link, coefficients }: LinearPredictor, features: Matrix): Float64Array {
  const { rows, columns, data } = features
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = coefficients[0] as number
    for (let j = 0; j < columns; j++)
      sum += (data[i * columns + j] as number) * (coefficients[j + 1] as number)
    return link === 'logit' ? probability(sum) : sum
  })
}

/**
 * Least squares with λ Σ of the squared coefficients of the standardised features added; the intercept is free.
 *
 * @param features n × p with n ≥ 1
 * @param penalty λ > 0
 *
 * Source: Hoerl & Kennard 1970, doi:10.1080/00401706.1970.10488634.
 */
export function ridgeRegression(
  features: Matrix,
  outcomes: ArrayLike<number>,
  penalty: number,
): LinearPredictor {
  const scaled = standardised(features)
  const { rows, columns, data } = scaled.design
  const gram = matrix(columns, columns)
  const right = new Float64Array(columns)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const value = data[i * columns + j] as number
      if (value === 0) continue
      right[j] = (right[j] as number) + value * (outcomes[i] as number)
      for (let k = 0; k <= j; k++)
        gram.data[j * columns + k] =
          (gram.data[j * columns + k] as number) + value * (data[i * columns + k] as number)
    }
  }
  for (let j = 1; j < columns; j++)
    gram.data[j * columns + j] = (gram.data[j * columns + j] as number) + penalty
  const lower = cholesky(gram)
  const solution = lower ? solveCholesky(lower, right) : new Float64Array(columns).fill(Number.NaN)
  return { link: 'identity', coefficients: unstandardised(solution, scaled) }
}

/** Ridge logistic regression; where all outcomes are the same, that outcome for everyone. */
export function ridgeLogistic(
  features: Matrix,
  outcomes: ArrayLike<number>,
  penalty: number,
): LinearPredictor {
  const fit = logisticRegression(features, outcomes, penalty)
  if (typeof fit !== 'string') return { link: 'logit', coefficients: fit.coefficients }
  const constant = new Float64Array(features.columns + 1)
  constant[0] = outcomes[0] as number
  return { link: 'identity', coefficients: constant }
}
