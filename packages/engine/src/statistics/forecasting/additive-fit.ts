import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts'
import { leastSquares } from '../linear-algebra/least-squares.ts'
import { type Matrix, matrix, times } from '../linear-algebra/matrix.ts'
import {
  type SmoothingParameters,
  type SmoothingShape,
  type SmoothingState,
  smooth,
} from './exponential-smoothing.ts'
import {
  descend,
  estimatedNumbers,
  parametersAt,
  type SmoothingModel,
  startingPoints,
} from './smoothing-model.ts'

/**
 * Exponential smoothing with additive errors, trend and season, by maximum likelihood.
 *
 * The forecasts are linear in the first state, so that for given parameters the best first state is a least-squares
 * solution: only the parameters (at most four) are searched for.
 *
 * @param values finite, more than the model's estimated numbers
 * @param shape without a multiplicative season
 *
 * Source: Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, sections 2.5.1, 5.1 and 7.1;
 * first state: theirs, section 14.1 (regression on the seed states).
 */
export function fitAdditive(values: readonly number[], shape: SmoothingShape): SmoothingModel {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const centred = Float64Array.from(values, (value) => value - mean)
  const parameters = bestParameters(centred, shape)
  const { x, errors } = seedRegression(centred, shape, parameters)
  const start = stateFrom(leastSquares(x, errors).coefficients, shape)
  const smoothed = smooth(centred, shape, parameters, start)
  const estimated = estimatedNumbers(shape)
  const logLikelihood = (-n / 2) * (Math.log((2 * Math.PI * smoothed.sumOfSquares) / n) + 1)
  return {
    shape,
    parameters,
    start: { ...start, level: start.level + mean },
    fitted: smoothed.fitted.map((value) => value + mean),
    sumOfSquares: smoothed.sumOfSquares,
    logLikelihood,
    estimated,
    standardDeviation: Math.sqrt(smoothed.sumOfSquares / (n - estimated + 1)),
    correctedAic: correctedAic(logLikelihood, estimated, n),
  }
}

/** −2 log L + 2kn / (n − k − 1); Infinity where n is too small (Hurvich & Tsai 1989, doi:10.1093/biomet/76.2.297). */
export function correctedAic(logLikelihood: number, estimated: number, n: number): number {
  const left = n - estimated - 1
  return left > 0 ? -2 * logLikelihood + (2 * estimated * n) / left : Number.POSITIVE_INFINITY
}

/** From the two best points of a grid. */
function bestParameters(values: Float64Array, shape: SmoothingShape): SmoothingParameters {
  const objective = (parameters: SmoothingParameters): number => {
    const { x, errors } = seedRegression(values, shape, parameters)
    return residualSumOfSquares(x, errors)
  }
  const starts = startingPoints(shape).map((point) => ({
    point,
    value: objective(parametersAt(shape, point)),
  }))
  const best = starts
    .sort((a, b) => a.value - b.value)
    .slice(0, 2)
    .map(({ point }) => descend(shape, point, objective))
    .reduce((least, found) => (found.value < least.value ? found : least))
  return parametersAt(shape, best.point)
}

/**
 * The errors that a first state of zeros leaves, and what each part of the first state adds to the forecasts. The
 * season's last position is minus the sum of the others.
 */
function seedRegression(
  values: Float64Array,
  shape: SmoothingShape,
  parameters: SmoothingParameters,
): { readonly x: Matrix; readonly errors: Float64Array } {
  const seasons = shape.season === 'none' ? 0 : shape.period - 1
  const size = 1 + (shape.trend === 'none' ? 0 : 1) + seasons
  const nothing = new Float64Array(values.length)
  const x = matrix(values.length, size)
  for (let j = 0; j < size; j++) {
    const unit = Float64Array.from({ length: size }, (_, i) => Number(i === j))
    const { fitted } = smooth(nothing, shape, parameters, stateFrom(unit, shape))
    for (let t = 0; t < fitted.length; t++) x.data[t * size + j] = fitted[t] as number
  }
  const { errors } = smooth(values, shape, parameters, stateFrom(new Float64Array(size), shape))
  return { x, errors }
}

/** By the normal equations, which the search can afford often; orthogonally where they are too ill conditioned. */
function residualSumOfSquares(x: Matrix, y: Float64Array): number {
  const { rows, columns, data } = x
  const gram = matrix(columns, columns)
  const right = new Float64Array(columns)
  for (let t = 0; t < rows; t++) {
    for (let i = 0; i < columns; i++) {
      const value = data[t * columns + i] as number
      right[i] = (right[i] as number) + value * (y[t] as number)
      for (let j = 0; j <= i; j++)
        gram.data[i * columns + j] =
          (gram.data[i * columns + j] as number) + value * (data[t * columns + j] as number)
    }
  }
  const lower = cholesky(gram)
  if (!lower) return leastSquares(x, y).residualSumOfSquares
  const fitted = times(x, solveCholesky(lower, right))
  let sum = 0
  for (let t = 0; t < rows; t++) sum += ((y[t] as number) - (fitted[t] as number)) ** 2
  return sum
}

function stateFrom(coefficients: Float64Array, { trend, season }: SmoothingShape): SmoothingState {
  const [level, ...rest] = [...coefficients] as [number, ...number[]]
  const seasons = trend === 'none' ? rest : rest.slice(1)
  return {
    level,
    trend: trend === 'none' ? 0 : (rest[0] as number),
    season: season === 'none' ? [] : [...seasons, -seasons.reduce((sum, value) => sum + value, 0)],
  }
}
