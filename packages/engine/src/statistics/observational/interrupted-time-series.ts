import { type TInference, tInference } from '../hypothesis-tests/t-inference.ts'
import { leastSquares } from '../linear-algebra/least-squares.ts'
import { matrixFromRows } from '../linear-algebra/matrix.ts'
import { quadraticForm } from '../regression/normal-equations.ts'
import { lagsFor, neweyWestCovariance } from './newey-west.ts'
import { OBSERVATIONAL, type Observational, type ObservationalProblem } from './observational.ts'

export interface InterruptedSeries {
  /** One per period, equally spaced, without gaps. */
  readonly values: readonly number[]
  /** Index of the first value after the interruption; at least 3 values lie on either side. */
  readonly interruption: number
  readonly alpha: number
  /** How many periods dependence of the errors reaches; by the length of the series when absent. */
  readonly lags?: number
  /** Periods of a cycle, such as 7 for days of a week: each position in it gets a level of its own. */
  readonly cycle?: number
}

export interface InterruptedTimeSeries extends Observational {
  /** Change per period before. */
  readonly slopeBefore: TInference
  /** Jump at the first period after the interruption. */
  readonly levelChange: TInference
  /** By how much the change per period changed. */
  readonly slopeChange: TInference
  /** Against the continued line from before, in the last period. */
  readonly effectAtEnd: TInference
  /** Against the continued line from before, mean over all periods after. */
  readonly averageEffect: TInference
  /** Of the residuals of neighbouring periods. */
  readonly autocorrelation: number
  readonly lags: number
}

const FEWEST_PER_SIDE = 3

/**
 * A series before and after something happened: a line with a jump and a bend at that time (segmented regression),
 * with standard errors that allow for autocorrelation (Newey and West), Student's t with n − k degrees of freedom.
 *
 * An effect only if the line would have gone on, and nothing else happened at that time. The errors come out too
 * small, as Newey and West's do in finite series: at alpha 0.05 a jump is found where there is none in 8 %, 10 % and
 * 16 % of series of 200 values with autocorrelation 0, 0.3 and 0.6, and in 14 %, 21 % and 24 % of series of 40.
 *
 * @returns 'too-few-rows' with fewer than 3 values on a side or no degree of freedom left; 'collinear' when the cycle
 * cannot be told from the line
 *
 * Source: Wagner, Soumerai, Zhang & Ross-Degnan 2002, doi:10.1046/j.1365-2710.2002.00430.x, eq. 1; Newey & West
 * 1987, doi:10.2307/1913610.
 */
export function interruptedTimeSeries(
  series: InterruptedSeries,
): InterruptedTimeSeries | ObservationalProblem {
  const { values, interruption, alpha, cycle = 1 } = series
  const n = values.length
  if (!values.every(Number.isFinite)) return 'invalid-values'
  if (!Number.isInteger(interruption) || !Number.isInteger(cycle) || cycle < 1) return 'invalid-values'
  if (Math.min(interruption, n - interruption) < FEWEST_PER_SIDE || n <= 3 + cycle) return 'too-few-rows'
  const x = matrixFromRows(
    values.map((_, t) => {
      const since = t - interruption
      const season = Array.from({ length: cycle - 1 }, (_, i) => Number(t % cycle === i + 1))
      return [1, since, Number(since >= 0), Math.max(0, since), ...season]
    }),
  )
  const fit = leastSquares(x, values)
  if (fit.rank < x.columns) return 'collinear'
  const lags = series.lags ?? lagsFor(n)
  if (!Number.isInteger(lags) || lags < 0) return 'invalid-values'
  const covariance = neweyWestCovariance(x, fit, lags)
  const test = (...weights: readonly number[]): TInference => {
    const combination = Array.from({ length: x.columns }, (_, j) => weights[j] ?? 0)
    const estimate = combination.reduce((sum, weight, j) => sum + weight * (fit.coefficients[j] as number), 0)
    return tInference(estimate, Math.sqrt(quadraticForm(covariance, combination)), n - fit.rank, alpha)
  }
  const last = n - 1 - interruption
  return {
    ...OBSERVATIONAL,
    slopeBefore: test(0, 1),
    levelChange: test(0, 0, 1),
    slopeChange: test(0, 0, 0, 1),
    effectAtEnd: test(0, 0, 1, last),
    averageEffect: test(0, 0, 1, last / 2),
    autocorrelation: autocorrelation(fit.residuals),
    lags,
  }
}

function autocorrelation(residuals: Float64Array): number {
  let products = 0
  let squares = 0
  for (const [t, residual] of residuals.entries()) {
    squares += residual * residual
    if (t > 0) products += residual * (residuals[t - 1] as number)
  }
  return products / squares
}
