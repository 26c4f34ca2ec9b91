import { leastSquares } from '../linear-algebra/least-squares.ts'
import { matrix, matrixFromRows } from '../linear-algebra/matrix.ts'
import { correctedAic } from './additive-fit.ts'
import {
  type Smoothed,
  type SmoothingParameters,
  type SmoothingShape,
  type SmoothingState,
  smooth,
} from './exponential-smoothing.ts'
import {
  descend,
  estimatedNumbers,
  parametersAt,
  type SearchPoint,
  type SmoothingModel,
  startingPoints,
} from './smoothing-model.ts'

const MOST_ROUNDS = 30
/** A round that lowers the sum of squares by less than this share is the last. */
const LEAST_GAIN = 1e-7
const GAUSS_NEWTON_STEPS = 6
const STARTS = 4

/**
 * Holt–Winters' multiplicative smoothing with errors in proportion to what is expected, by maximum likelihood:
 * parameters and first state in turn, the latter by the method of Gauss and Newton, from several starts.
 *
 * @param values > 0, at least two cycles and more than the model's estimated numbers
 * @param shape with a multiplicative season
 * @returns undefined when every start leads to a level that is not positive
 *
 * Source: Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, sections 2.5.2 and 5.1;
 * start: section 2.6.1.
 */
export function fitMultiplicative(
  values: readonly number[],
  shape: SmoothingShape,
): SmoothingModel | undefined {
  const n = values.length
  const guess = firstGuess(values, shape)
  const found = startingPoints(shape)
    .map((point) => alternate(values, shape, point, guess, 1))
    .sort((one, other) => one.value - other.value)
    .slice(0, STARTS)
    .map(({ point, state }) => alternate(values, shape, point, state, MOST_ROUNDS))
    .reduce((least, each) => (each.value < least.value ? each : least))
  const { state } = found
  const parameters = parametersAt(shape, found.point)
  const smoothed = smooth(values, shape, parameters, state)
  if (!isPositive(smoothed)) return undefined
  let sumOfSquares = 0
  let logs = 0
  for (const [t, expected] of smoothed.fitted.entries()) {
    sumOfSquares += ((smoothed.errors[t] as number) / expected) ** 2
    logs += Math.log(expected)
  }
  const estimated = estimatedNumbers(shape)
  const logLikelihood = (-n / 2) * (Math.log((2 * Math.PI * sumOfSquares) / n) + 1) - logs
  return {
    shape,
    parameters,
    start: state,
    fitted: smoothed.fitted,
    sumOfSquares,
    logLikelihood,
    estimated,
    standardDeviation: Math.sqrt(sumOfSquares / (n - estimated + 1)),
    correctedAic: correctedAic(logLikelihood, estimated, n),
  }
}

interface Alternated {
  readonly point: SearchPoint
  readonly state: SmoothingState
  readonly value: number
}

/** First state and parameters in turn, while that helps. */
function alternate(
  values: readonly number[],
  shape: SmoothingShape,
  from: SearchPoint,
  start: SmoothingState,
  rounds: number,
): Alternated {
  let point = from
  let state = start
  let value = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    state = refined(values, shape, parametersAt(shape, point), state)
    const next = descend(shape, point, (parameters) => height(values, shape, parameters, state))
    const isDone = next.value > value * (1 - LEAST_GAIN)
    if (next.value < value) ({ point, value } = next)
    if (isDone) break
  }
  return { point, state, value }
}

/**
 * Relative errors times the geometric mean of what was expected: their sum of squares is least where the likelihood
 * is largest. Undefined where something expected is not positive.
 */
function scaledErrors(
  values: readonly number[],
  shape: SmoothingShape,
  parameters: SmoothingParameters,
  state: SmoothingState,
): Float64Array | undefined {
  const smoothed = smooth(values, shape, parameters, state)
  if (!isPositive(smoothed)) return undefined
  const logs = smoothed.fitted.reduce((sum, expected) => sum + Math.log(expected), 0)
  const scale = Math.exp(logs / values.length)
  return smoothed.errors.map((error, t) => (scale * error) / (smoothed.fitted[t] as number))
}

function height(
  values: readonly number[],
  shape: SmoothingShape,
  parameters: SmoothingParameters,
  state: SmoothingState,
): number {
  const errors = scaledErrors(values, shape, parameters, state)
  return errors ? sumOfSquaresOf(errors) : Number.POSITIVE_INFINITY
}

/** The first state by Gauss–Newton steps, each halved while it leads uphill. */
function refined(
  values: readonly number[],
  shape: SmoothingShape,
  parameters: SmoothingParameters,
  start: SmoothingState,
): SmoothingState {
  let point = pointFrom(start, shape)
  let errors = scaledErrors(values, shape, parameters, start)
  for (let step = 0; errors && step < GAUSS_NEWTON_STEPS; step++) {
    const direction = gaussNewtonDirection(values, shape, parameters, point, errors)
    const before = sumOfSquaresOf(errors)
    let next: Float64Array | undefined
    let moved = point
    for (let share = 1; share > 1e-3; share /= 2) {
      moved = point.map((x, j) => x + share * (direction[j] as number))
      next = scaledErrors(values, shape, parameters, stateAt(moved, shape))
      if (next && sumOfSquaresOf(next) < before) break
      next = undefined
    }
    if (!next) break
    point = moved
    errors = next
  }
  return stateAt(point, shape)
}

function gaussNewtonDirection(
  values: readonly number[],
  shape: SmoothingShape,
  parameters: SmoothingParameters,
  point: readonly number[],
  errors: Float64Array,
): Float64Array {
  const jacobian = matrix(values.length, point.length)
  for (const [j, x] of point.entries()) {
    const width = 1e-6 * Math.max(Math.abs(x), Math.abs(point[0] as number) * 1e-3)
    const aside = point.map((own, i) => (i === j ? own + width : own))
    const changed = scaledErrors(values, shape, parameters, stateAt(aside, shape)) ?? errors
    for (const [t, value] of changed.entries())
      jacobian.data[t * point.length + j] = ((errors[t] as number) - value) / width
  }
  return leastSquares(jacobian, errors).coefficients
}

/** Level, trend and all but the last seasonal factor; the factors' mean is 1. */
function pointFrom({ level, trend, season }: SmoothingState, shape: SmoothingShape): number[] {
  return [level, ...(shape.trend === 'none' ? [] : [trend]), ...season.slice(0, -1)]
}

function stateAt(point: readonly number[], { trend, period }: SmoothingShape): SmoothingState {
  const factors = point.slice(trend === 'none' ? 1 : 2)
  return {
    level: point[0] as number,
    trend: trend === 'none' ? 0 : (point[1] as number),
    season: [...factors, period - factors.reduce((sum, value) => sum + value, 0)],
  }
}

/** Means by position of value / mean of its cycle; level and trend from a line through the values without season. */
function firstGuess(values: readonly number[], { period, trend }: SmoothingShape): SmoothingState {
  const cycles = Math.min(3, Math.floor(values.length / period))
  const means = Array.from({ length: cycles }, (_, c) => meanOf(values.slice(c * period, (c + 1) * period)))
  const line = lineThrough(means)
  const expected = (t: number): number => {
    const alongLine = line.level + line.trend * ((t - (period - 1) / 2) / period)
    return alongLine > 0 ? alongLine : (means[Math.floor(t / period)] as number)
  }
  const raw = Array.from({ length: period }, (_, place) =>
    meanOf(means.map((_mean, c) => (values[c * period + place] as number) / expected(c * period + place))),
  )
  const scale = meanOf(raw)
  const level = trend === 'none' ? meanOf(means) : expected(-1)
  return {
    level: level > 0 ? level : meanOf(means),
    trend: trend === 'none' ? 0 : line.trend / period,
    season: raw.map((factor) => factor / scale),
  }
}

function lineThrough(values: readonly number[]): { readonly level: number; readonly trend: number } {
  const { coefficients } = leastSquares(matrixFromRows(values.map((_, i) => [1, i])), values)
  return { level: coefficients[0] as number, trend: coefficients[1] as number }
}

function isPositive({ fitted }: Smoothed): boolean {
  return fitted.every((expected) => expected > 0 && expected < Number.POSITIVE_INFINITY)
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function sumOfSquaresOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  return sum
}
