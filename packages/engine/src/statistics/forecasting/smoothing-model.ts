import type { SmoothingParameters, SmoothingShape, SmoothingState } from './exponential-smoothing.ts'
import { type Minimum, nelderMead } from './nelder-mead.ts'

/** A model whose parameters maximise the likelihood of a series. */
export interface SmoothingModel {
  readonly shape: SmoothingShape
  readonly parameters: SmoothingParameters
  readonly start: SmoothingState
  /** Expected from the values before, one for each value. */
  readonly fitted: Float64Array
  /** Σ of squared errors; relative errors where the season is multiplicative. */
  readonly sumOfSquares: number
  readonly logLikelihood: number
  /** Estimated numbers: parameters, first state and the errors' variance. */
  readonly estimated: number
  /** Of one error, with the estimated numbers taken into account: √(Σe² / (n − estimated + 1)). */
  readonly standardDeviation: number
  /** Akaike's criterion, corrected for short series: smaller is better. */
  readonly correctedAic: number
}

/** ETS(error, trend, season) as the literature names it. */
export function modelName({ trend, season }: SmoothingShape): string {
  const error = season === 'multiplicative' ? 'M' : 'A'
  const trends = { none: 'N', additive: 'A', damped: 'Ad' } as const
  const seasons = { none: 'N', additive: 'A', multiplicative: 'M' } as const
  return `ETS(${error},${trends[trend]},${seasons[season]})`
}

/** Parameters, first state (the season's sum is fixed) and variance. */
export function estimatedNumbers({ trend, season, period }: SmoothingShape): number {
  const trends = { none: 0, additive: 2, damped: 3 } as const
  return 3 + trends[trend] + (season === 'none' ? 0 : period)
}

/** Farther out parameters cannot be told from the ends. */
const NEAREST_TO_END = 1e-4
const DAMPING_FROM = 0.8
const DAMPING_TO = 0.98
const STARTS = { level: [0.1, 0.4, 0.8], trend: [0.05, 0.3], season: [0.05, 0.3], damping: [0.5] } as const

/** A point of the search: one coordinate for each free parameter, on the log-odds scale. */
export type SearchPoint = readonly number[]

/** A grid of points where a search may start. */
export function startingPoints(shape: SmoothingShape): SearchPoint[] {
  return freeParameters(shape).reduce<number[][]>(
    (points, name) => points.flatMap((point) => STARTS[name].map((share) => [...point, logOdds(share)])),
    [[]],
  )
}

/**
 * The point near a given one with the least value of an objective. α, β* and γ / (1 − α) lie between 0 and 1, φ between
 * 0.8 and 0.98; the coordinates know no edge.
 *
 * Source: region: Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, section 2.6.2.
 */
export function descend(
  shape: SmoothingShape,
  from: SearchPoint,
  objective: (parameters: SmoothingParameters) => number,
): Minimum {
  return nelderMead(
    (point) => objective(parametersAt(shape, point)),
    from,
    from.map(() => 0.5),
  )
}

type ParameterName = keyof typeof STARTS

function freeParameters({ trend, season }: SmoothingShape): ParameterName[] {
  return [
    'level',
    ...(trend === 'none' ? [] : (['trend'] as const)),
    ...(season === 'none' ? [] : (['season'] as const)),
    ...(trend === 'damped' ? (['damping'] as const) : []),
  ]
}

export function parametersAt(shape: SmoothingShape, point: SearchPoint): SmoothingParameters {
  const names = freeParameters(shape)
  const share = (name: ParameterName): number => {
    const odds = Math.exp(-(point[names.indexOf(name)] as number))
    return NEAREST_TO_END + (1 - 2 * NEAREST_TO_END) / (1 + odds)
  }
  const level = share('level')
  return {
    level,
    trend: shape.trend === 'none' ? 0 : share('trend'),
    season: shape.season === 'none' ? 0 : share('season') * (1 - level),
    damping: shape.trend === 'damped' ? DAMPING_FROM + (DAMPING_TO - DAMPING_FROM) * share('damping') : 1,
  }
}

function logOdds(share: number): number {
  return Math.log(share / (1 - share))
}
