import { cholesky, invertCholesky, solveCholesky } from '../linear-algebra/cholesky.ts'
import { entry, type Matrix, matrix, product, times } from '../linear-algebra/matrix.ts'
import type { ObservationalProblem } from './observational.ts'
import { type StandardisedDesign, standardised, unstandardised } from './standardise.ts'

/** log odds = intercept + Σ coefficient · feature. */
export interface LogisticRegression {
  /** The intercept first. */
  readonly coefficients: Float64Array
  /** Inverse of the information, (p + 1)²; NaN where the fit is penalised. */
  readonly covariance: Matrix
  readonly standardErrors: Float64Array
  /** Probability of a 1 for each row. */
  readonly fitted: Float64Array
  readonly logLikelihood: number
}

/** Newton's method doubles the right digits with each step; separated data gain one unit of log odds instead. */
const MOST_STEPS = 40
const LAST_STEP = 1e-9

/**
 * Logistic regression by maximum likelihood, or by penalised likelihood.
 *
 * @param features n × p without a column of ones; p may be 0
 * @param labels n zeros and ones
 * @param penalty λ ≥ 0: λ/2 Σ of the squared coefficients of the standardised features is taken from the
 * log-likelihood; the intercept is free
 * @returns without a penalty 'collinear' for dependent features and 'separation' when the likelihood has no maximum;
 * 'no-comparison' when all labels are the same
 *
 * Source: McCullagh & Nelder 1989, Generalized Linear Models, sections 2.5 and 4.4; separation: Albert & Anderson
 * 1984, doi:10.1093/biomet/71.1.1; penalty: le Cessie & van Houwelingen 1992, doi:10.2307/2347628.
 */
export function logisticRegression(
  features: Matrix,
  labels: ArrayLike<number>,
  penalty = 0,
): LogisticRegression | ObservationalProblem {
  const ones = Array.prototype.filter.call(labels, (label: number) => label === 1).length
  const zeros = Array.prototype.filter.call(labels, (label: number) => label === 0).length
  const isValid = features.data.every(Number.isFinite) && ones + zeros === features.rows && penalty >= 0
  if (!isValid || labels.length !== features.rows) return 'invalid-values'
  if (ones === 0 || zeros === 0) return 'no-comparison'
  const scaled = standardised(features)
  if (penalty === 0 && scaled.isConstant) return 'collinear'
  const found = maximise(scaled.design, labels, penalty, Math.log(ones / zeros))
  if (typeof found === 'string') return found
  const covariance =
    penalty === 0 ? covarianceOf(found.information, scaled) : notANumber(features.columns + 1)
  return {
    coefficients: unstandardised(found.coefficients, scaled),
    covariance,
    standardErrors: Float64Array.from({ length: covariance.rows }, (_, j) =>
      Math.sqrt(entry(covariance, j, j)),
    ),
    fitted: times(scaled.design, found.coefficients).map(probability),
    logLikelihood: logLikelihood(scaled.design, labels, found.coefficients),
  }
}

/** 1 / (1 + exp(−log odds)), without overflow on either side. */
export function probability(logOdds: number): number {
  return logOdds >= 0 ? 1 / (1 + Math.exp(-logOdds)) : Math.exp(logOdds) / (1 + Math.exp(logOdds))
}

interface Maximum {
  readonly coefficients: Float64Array
  /** Cholesky factor of the information. */
  readonly information: Matrix
}

function maximise(
  x: Matrix,
  labels: ArrayLike<number>,
  penalty: number,
  intercept: number,
): Maximum | ObservationalProblem {
  let coefficients = new Float64Array(x.columns)
  coefficients[0] = intercept
  let height = penalised(x, labels, coefficients, penalty)
  let isLast = false
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, information } = derivatives(x, labels, coefficients, penalty)
    const lower = cholesky(information)
    if (!lower) return step === 0 ? 'collinear' : 'separation'
    if (isLast) return { coefficients, information: lower }
    const direction = solveCholesky(lower, gradient)
    const next = climb(x, labels, penalty, coefficients, direction, height)
    isLast = next.coefficients.every(
      (value, j) => Math.abs(value - (coefficients[j] as number)) <= LAST_STEP * (1 + Math.abs(value)),
    )
    coefficients = next.coefficients
    height = next.height
  }
  return 'separation'
}

/** Newton's step, halved while it leads downhill. */
function climb(
  x: Matrix,
  labels: ArrayLike<number>,
  penalty: number,
  from: Float64Array,
  direction: Float64Array,
  height: number,
): { readonly coefficients: Float64Array<ArrayBuffer>; readonly height: number } {
  for (let share = 1; share > 1e-6; share /= 2) {
    const coefficients = Float64Array.from(from, (value, j) => value + share * (direction[j] as number))
    const reached = penalised(x, labels, coefficients, penalty)
    if (reached >= height - 1e-9 * (1 + Math.abs(height))) return { coefficients, height: reached }
  }
  return { coefficients: Float64Array.from(from), height }
}

function derivatives(
  x: Matrix,
  labels: ArrayLike<number>,
  coefficients: Float64Array,
  penalty: number,
): { readonly gradient: Float64Array; readonly information: Matrix } {
  const { rows, columns, data } = x
  const gradient = coefficients.map((value, j) => (j === 0 ? 0 : -penalty * value))
  const information = matrix(columns, columns)
  const logOdds = times(x, coefficients)
  for (let i = 0; i < rows; i++) {
    const expected = probability(logOdds[i] as number)
    const surprise = (labels[i] as number) - expected
    const weight = expected * (1 - expected)
    for (let j = 0; j < columns; j++) {
      const value = data[i * columns + j] as number
      gradient[j] = (gradient[j] as number) + value * surprise
      const weighted = value * weight
      for (let k = 0; k <= j; k++)
        information.data[j * columns + k] =
          (information.data[j * columns + k] as number) + weighted * (data[i * columns + k] as number)
    }
  }
  for (let j = 0; j < columns; j++) {
    if (j > 0) information.data[j * columns + j] = (information.data[j * columns + j] as number) + penalty
    for (let k = 0; k < j; k++)
      information.data[k * columns + j] = information.data[j * columns + k] as number
  }
  return { gradient, information }
}

function penalised(
  x: Matrix,
  labels: ArrayLike<number>,
  coefficients: Float64Array,
  penalty: number,
): number {
  const squares = coefficients.reduce((sum, value, j) => (j === 0 ? 0 : sum + value * value), 0)
  return logLikelihood(x, labels, coefficients) - (penalty / 2) * squares
}

function logLikelihood(x: Matrix, labels: ArrayLike<number>, coefficients: Float64Array): number {
  const logOdds = times(x, coefficients)
  let sum = 0
  for (const [i, value] of logOdds.entries()) {
    const against = labels[i] === 1 ? -value : value
    sum -= Math.max(0, against) + Math.log1p(Math.exp(-Math.abs(against)))
  }
  return sum
}

/** Inverse information, on the scale of the features as they were given. */
function covarianceOf(information: Matrix, { means, scales }: StandardisedDesign): Matrix {
  const size = means.length + 1
  const back = matrix(size, size)
  back.data[0] = 1
  for (let j = 1; j < size; j++) {
    const scale = scales[j - 1] as number
    back.data[j] = -(means[j - 1] as number) / scale
    back.data[j * size + j] = 1 / scale
  }
  const transposed = matrix(size, size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) transposed.data[j * size + i] = entry(back, i, j)
  return product(product(back, invertCholesky(information)), transposed)
}

function notANumber(size: number): Matrix {
  const result = matrix(size, size)
  result.data.fill(Number.NaN)
  return result
}
