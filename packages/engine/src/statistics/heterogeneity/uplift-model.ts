import { type Covariate, type Encoding, encode, learnEncoding } from './features.ts'
import { type LinearPredictor, predict, ridgeLogistic, ridgeRegression } from './ridge.ts'

/** Units of a randomised experiment with one treatment. */
export interface UpliftData {
  readonly covariates: readonly Covariate[]
  /** Zeros and ones: 1 with the treatment. */
  readonly treated: readonly number[]
  readonly outcomes: readonly number[]
}

export interface UpliftLearner {
  /**
   * `T`: one model of the outcome for each arm, and their difference. `X`: then models of the differences between
   * what was observed and what the other arm's model expects; better with arms of unequal size or simple effects.
   */
  readonly learner: 'T' | 'X'
  /** What the outcome is: 0 or 1 (logistic models), or any number (linear models). */
  readonly outcome: 'proportion' | 'mean'
  /** Ridge penalty λ > 0 on the coefficients of standardised features. */
  readonly penalty: number
}

/** How the effect depends on the covariates; plain data. */
export type UpliftModel =
  | {
      readonly learner: 'T'
      readonly encoding: Encoding
      readonly treated: LinearPredictor
      readonly control: LinearPredictor
    }
  | {
      readonly learner: 'X'
      readonly encoding: Encoding
      /** Effects as the treated units show them, and as the control units do. */
      readonly fromTreated: LinearPredictor
      readonly fromControl: LinearPredictor
      readonly treatedShare: number
    }

/**
 * Learns from some units how the effect of a treatment depends on covariates.
 *
 * @param units indices of the units to learn from, with some in both arms
 *
 * Source: Künzel, Sekhon, Bickel & Yu 2019, doi:10.1073/pnas.1804597116, eq. 2 (T) and 7 to 9 (X), with the weight
 * g = share of treated units, which randomisation makes constant.
 */
export function learnUplift(
  { covariates, treated, outcomes }: UpliftData,
  { learner, outcome, penalty }: UpliftLearner,
  units: readonly number[],
): UpliftModel {
  const encoding = learnEncoding(covariates, units)
  const arms = [0, 1].map((arm) => {
    const own = units.filter((unit) => treated[unit] === arm)
    const features = encode(encoding, covariates, own)
    const values = own.map((unit) => outcomes[unit] as number)
    const fit = outcome === 'proportion' ? ridgeLogistic : ridgeRegression
    return { features, values, model: fit(features, values, penalty) }
  })
  const [control, treatment] = arms as [(typeof arms)[0], (typeof arms)[0]]
  if (learner === 'T') return { learner, encoding, treated: treatment.model, control: control.model }
  const expectedWithout = predict(control.model, treatment.features)
  const expectedWith = predict(treatment.model, control.features)
  const gains = treatment.values.map((value, i) => value - (expectedWithout[i] as number))
  const missed = control.values.map((value, i) => (expectedWith[i] as number) - value)
  return {
    learner,
    encoding,
    fromTreated: ridgeRegression(treatment.features, gains, penalty),
    fromControl: ridgeRegression(control.features, missed, penalty),
    treatedShare: treatment.values.length / units.length,
  }
}

/** Expected effect on each of the given units. */
export function predictUplift(
  model: UpliftModel,
  covariates: readonly Covariate[],
  units: readonly number[],
): Float64Array {
  const features = encode(model.encoding, covariates, units)
  if (model.learner === 'T') {
    const without = predict(model.control, features)
    return predict(model.treated, features).map((value, i) => value - (without[i] as number))
  }
  const { treatedShare } = model
  const fromTreated = predict(model.fromTreated, features)
  return predict(model.fromControl, features).map(
    (value, i) => treatedShare * value + (1 - treatedShare) * (fromTreated[i] as number),
  )
}
