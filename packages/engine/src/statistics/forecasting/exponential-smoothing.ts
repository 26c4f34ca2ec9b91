/** Which parts a smoothed series has. */
export interface SmoothingShape {
  /** `damped`: the trend fades with the horizon. */
  readonly trend: 'none' | 'additive' | 'damped'
  readonly season: 'none' | 'additive' | 'multiplicative'
  /** Values in one cycle of the season; 1 without a season. */
  readonly period: number
}

/** How fast each part follows the series. */
export interface SmoothingParameters {
  /** α in [0, 1]: the level. */
  readonly level: number
  /** β* in [0, 1]: the trend, from differences of the level; 0 without a trend. */
  readonly trend: number
  /** γ in [0, 1]: the season; 0 without one. */
  readonly season: number
  /** φ in (0, 1]: what is left of the trend after one step; 1 unless it is damped. */
  readonly damping: number
}

export interface SmoothingState {
  readonly level: number
  /** 0 without a trend. */
  readonly trend: number
  /** By position in the cycle, that of the first value first; empty without a season. */
  readonly season: readonly number[]
}

export interface Smoothed {
  /** Expected from the values before, one for each value. */
  readonly fitted: Float64Array
  /** Value − fitted. */
  readonly errors: Float64Array
  readonly sumOfSquares: number
  /** After the last value. */
  readonly state: SmoothingState
}

/**
 * Exponential smoothing with given parameters and first state: simple, Holt's, damped, and Holt–Winters' with an
 * additive or multiplicative season.
 *
 *   ℓₜ = α(yₜ − sₜ₋ₘ) + (1 − α)(ℓₜ₋₁ + φbₜ₋₁),  bₜ = β*(ℓₜ − ℓₜ₋₁) + (1 − β*)φbₜ₋₁,
 *   sₜ = γ(yₜ − ℓₜ₋₁ − φbₜ₋₁) + (1 − γ)sₜ₋ₘ; a multiplicative season divides instead of subtracting
 *
 * @param values finite, in the order of time, without gaps
 * @param start the state before the first value
 *
 * Source: Hyndman & Athanasopoulos 2021, Forecasting: Principles and Practice, 3rd edition, sections 8.1 to 8.3.
 */
export function smooth(
  values: ArrayLike<number>,
  shape: SmoothingShape,
  parameters: SmoothingParameters,
  start: SmoothingState,
): Smoothed {
  const { level: alpha, trend: beta, season: gamma, damping } = parameters
  const isMultiplicative = shape.season === 'multiplicative'
  const season = [...start.season]
  const fitted = new Float64Array(values.length)
  const errors = new Float64Array(values.length)
  let { level, trend } = start
  let sumOfSquares = 0
  for (let t = 0; t < values.length; t++) {
    const value = values[t] as number
    const place = t % shape.period
    const seasonal = seasonAt(shape, season, place)
    const expected = level + damping * trend
    fitted[t] = isMultiplicative ? expected * seasonal : expected + seasonal
    errors[t] = value - (fitted[t] as number)
    sumOfSquares += (errors[t] as number) ** 2
    const next = alpha * (isMultiplicative ? value / seasonal : value - seasonal) + (1 - alpha) * expected
    if (shape.trend !== 'none') trend = beta * (next - level) + (1 - beta) * damping * trend
    if (shape.season !== 'none') {
      const apart = isMultiplicative ? value / expected : value - expected
      season[place] = gamma * apart + (1 - gamma) * seasonal
    }
    level = next
  }
  return { fitted, errors, sumOfSquares, state: { level, trend, season } }
}

/**
 * Point forecasts of the next values.
 *
 * @param length number of values that were smoothed: where in the cycle the forecast begins
 * @param horizon number of values to forecast
 */
export function pointForecasts(
  shape: SmoothingShape,
  { damping }: Pick<SmoothingParameters, 'damping'>,
  { level, trend, season }: SmoothingState,
  length: number,
  horizon: number,
): number[] {
  let damped = 0
  let power = 1
  return Array.from({ length: horizon }, (_, step) => {
    power *= damping
    damped += power
    const expected = level + damped * trend
    const seasonal = seasonAt(shape, season, (length + step) % shape.period)
    return shape.season === 'multiplicative' ? expected * seasonal : expected + seasonal
  })
}

function seasonAt(shape: SmoothingShape, season: readonly number[], place: number): number {
  return shape.season === 'none' ? 0 : (season[place] as number)
}
