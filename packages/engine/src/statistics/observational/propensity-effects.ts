import { type TInference, tInference } from '../hypothesis-tests/t-inference.ts'
import { entry, type Matrix, times } from '../linear-algebra/matrix.ts'
import { type Estimand, propensityWeight } from './propensity-scores.ts'

/** Units with known or estimated propensities. */
export interface ScoredUnits {
  /** Probability of being treated, in (0, 1). */
  readonly scores: ArrayLike<number>
  /** Zeros and ones, with some of each. */
  readonly treated: ArrayLike<number>
  readonly outcomes: ArrayLike<number>
  /** Where the scores come from a logistic regression: its design, a column of ones first, and its covariance. */
  readonly estimated?: { readonly design: Matrix; readonly covariance: Matrix }
}

/** What models of the outcome expect of each unit with and without the treatment. */
export interface OutcomeModels {
  readonly withTreatment: ArrayLike<number>
  readonly withoutTreatment: ArrayLike<number>
}

/**
 * Effect by inverse propensity weighting, the weighted sum of outcomes of the treated minus that of the others over
 * the number of units (Horvitz–Thompson). Unbiased with known propensities, but it varies with any constant added to
 * the outcomes; prefer {@link selfNormalisedEffect}.
 *
 * The standard error takes into account that the scores were estimated, which makes it smaller.
 *
 * Source: Horvitz & Thompson 1952, doi:10.1080/01621459.1952.10483446; standard error: Lunceford & Davidian 2004,
 * doi:10.1002/sim.1903, section 3.
 */
export function weightedEffect(units: ScoredUnits, estimand: Estimand, alpha: number): TInference {
  const n = units.scores.length
  const derivative = new Float64Array(n)
  const terms = new Float64Array(n)
  const shares = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const isTreated = units.treated[i] === 1
    const outcome = (units.outcomes[i] as number) * (isTreated ? 1 : -1)
    const own = propensityWeight(units.scores[i] as number, isTreated, estimand)
    terms[i] = own.weight * outcome
    derivative[i] = own.derivative * outcome
    shares[i] = estimand === 'average-effect' || isTreated ? 1 : 0
  }
  const total = sum(shares)
  const estimate = sum(terms) / total
  const influence = terms.map((term, i) => (n * (term - estimate * (shares[i] as number))) / total)
  return testOf(
    estimate,
    corrected(
      influence,
      units,
      derivative.map((value) => (n * value) / total),
    ),
    alpha,
  )
}

/**
 * The same with weights that sum to 1 in each group (Hájek): stable, and unmoved by a constant added to the outcomes.
 *
 * Source: Hájek 1971, comment in Godambe & Sprott, Foundations of Statistical Inference; Lunceford & Davidian 2004,
 * doi:10.1002/sim.1903, section 3.
 */
export function selfNormalisedEffect(units: ScoredUnits, estimand: Estimand, alpha: number): TInference {
  const n = units.scores.length
  const influence = new Float64Array(n)
  const derivative = new Float64Array(n)
  let estimate = 0
  for (const group of [1, 0]) {
    const sign = group === 1 ? 1 : -1
    const weights = Array.from({ length: n }, (_, i) =>
      units.treated[i] === group
        ? propensityWeight(units.scores[i] as number, group === 1, estimand)
        : { weight: 0, derivative: 0 },
    )
    const total = weights.reduce((all, { weight }) => all + weight, 0)
    const mean =
      weights.reduce((all, { weight }, i) => all + weight * (units.outcomes[i] as number), 0) / total
    estimate += sign * mean
    for (const [i, own] of weights.entries()) {
      const part = (sign * n * ((units.outcomes[i] as number) - mean)) / total
      influence[i] = (influence[i] as number) + own.weight * part
      derivative[i] = (derivative[i] as number) + own.derivative * part
    }
  }
  return testOf(estimate, corrected(influence, units, derivative), alpha)
}

/**
 * Doubly robust effect (AIPW): what the outcome models say, corrected by the weighted errors of the models. Right
 * when the propensities or the models are right.
 *
 * Source: Robins, Rotnitzky & Zhao 1994, doi:10.1080/01621459.1994.10476818; on the treated: Moodie, Saarela &
 * Stephens 2018, doi:10.1002/sta4.205.
 */
export function doublyRobustEffect(
  units: ScoredUnits,
  models: OutcomeModels,
  estimand: Estimand,
  alpha: number,
): TInference {
  const n = units.scores.length
  const terms = new Float64Array(n)
  const shares = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const isTreated = units.treated[i] === 1
    const { weight } = propensityWeight(units.scores[i] as number, isTreated, estimand)
    const outcome = units.outcomes[i] as number
    const [expected, otherwise] = [models.withTreatment[i] as number, models.withoutTreatment[i] as number]
    if (estimand === 'average-effect') {
      const error = isTreated ? outcome - expected : otherwise - outcome
      terms[i] = expected - otherwise + weight * error
      shares[i] = 1
    } else {
      terms[i] = (isTreated ? 1 : -1) * weight * (outcome - otherwise)
      shares[i] = isTreated ? 1 : 0
    }
  }
  const total = sum(shares)
  const estimate = sum(terms) / total
  const influence = terms.map((term, i) => (n * (term - estimate * (shares[i] as number))) / total)
  return testOf(estimate, influence, alpha)
}

/** Adds what an error of the estimated scores does to the estimate: n d′V xᵢ(tᵢ − eᵢ), d its mean derivative. */
function corrected(
  influence: Float64Array,
  { scores, treated, estimated }: ScoredUnits,
  derivative: Float64Array,
): Float64Array {
  if (!estimated) return influence
  const { design, covariance } = estimated
  const direction = new Float64Array(design.columns)
  for (let i = 0; i < design.rows; i++)
    for (let j = 0; j < design.columns; j++)
      direction[j] = (direction[j] as number) + (derivative[i] as number) * entry(design, i, j)
  const along = times(design, times(covariance, direction))
  return influence.map(
    (value, i) => value + (along[i] as number) * ((treated[i] as number) - (scores[i] as number)),
  )
}

function testOf(estimate: number, influence: Float64Array, alpha: number): TInference {
  const n = influence.length
  const mean = sum(influence) / n
  let squares = 0
  for (const value of influence) squares += (value - mean) ** 2
  return tInference(estimate, Math.sqrt(squares / (n - 1) / n), Number.POSITIVE_INFINITY, alpha)
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
