import { normalQuantile } from '../distributions/normal-quantile.ts'
import { fitAdditive } from './additive-fit.ts'
import {
  pointForecasts,
  type SmoothingParameters,
  type SmoothingShape,
  smooth,
} from './exponential-smoothing.ts'
import { fitMultiplicative } from './multiplicative-fit.ts'
import { simulatedIntervals } from './simulated-intervals.ts'
import { estimatedNumbers, modelName, type SmoothingModel } from './smoothing-model.ts'

export interface ForecastQuestion {
  /** Equally spaced in time, without gaps. */
  readonly values: readonly number[]
  /** How many values to forecast, at least 1. */
  readonly horizon: number
  /** Values in a cycle, such as 7 for days of a week; absent or 1 without one. */
  readonly period?: number
  /** In (0, 1): each value lies in its interval with probability 1 − alpha. */
  readonly alpha: number
  /** Candidates; the six additive models when absent. */
  readonly shapes?: readonly Pick<SmoothingShape, 'trend' | 'season'>[]
  /** For intervals of multiplicative models, which are simulated. */
  readonly seed?: number
}

/** What one value to come is expected to be. */
export interface ForecastStep {
  readonly mean: number
  readonly standardError: number
  readonly low: number
  readonly high: number
}

export interface Forecast {
  /** As in ETS(A,Ad,N): error, trend, season. */
  readonly name: string
  readonly model: SmoothingModel
  readonly steps: readonly ForecastStep[]
  /** All models that could be fitted, best first. */
  readonly candidates: readonly { readonly name: string; readonly correctedAic: number }[]
}

export type ForecastProblem =
  /** A value is missing or not finite: fill or cut the series first. */
  | 'gaps'
  | 'too-short'
  /** All values are the same: nothing says how much the next may differ. */
  | 'constant'
  /** A model explains every value exactly: nothing is left to say how much the next may differ. */
  | 'no-errors'
  /** The horizon, the period, alpha or a shape is outside of its domain. */
  | 'invalid-question'

const TRENDS = ['none', 'additive', 'damped'] as const
/** A season has as many unknown numbers; more would take long and mean little. */
const LONGEST_PERIOD = 60
/** Errors this small relative to the spread of the values are rounding. */
const NO_ERROR = 1e-10

/**
 * Forecast of a series by exponential smoothing; the model is the candidate with the least corrected AIC.
 *
 * Intervals allow for the errors to come, not for errors of the estimated parameters, and take errors as normal: in
 * practice they hold somewhat less often than they say.
 *
 * @returns a problem for series that are too short for any candidate (a season needs two cycles), constant, or with
 * gaps
 *
 * Source: Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, chapters 2, 6 and 7.
 */
export function forecast(question: ForecastQuestion): Forecast | ForecastProblem {
  const { values, horizon, alpha, period = 1, seed = 1 } = question
  if (!isQuestion(question)) return 'invalid-question'
  if (values.some((value) => !Number.isFinite(value))) return 'gaps'
  if (values.length > 0 && values.every((value) => value === values[0])) return 'constant'
  const seasons = period > 1 ? (['none', 'additive'] as const) : (['none'] as const)
  const asked = question.shapes ?? seasons.flatMap((season) => TRENDS.map((trend) => ({ trend, season })))
  const shapes = asked
    .map((shape) => ({ ...shape, period: shape.season === 'none' ? 1 : period }))
    .filter((shape) => isLongEnough(values.length, shape))
  const models = shapes.flatMap((shape) => fitted(values, shape) ?? [])
  models.sort((a, b) => a.correctedAic - b.correctedAic)
  const best = models[0]
  if (!best) return 'too-short'
  if (models.some((model) => isWithoutErrors(values, model))) return 'no-errors'
  return {
    name: modelName(best.shape),
    model: best,
    steps: stepsOf(values, best, horizon, alpha, seed),
    candidates: models.map(({ shape, correctedAic }) => ({ name: modelName(shape), correctedAic })),
  }
}

/**
 * Variance of the error h = 1 … horizon steps ahead over the variance of one error, for additive models:
 * 1 + Σ cⱼ² over j < h with cⱼ = α + αβ*(φ + … + φʲ) + γ·1{j is a multiple of the period}.
 *
 * Source: Hyndman, Koehler, Ord & Snyder 2008, eq. 6.1 and table 6.1 (class 1).
 */
export function varianceFactors(
  { period, season }: SmoothingShape,
  { level, trend, season: gamma, damping }: SmoothingParameters,
  horizon: number,
): number[] {
  let sum = 1
  let damped = 0
  let power = 1
  return Array.from({ length: horizon }, (_, j) => {
    if (j > 0) {
      power *= damping
      damped += power
      const recurs = season !== 'none' && j % period === 0
      sum += (level + level * trend * damped + (recurs ? gamma : 0)) ** 2
    }
    return sum
  })
}

function stepsOf(
  values: readonly number[],
  model: SmoothingModel,
  horizon: number,
  alpha: number,
  seed: number,
): ForecastStep[] {
  const { shape, parameters, start, standardDeviation } = model
  const { state } = smooth(values, shape, parameters, start)
  const means = pointForecasts(shape, parameters, state, values.length, horizon)
  if (shape.season === 'multiplicative') {
    const spread = simulatedIntervals(model, state, values.length, horizon, alpha, seed)
    return means.map((mean, h) => ({ mean, ...(spread[h] as Omit<ForecastStep, 'mean'>) }))
  }
  const reach = -normalQuantile(alpha / 2)
  return varianceFactors(shape, parameters, horizon).map((factor, h) => {
    const mean = means[h] as number
    const standardError = standardDeviation * Math.sqrt(factor)
    return { mean, standardError, low: mean - reach * standardError, high: mean + reach * standardError }
  })
}

function fitted(values: readonly number[], shape: SmoothingShape): SmoothingModel | undefined {
  if (shape.season !== 'multiplicative') return fitAdditive(values, shape)
  return values.every((value) => value > 0) ? fitMultiplicative(values, shape) : undefined
}

/** The corrected AIC needs two values more than the model has numbers, a season two cycles. */
function isLongEnough(length: number, shape: SmoothingShape): boolean {
  return length >= estimatedNumbers(shape) + 2 && (shape.season === 'none' || length >= 2 * shape.period)
}

function isWithoutErrors(values: readonly number[], { sumOfSquares, shape }: SmoothingModel): boolean {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const scale =
    shape.season === 'multiplicative' ? 1 : Math.hypot(...values.map((value) => value - mean)) / Math.sqrt(n)
  return Math.sqrt(sumOfSquares / n) <= NO_ERROR * scale
}

function isQuestion({ horizon, period = 1, alpha, shapes = [] }: ForecastQuestion): boolean {
  const isPeriod = Number.isInteger(period) && period >= 1 && period <= LONGEST_PERIOD
  const isSeasonal = shapes.some(({ season }) => season !== 'none')
  return (
    Number.isInteger(horizon) &&
    horizon >= 1 &&
    isPeriod &&
    alpha > 0 &&
    alpha < 1 &&
    !(isSeasonal && period < 2)
  )
}
