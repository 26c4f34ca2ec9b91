import { entry, type Matrix, matrix, matrixFromRows, times } from '../linear-algebra/matrix.ts'
import { OBSERVATIONAL, type Observational, type ObservationalProblem } from './observational.ts'
import { simplexLeastSquares } from './simplex-least-squares.ts'

export interface SyntheticControlData {
  /** Outcome of the treated unit in each period. */
  readonly treated: readonly number[]
  /** Outcomes of the units that never were treated: donors[period][donor]. */
  readonly donors: readonly (readonly number[])[]
  /** Number of periods before the treatment, the first ones: at least 1, and fewer than there are. */
  readonly periodsBefore: number
}

export interface SyntheticControl extends Observational {
  /** Share of each donor in the synthetic unit. */
  readonly weights: readonly number[]
  /** Treated − synthetic in each period. */
  readonly gaps: readonly number[]
  /** Mean gap after the treatment began. */
  readonly effect: number
  /** √ of the mean squared gap before: how well the synthetic unit stands for the treated one. */
  readonly rootMeanSquareBefore: number
  readonly rootMeanSquareAfter: number
  /** After / before; Infinity for a perfect fit before. */
  readonly ratio: number
}

/** The same for each donor as if it had been treated. */
export interface PlaceboTest extends Observational {
  readonly ratios: readonly number[]
  /**
   * Share of all units, the treated one included, whose ratio is at least as large; never below
   * 1 / (donors + 1). Exact if the treatment might as well have met any of them.
   */
  readonly pValue: number
}

/**
 * What the treated unit would have done: the mixture of untreated units that follows it best before the treatment.
 * An effect only if the mixture would have gone on following it; look at the fit before, which needs many periods.
 *
 * @returns 'no-comparison' without donors; 'invalid-values' for missing values or periods
 *
 * Source: Abadie, Diamond & Hainmueller 2010, doi:10.1198/jasa.2009.ap08746, eq. 2 to 4, with the outcomes before as
 * the only predictors; Abadie 2021, doi:10.1257/jel.20191450.
 */
export function syntheticControl(data: SyntheticControlData): SyntheticControl | ObservationalProblem {
  const problem = problemOf(data)
  if (problem) return problem
  const donors = matrixFromRows(data.donors)
  return fitted(donors, data.treated, data.periodsBefore)
}

/**
 * How unusual the treated unit's ratio of gaps is among the ratios that its donors get when each is taken for the
 * treated one and the other donors for its mixture.
 *
 * @returns 'no-comparison' with fewer than two donors
 *
 * Source: Abadie, Diamond & Hainmueller 2010, section 3.4.
 */
export function placeboTest(data: SyntheticControlData): PlaceboTest | ObservationalProblem {
  const own = syntheticControl(data)
  if (typeof own === 'string') return own
  const donors = matrixFromRows(data.donors)
  if (donors.columns < 2) return 'no-comparison'
  const ratios = Array.from({ length: donors.columns }, (_, j) => {
    const treated = Array.from({ length: donors.rows }, (_, t) => entry(donors, t, j))
    return fitted(without(donors, j), treated, data.periodsBefore).ratio
  })
  const asLarge = ratios.filter((ratio) => ratio >= own.ratio).length
  return { ...OBSERVATIONAL, ratios, pValue: (1 + asLarge) / (1 + ratios.length) }
}

function fitted(donors: Matrix, treated: readonly number[], periodsBefore: number): SyntheticControl {
  const before = {
    ...donors,
    rows: periodsBefore,
    data: donors.data.subarray(0, periodsBefore * donors.columns),
  }
  const weights = simplexLeastSquares(before, treated.slice(0, periodsBefore))
  const synthetic = times(donors, weights)
  const gaps = treated.map((value, t) => value - (synthetic[t] as number))
  const after = gaps.slice(periodsBefore)
  const rootMeanSquareBefore = rootMeanSquare(gaps.slice(0, periodsBefore))
  const rootMeanSquareAfter = rootMeanSquare(after)
  return {
    ...OBSERVATIONAL,
    weights: [...weights],
    gaps,
    effect: after.reduce((sum, gap) => sum + gap, 0) / after.length,
    rootMeanSquareBefore,
    rootMeanSquareAfter,
    ratio: rootMeanSquareAfter === 0 ? 0 : rootMeanSquareAfter / rootMeanSquareBefore,
  }
}

function problemOf({
  treated,
  donors,
  periodsBefore,
}: SyntheticControlData): ObservationalProblem | undefined {
  const width = donors[0]?.length ?? 0
  if (width === 0) return 'no-comparison'
  const isRectangular = donors.length === treated.length && donors.every((row) => row.length === width)
  const isMeasured = treated.every(Number.isFinite) && donors.every((row) => row.every(Number.isFinite))
  if (!isRectangular || !isMeasured || !Number.isInteger(periodsBefore)) return 'invalid-values'
  return periodsBefore >= 1 && periodsBefore < treated.length ? undefined : 'too-few-rows'
}

function without(donors: Matrix, left: number): Matrix {
  const result = matrix(donors.rows, donors.columns - 1)
  for (let t = 0; t < donors.rows; t++)
    for (let j = 0; j < result.columns; j++)
      result.data[t * result.columns + j] = entry(donors, t, j < left ? j : j + 1)
  return result
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
}
