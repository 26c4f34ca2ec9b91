import type { MomentsSummary } from '../moments/cross-moments.ts'
import {
  type AdjustedDifference,
  areComparable,
  covariateProducts,
  outcomeProducts,
  pooledCovariateMeans,
  residualVariance,
  satterthwaite,
  savedShare,
  shiftOf,
  unadjustedDifference,
} from './adjustment.ts'
import { quadraticForm, solveNormalEquations } from './normal-equations.ts'

export interface Cuped extends AdjustedDifference {
  /** θ, one per covariate. */
  readonly coefficients: readonly number[]
}

/**
 * CUPED: means of y − θᵀ(x − x̄) compared by Welch's formula, with θ taken as known.
 *
 * That is right for many units. In a small sample θ is fitted to the same data, and the standard error too small;
 * `covariate-adjustment.ts` accounts for it.
 *
 * @param control, treatment components [y, x₁ … xₚ]
 * @param pooling where θ comes from: `within` the variants, or `overall`, from all units as if there were no variants
 *   (as published; it takes a part of a large effect for an influence of the covariate)
 * @returns undefined below two units in a variant and for values that are not finite
 *
 * Source: Deng, Xu, Kohavi & Walker 2013, equations 4 to 6, doi:10.1145/2433396.2433413.
 */
export function cuped(
  control: MomentsSummary,
  treatment: MomentsSummary,
  pooling: 'within' | 'overall',
): Cuped | undefined {
  if (!areComparable(control, treatment)) return undefined
  const units = control.units + treatment.units
  const reference = pooledCovariateMeans(control, treatment)
  const products = covariateProducts([control, treatment])
  const { coefficients, isUsed } =
    pooling === 'within'
      ? solveNormalEquations(products, outcomeProducts([control, treatment]), reference, units)
      : solveOverall(control, treatment, reference)
  const part = (summary: MomentsSummary) => ({
    value: (summary.mean[0] as number) - shiftOf(summary, coefficients, reference),
    variance: residualVariance(summary, coefficients) / summary.units,
    degreesOfFreedom: summary.units - 1,
  })
  const [c, t] = [part(control), part(treatment)]
  const standardError = Math.sqrt(c.variance + t.variance)
  const unadjusted = unadjustedDifference(control, treatment)
  // Both adjusted means move with the average of the covariates.
  const covariance = quadraticForm(products, coefficients) / (units - 2) / units
  return {
    coefficients,
    isUsed,
    difference: unadjusted.difference - shiftOf(treatment, coefficients, control.mean.slice(1)),
    standardError,
    degreesOfFreedom: satterthwaite([c, t]),
    control: { value: c.value, variance: c.variance + covariance },
    treatment: { value: t.value, variance: t.variance + covariance },
    covariance,
    unadjusted,
    varianceSaved: savedShare(standardError, unadjusted.standardError),
  }
}

/** θ from all units together: what lies between the variants' means is added to the products within them. */
function solveOverall(control: MomentsSummary, treatment: MomentsSummary, reference: readonly number[]) {
  const units = control.units + treatment.units
  const weight = control.units * (treatment.units / units)
  const gaps = treatment.mean.map((mean, j) => mean - (control.mean[j] as number))
  const products = covariateProducts([control, treatment])
  for (let i = 0; i < products.rows; i++)
    for (let j = 0; j < products.columns; j++)
      products.data[i * products.columns + j] =
        (products.data[i * products.columns + j] as number) +
        weight * (gaps[i + 1] as number) * (gaps[j + 1] as number)
  const responses = outcomeProducts([control, treatment]).map(
    (sum, j) => sum + weight * (gaps[0] as number) * (gaps[j + 1] as number),
  )
  return solveNormalEquations(products, responses, reference, units)
}
