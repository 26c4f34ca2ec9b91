import { fTails } from '../distributions/f.ts'
import { type TInference, tInference } from '../hypothesis-tests/t-inference.ts'
import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts'
import { type LeastSquares, leastSquares } from '../linear-algebra/least-squares.ts'
import { entry, type Matrix, matrix } from '../linear-algebra/matrix.ts'
import { OBSERVATIONAL, type Observational, type ObservationalProblem } from './observational.ts'

/** A unit's outcome in one of several periods. */
export interface PanelRow {
  readonly unit: number | string
  /** Any numbers that order the periods; steps between neighbours count as one period. */
  readonly period: number
  /** First period with treatment; absent for a unit that never had it. */
  readonly adoption?: number
  readonly value: number
}

interface PanelSize extends Observational {
  readonly units: number
  readonly periods: number
  readonly rows: number
  /** Whether units adopted at different times: then one common effect is a doubtful average. */
  readonly isStaggered: boolean
}

export interface FixedEffects extends PanelSize {
  readonly effect: TInference
}

export interface EventStudy extends PanelSize {
  /** By periods since adoption; −1 is what all are compared with. The first and last stand for all beyond, too. */
  readonly effects: readonly (TInference & { readonly periodsSinceAdoption: number })[]
  /** Test that all effects before adoption are 0: small when trends differed before anything happened. */
  readonly preTrend: {
    readonly statistic: number
    readonly degreesOfFreedom: readonly [numerator: number, denominator: number]
    readonly pValue: number
  }
}

export interface EventStudyQuestion {
  /** Periods before adoption that get an effect of their own, at least 2 (the last is the reference). */
  readonly before: number
  /** Periods after the first treated one that get an effect of their own, ≥ 0. */
  readonly after: number
  readonly alpha: number
}

/**
 * Difference-in-differences over many periods: the effect of being treated, with an effect of each unit and of each
 * period taken out. Standard errors by unit (CR1), Student's t with units − 1 degrees of freedom.
 *
 * When units adopt at different times and the effect grows or differs among them, it mixes comparisons of which some
 * count negatively (Goodman-Bacon 2021, doi:10.1016/j.jeconom.2021.03.014); `isStaggered` says so.
 *
 * @param rows at most one of each unit and period; units may miss periods
 * @returns 'no-comparison' when the periods and units already determine who is treated
 *
 * Source: Angrist & Pischke 2009, section 5.2.1; Cameron & Miller 2015, doi:10.3368/jhr.50.2.317, section III.B:
 * effects of units, nested in the clusters, do not count as parameters.
 */
export function fixedEffects(rows: readonly PanelRow[], alpha: number): FixedEffects | ObservationalProblem {
  const fit = panelFit(rows, 1, (row, sinceAdoption) => (sinceAdoption(row) >= 0 ? [1] : [0]))
  if (typeof fit === 'string') return fit
  return { ...fit.size, effect: testOf(fit, 0, alpha) }
}

/**
 * Effects by time since adoption, from one regression with unit and period effects, and a joint test of those before
 * adoption. The test is a check of parallel trends before, not a proof of parallel trends after (Roth 2022,
 * doi:10.1257/aeri.20210236).
 *
 * @returns 'no-comparison' when an effect cannot be told from the effects of periods: no unit without treatment then
 *
 * Source: Angrist & Pischke 2009, eq. 5.2.6.
 */
export function eventStudy(
  rows: readonly PanelRow[],
  { before, after, alpha }: EventStudyQuestion,
): EventStudy | ObservationalProblem {
  const times = Array.from({ length: before + after + 1 }, (_, i) => i - before).filter((k) => k !== -1)
  if (before < 2) return 'too-few-rows'
  const fit = panelFit(rows, times.length, (row, sinceAdoption) => {
    const since = Math.min(after, Math.max(-before, sinceAdoption(row)))
    return times.map((time) => Number(row.adoption !== undefined && time === since))
  })
  if (typeof fit === 'string') return fit
  const leads = times.flatMap((time, i) => (time < 0 ? [i] : []))
  return {
    ...fit.size,
    effects: times.map((periodsSinceAdoption, i) => ({ periodsSinceAdoption, ...testOf(fit, i, alpha) })),
    preTrend: jointTest(fit, leads),
  }
}

interface PanelFit {
  /** Of the regressors of interest. */
  readonly coefficients: readonly number[]
  readonly covariance: Matrix
  readonly size: PanelSize
}

/** Regression on the regressors and on a column for each period but the first, all less their means by unit. */
function panelFit(
  rows: readonly PanelRow[],
  regressors: number,
  regressorsOf: (row: PanelRow, sinceAdoption: (row: PanelRow) => number) => number[],
): PanelFit | ObservationalProblem {
  if (rows.length < 2) return 'too-few-rows'
  const isValid = rows.every(({ value, period }) => Number.isFinite(value) && Number.isFinite(period))
  const places = new Set(rows.map(({ unit, period }) => `${period} ${unit}`))
  if (!isValid || places.size < rows.length) return 'invalid-values'
  const periods = [...new Set(rows.map(({ period }) => period))].sort((a, b) => a - b)
  const indexOf = new Map(periods.map((period, i) => [period, i]))
  const adoptionIndex = (adoption: number): number => {
    const index = periods.findIndex((period) => period >= adoption)
    return index < 0 ? periods.length : index
  }
  const sinceAdoption = ({ period, adoption }: PanelRow): number =>
    adoption === undefined
      ? Number.NEGATIVE_INFINITY
      : (indexOf.get(period) as number) - adoptionIndex(adoption)
  const first = periods.length - 1
  const x = matrix(rows.length, first + regressors)
  for (const [i, row] of rows.entries()) {
    const period = indexOf.get(row.period) as number
    if (period > 0) x.data[i * x.columns + period - 1] = 1
    for (const [j, value] of regressorsOf(row, sinceAdoption).entries())
      x.data[i * x.columns + first + j] = value
  }
  const units = rows.map(({ unit }) => unit)
  const y = Float64Array.from(rows, ({ value }) => value)
  demean(x.data, x.columns, units)
  demean(y, 1, units)
  const fit = leastSquares(x, y)
  if (fit.isIndependent.slice(first).includes(false)) return 'no-comparison'
  const clusters = new Set(units).size
  const degreesOfFreedom = rows.length - fit.rank - 1
  if (clusters < 2) return 'too-few-clusters'
  if (degreesOfFreedom < 1) return 'too-few-rows'
  const factor = (clusters / (clusters - 1)) * ((rows.length - 1) / degreesOfFreedom)
  const adoptions = new Set(rows.flatMap(({ adoption }) => adoption ?? []).map(adoptionIndex))
  const size = {
    units: clusters,
    periods: periods.length,
    rows: rows.length,
    isStaggered: adoptions.size > 1,
  }
  return {
    coefficients: [...fit.coefficients.slice(first)],
    covariance: clusteredCovariance(x, fit, first, units, factor),
    size: { ...OBSERVATIONAL, ...size },
  }
}

/** Subtracts from each column its mean over the rows of the same unit. */
function demean(data: Float64Array, columns: number, units: readonly (number | string)[]): void {
  const sums = new Map<number | string, { count: number; readonly sum: Float64Array }>()
  for (const [i, unit] of units.entries()) {
    const own = sums.get(unit) ?? { count: 0, sum: new Float64Array(columns) }
    sums.set(unit, own)
    own.count++
    for (let j = 0; j < columns; j++) own.sum[j] = (own.sum[j] as number) + (data[i * columns + j] as number)
  }
  for (const [i, unit] of units.entries()) {
    const { count, sum } = sums.get(unit) as { count: number; sum: Float64Array }
    for (let j = 0; j < columns; j++)
      data[i * columns + j] = (data[i * columns + j] as number) - (sum[j] as number) / count
  }
}

/**
 * Covariance of the coefficients from a column on: factor · Σ over units of uuᵀ, where u sums over the unit's rows the
 * residual times the row's influence on the coefficients, (XᵀX)⁻¹xᵢ.
 */
function clusteredCovariance(
  x: Matrix,
  { residuals, inverseGram }: LeastSquares,
  first: number,
  units: readonly (number | string)[],
  factor: number,
): Matrix {
  const size = x.columns - first
  const sums = new Map<number | string, Float64Array>()
  for (const [i, unit] of units.entries()) {
    const own = sums.get(unit) ?? new Float64Array(size)
    sums.set(unit, own)
    for (let k = 0; k < size; k++) {
      let influence = 0
      for (let j = 0; j < x.columns; j++) influence += entry(inverseGram, first + k, j) * entry(x, i, j)
      own[k] = (own[k] as number) + influence * (residuals[i] as number)
    }
  }
  const covariance = matrix(size, size)
  for (const sum of sums.values())
    for (const [i, a] of sum.entries())
      for (const [j, b] of sum.entries())
        covariance.data[i * size + j] = (covariance.data[i * size + j] as number) + factor * a * b
  return covariance
}

function testOf({ coefficients, covariance, size }: PanelFit, regressor: number, alpha: number): TInference {
  const standardError = Math.sqrt(entry(covariance, regressor, regressor))
  return tInference(coefficients[regressor] as number, standardError, size.units - 1, alpha)
}

/** Wald's test that several coefficients are 0, against F with units − 1 degrees of freedom; NaN with too few units. */
function jointTest(
  { coefficients, covariance, size }: PanelFit,
  regressors: readonly number[],
): EventStudy['preTrend'] {
  const count = regressors.length
  const values = regressors.map((i) => coefficients[i] as number)
  const part = matrix(count, count)
  for (const [i, row] of regressors.entries())
    for (const [j, column] of regressors.entries()) part.data[i * count + j] = entry(covariance, row, column)
  const lower = cholesky(part)
  const solved = lower && solveCholesky(lower, values)
  const distance = solved && values.reduce((sum, value, i) => sum + value * (solved[i] as number), 0)
  const statistic = distance === undefined ? Number.NaN : distance / count
  const denominator = size.units - 1
  return {
    statistic,
    degreesOfFreedom: [count, denominator],
    pValue: fTails(statistic, count, denominator).upper,
  }
}
