import type { TInference } from '../hypothesis-tests/t-inference.ts'
import { leastSquares } from '../linear-algebra/least-squares.ts'
import { entry, type Matrix, matrix, times } from '../linear-algebra/matrix.ts'
import { balanceTable, type CovariateBalance } from './balance.ts'
import { type LogisticRegression, logisticRegression } from './logistic-regression.ts'
import { OBSERVATIONAL, type Observational, type ObservationalProblem } from './observational.ts'
import {
  doublyRobustEffect,
  type OutcomeModels,
  selfNormalisedEffect,
  weightedEffect,
} from './propensity-effects.ts'
import { type Estimand, type Overlap, overlapOf, propensityWeight } from './propensity-scores.ts'

/** Units of which some were treated, by no known chance. */
export interface PropensityData {
  /** n × p: what may have decided about the treatment and the outcome. */
  readonly features: Matrix
  readonly names: readonly string[]
  /** Zeros and ones. */
  readonly treated: readonly number[]
  readonly outcomes: readonly number[]
}

export interface PropensityQuestion {
  readonly estimand: Estimand
  /** In (0, 1). */
  readonly alpha: number
  /**
   * Units with a score below this or above 1 − this are left out, and the scores are estimated anew from the rest, in
   * [0, 0.5). 0.1 is the usual choice; 0 keeps all. The effect is then that on the units that are left.
   */
  readonly trim: number
}

export interface PropensityAnalysis extends Observational {
  readonly estimand: Estimand
  readonly scores: LogisticRegression
  readonly overlap: Overlap
  readonly trimmed: number
  readonly balance: readonly CovariateBalance[]
  readonly horvitzThompson: TInference
  readonly hajek: TInference
  /** With linear models of the outcome in each group. The one to report. */
  readonly doublyRobust: TInference
}

const EXTREME = 0.1

/**
 * Effect of a treatment that was not randomised, adjusted for covariates by the probability of being treated.
 *
 * An effect only if the covariates hold all that decided both about the treatment and the outcome, and every kind of
 * unit could have been treated or not. Report the overlap and the balance after weighting beside the number.
 *
 * @returns 'separation' when covariates determine the treatment; 'too-few-rows' when trimming or small groups leave
 * fewer units in a group than the outcome models have coefficients
 *
 * Source: Rosenbaum & Rubin 1983, doi:10.1093/biomet/70.1.41; trimming: Crump, Hotz, Imbens & Mitnik 2009,
 * doi:10.1093/biomet/asn055; fitting again after it: Imbens & Rubin 2015, Causal Inference, chapter 16.
 */
export function propensityAnalysis(
  data: PropensityData,
  { estimand, alpha, trim }: PropensityQuestion,
): PropensityAnalysis | ObservationalProblem {
  if (!isValid(data) || !(trim >= 0 && trim < 0.5)) return 'invalid-values'
  const first = logisticRegression(data.features, data.treated)
  if (typeof first === 'string') return first
  const kept = [...first.fitted.keys()].filter((i) => isWithin(first.fitted[i] as number, trim))
  const units = kept.length === data.treated.length ? data : subset(data, kept)
  const scores = units === data ? first : logisticRegression(units.features, units.treated)
  if (typeof scores === 'string') return scores
  if (scores.fitted.some((score) => !(score > 0 && score < 1))) return 'separation'
  const models = linearOutcomeModels(units)
  if (!models) return 'too-few-rows'
  const { treated, outcomes, features, names } = units
  const estimated = { design: withOnes(features), covariance: scores.covariance }
  const scored = { scores: scores.fitted, treated, outcomes, estimated }
  const weights = treated.map(
    (own, i) => propensityWeight(scores.fitted[i] as number, own === 1, estimand).weight,
  )
  return {
    ...OBSERVATIONAL,
    estimand,
    scores,
    overlap: overlapOf(scores.fitted, treated, estimand, EXTREME),
    trimmed: data.treated.length - kept.length,
    balance: balanceTable(features, names, treated, weights),
    horvitzThompson: weightedEffect(scored, estimand, alpha),
    hajek: selfNormalisedEffect(scored, estimand, alpha),
    doublyRobust: doublyRobustEffect(scored, models, estimand, alpha),
  }
}

/** Least squares of the outcome on the covariates within each group; undefined where a group is too small. */
function linearOutcomeModels({ features, treated, outcomes }: PropensityData): OutcomeModels | undefined {
  const design = withOnes(features)
  const [withTreatment, withoutTreatment] = [1, 0].map((group) => {
    const rows = [...treated.keys()].filter((i) => treated[i] === group)
    if (rows.length <= design.columns) return undefined
    const fit = leastSquares(
      rowsOf(design, rows),
      rows.map((i) => outcomes[i] as number),
    )
    return times(design, fit.coefficients)
  })
  return withTreatment && withoutTreatment ? { withTreatment, withoutTreatment } : undefined
}

function isValid({ features, names, treated, outcomes }: PropensityData): boolean {
  const n = features.rows
  return (
    treated.length === n &&
    outcomes.length === n &&
    names.length === features.columns &&
    outcomes.every(Number.isFinite)
  )
}

function isWithin(score: number, trim: number): boolean {
  return score >= trim && score <= 1 - trim
}

function subset(data: PropensityData, rows: readonly number[]): PropensityData {
  return {
    names: data.names,
    features: rowsOf(data.features, rows),
    treated: rows.map((i) => data.treated[i] as number),
    outcomes: rows.map((i) => data.outcomes[i] as number),
  }
}

function rowsOf(from: Matrix, rows: readonly number[]): Matrix {
  const result = matrix(rows.length, from.columns)
  for (const [k, i] of rows.entries())
    result.data.set(from.data.subarray(i * from.columns, (i + 1) * from.columns), k * from.columns)
  return result
}

function withOnes(features: Matrix): Matrix {
  const columns = features.columns + 1
  const result = matrix(features.rows, columns)
  for (let i = 0; i < features.rows; i++) {
    result.data[i * columns] = 1
    for (let j = 0; j < features.columns; j++) result.data[i * columns + j + 1] = entry(features, i, j)
  }
  return result
}
