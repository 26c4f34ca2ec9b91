import { Random } from '../../random.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { sampleQuantile } from '../metrics/sample-quantile.ts'
import type { SmoothingState } from './exponential-smoothing.ts'
import type { SmoothingModel } from './smoothing-model.ts'

const PATHS = 5000

/**
 * Spread of the values to come of a model with relative errors, from simulated continuations: its errors multiply, so
 * that no formula gives it.
 *
 * @returns for each step the standard deviation and the quantiles α/2 and 1 − α/2 of the paths
 *
 * Source: Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, section 6.1.
 */
export function simulatedIntervals(
  { shape, parameters, standardDeviation }: SmoothingModel,
  state: SmoothingState,
  length: number,
  horizon: number,
  alpha: number,
  seed: number,
): { readonly standardError: number; readonly low: number; readonly high: number }[] {
  const random = new Random(seed)
  const paths = Array.from({ length: horizon }, () => new Float64Array(PATHS))
  const { level: a, trend: b, season: c, damping } = parameters
  for (let path = 0; path < PATHS; path++) {
    let { level, trend } = state
    const season = [...state.season]
    for (const [h, values] of paths.entries()) {
      const place = (length + h) % shape.period
      const error = standardDeviation * normalQuantile(random.nextOpen())
      const expected = level + damping * trend
      const seasonal = season[place] as number
      values[path] = expected * seasonal * (1 + error)
      level = expected * (1 + a * error)
      trend = damping * trend + a * b * expected * error
      season[place] = seasonal * (1 + c * error)
    }
  }
  return paths.map((values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / PATHS
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    values.sort()
    return {
      standardError: Math.sqrt(squares / (PATHS - 1)),
      low: sampleQuantile(values, alpha / 2),
      high: sampleQuantile(values, 1 - alpha / 2),
    }
  })
}
