import { Random } from '../../random.ts'
import { type SampleSummary, summariseSample } from '../hypothesis-tests/sample-summary.ts'
import type { TInference } from '../hypothesis-tests/t-inference.ts'
import { welchTTest } from '../hypothesis-tests/two-sample-t-tests.ts'
import { type Qini, qini } from './qini.ts'
import { type UpliftBin, upliftBins } from './uplift-bins.ts'
import {
  learnUplift,
  predictUplift,
  type UpliftData,
  type UpliftLearner,
  type UpliftModel,
} from './uplift-model.ts'

export interface UpliftQuestion extends UpliftLearner {
  /**
   * `holdout`: learn from some units, evaluate on the given share of them. `cross-fit`: each unit is predicted by a
   * model that learned from the other folds, and all are evaluated.
   */
  readonly evaluation:
    | { readonly kind: 'holdout'; readonly share: number }
    | { readonly kind: 'cross-fit'; readonly folds: number }
  readonly alpha: number
  /** Of the split and the bootstrap. */
  readonly seed: number
  /** Bins of the table; 10 when absent. */
  readonly bins?: number
}

/** Whom the treatment helps more, and whether that is more than noise. */
export interface UpliftAnalysis {
  /** For units to come: from the learning units of a holdout, or from all. */
  readonly model: UpliftModel
  /** Indices of the units that were evaluated. */
  readonly evaluated: readonly number[]
  /** Predicted effect on each evaluated unit, by a model that did not see it. */
  readonly predictions: Float64Array
  readonly averageEffect: TInference
  readonly qini: Qini
  readonly bins: readonly UpliftBin[]
}

export type UpliftProblem = 'invalid-values' | 'invalid-question' | 'too-few-units'

const BINS = 10
const FEWEST_PER_ARM = 20

/**
 * Learns the effect of a treatment on each unit and evaluates it on units that the model did not see: the same units
 * would flatter it.
 *
 * @returns 'too-few-units' when an arm has fewer than 20 units to learn from or to evaluate
 *
 * Source: learners: Künzel, Sekhon, Bickel & Yu 2019, doi:10.1073/pnas.1804597116; cross-fitting: Chernozhukov et al.
 * 2018, doi:10.1111/ectj.12097; curve and table: Radcliffe 2007.
 */
export function upliftAnalysis(data: UpliftData, question: UpliftQuestion): UpliftAnalysis | UpliftProblem {
  const problem = problemOf(data, question)
  if (problem) return problem
  const { evaluation, seed, alpha } = question
  const random = new Random(seed)
  const folds = foldsOf(data.treated, evaluation, random.split('folds'))
  const parts = evaluation.kind === 'holdout' ? folds.slice(0, 1) : folds
  if (parts.some((part) => !isEnough(data.treated, part, folds))) return 'too-few-units'
  const predicted = parts.map((part) => {
    const rest = folds.filter((fold) => fold !== part).flat()
    const model = learnUplift(data, question, rest)
    return { model, predictions: predictUplift(model, data.covariates, part) }
  })
  const evaluated = parts.flat()
  const predictions = Float64Array.from(predicted.flatMap((part) => [...part.predictions]))
  const units = {
    predictions,
    treated: evaluated.map((i) => data.treated[i] as number),
    outcomes: evaluated.map((i) => data.outcomes[i] as number),
  }
  const [control, treatment] = [0, 1].map((arm) =>
    summariseSample(units.outcomes.filter((_, i) => units.treated[i] === arm)),
  ) as [SampleSummary, SampleSummary]
  const everyone = folds.flat().sort((a, b) => a - b)
  return {
    model:
      (evaluation.kind === 'holdout' ? predicted[0]?.model : undefined) ??
      learnUplift(data, question, everyone),
    evaluated,
    predictions,
    averageEffect: welchTTest(control, treatment, alpha),
    qini: qini(units, { alpha, seed: random.split('bootstrap').bits() }),
    bins: upliftBins(units, question.bins ?? BINS, alpha),
  }
}

/** Random parts with the same share of each arm; the first one is the holdout. */
function foldsOf(
  treated: readonly number[],
  evaluation: UpliftQuestion['evaluation'],
  random: Random,
): number[][] {
  const folds: number[][] = Array.from(
    { length: evaluation.kind === 'holdout' ? 2 : evaluation.folds },
    () => [],
  )
  for (const arm of [0, 1]) {
    const own = shuffled(
      [...treated.keys()].filter((i) => treated[i] === arm),
      random,
    )
    const held = evaluation.kind === 'holdout' ? Math.round(evaluation.share * own.length) : 0
    for (const [place, unit] of own.entries()) {
      const fold = evaluation.kind === 'holdout' ? Number(place >= held) : place % evaluation.folds
      folds[fold]?.push(unit)
    }
  }
  return folds.map((fold) => fold.sort((a, b) => a - b))
}

/** Fisher and Yates' shuffle, of the array itself. */
function shuffled(values: number[], random: Random): number[] {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    const value = values[i] as number
    values[i] = values[j] as number
    values[j] = value
  }
  return values
}

/** Whether both arms are large enough in a part and in the rest. */
function isEnough(treated: readonly number[], part: readonly number[], folds: readonly number[][]): boolean {
  const rest = folds.filter((fold) => fold !== part).flat()
  return [part, rest].every((units) =>
    [0, 1].every((arm) => units.filter((unit) => treated[unit] === arm).length >= FEWEST_PER_ARM),
  )
}

function problemOf(
  { covariates, treated, outcomes }: UpliftData,
  { outcome, penalty, evaluation, alpha, bins = BINS }: UpliftQuestion,
): UpliftProblem | undefined {
  const n = treated.length
  const isEvaluation =
    evaluation.kind === 'holdout'
      ? evaluation.share > 0 && evaluation.share < 1
      : Number.isInteger(evaluation.folds) && evaluation.folds >= 2 && evaluation.folds <= 50
  const isQuestion = penalty > 0 && penalty < Number.POSITIVE_INFINITY && alpha > 0 && alpha < 1
  const isBinned = Number.isInteger(bins) && bins >= 1
  if (!isEvaluation || !isQuestion || !isBinned || covariates.length === 0) return 'invalid-question'
  const isAligned = outcomes.length === n && covariates.every(({ values }) => values.length === n)
  const isBinary = (value: number): boolean => value === 0 || value === 1
  const isOutcome = outcome === 'proportion' ? isBinary : Number.isFinite
  return isAligned && treated.every(isBinary) && outcomes.every(isOutcome) ? undefined : 'invalid-values'
}
