import { times } from '../linear-algebra/matrix.ts'
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

export interface InteractedAdjustment extends AdjustedDifference {
  /** θ of each variant, one per covariate. */
  readonly coefficients: { readonly control: readonly number[]; readonly treatment: readonly number[] }
  /** Part of the variance because the average of the covariates is itself that of a sample: Δθᵀ Σₓ Δθ / N. */
  readonly populationVariance: number
}

/**
 * Difference of means adjusted with a θ of its own for each variant (regression with treatment × covariate
 * interactions), from sufficient statistics alone. The estimate is that of least squares on the units; it never does
 * asymptotic harm, also where variants differ in size and in how the covariates matter.
 *
 * The standard error is the classic one of each variant's regression at the pooled covariate means x̄,
 * s²ₐ (1/nₐ + (x̄ₐ − x̄)ᵀ Sₐ⁻¹ (x̄ₐ − x̄)) with s²ₐ on nₐ − 1 − rankₐ degrees of freedom, plus that of x̄ as an
 * estimate of the population's. The heteroskedasticity-consistent kinds need the units: `linear-regression.ts`.
 *
 * @param control, treatment components [y, x₁ … xₚ]
 * @returns undefined where a variant has no degree of freedom left, and for values that are not finite
 *
 * Source: Lin 2013, section 3, doi:10.1214/12-AOAS583; population term: Negi & Wooldridge 2021,
 * doi:10.1080/07474938.2020.1824732.
 */
export function adjustWithInteractions(
  control: MomentsSummary,
  treatment: MomentsSummary,
): InteractedAdjustment | undefined {
  if (!areComparable(control, treatment)) return undefined
  const units = control.units + treatment.units
  const reference = pooledCovariateMeans(control, treatment)
  const [c, t] = [armOf(control, reference), armOf(treatment, reference)]
  if (!c || !t) return undefined
  const products = covariateProducts([control, treatment])
  const overPopulation = (theta: readonly number[]) => quadraticForm(products, theta) / (units - 2) / units
  const gap = t.coefficients.map((each, j) => each - (c.coefficients[j] as number))
  const populationVariance = overPopulation(gap)
  const standardError = Math.sqrt(c.variance + t.variance + populationVariance)
  const unadjusted = unadjustedDifference(control, treatment)
  const [cPopulation, tPopulation] = [overPopulation(c.coefficients), overPopulation(t.coefficients)]
  return {
    coefficients: { control: c.coefficients, treatment: t.coefficients },
    isUsed: c.isUsed.map((used, j) => used || (t.isUsed[j] as boolean)),
    populationVariance,
    difference: unadjusted.difference - (t.shift - c.shift),
    standardError,
    degreesOfFreedom: satterthwaite([c, t, { variance: populationVariance, degreesOfFreedom: units - 2 }]),
    control: { value: c.value, variance: c.variance + cPopulation },
    treatment: { value: t.value, variance: t.variance + tPopulation },
    covariance: (cPopulation + tPopulation - populationVariance) / 2,
    unadjusted,
    varianceSaved: savedShare(standardError, unadjusted.standardError),
  }
}

function armOf(arm: MomentsSummary, reference: readonly number[]) {
  const products = covariateProducts([arm])
  const { coefficients, isUsed, rank, inverse } = solveNormalEquations(
    products,
    outcomeProducts([arm]),
    arm.mean.slice(1),
    arm.units,
  )
  const degreesOfFreedom = arm.units - 1 - rank
  if (!(degreesOfFreedom > 0)) return undefined
  const distance = reference.map((mean, j) => (arm.mean[j + 1] as number) - mean)
  const leverage = times(inverse, distance).reduce((sum, each, j) => sum + each * (distance[j] as number), 0)
  const variance = residualVariance(arm, coefficients) * ((arm.units - 1) / degreesOfFreedom)
  const shift = shiftOf(arm, coefficients, reference)
  return {
    coefficients,
    isUsed,
    degreesOfFreedom,
    shift,
    value: (arm.mean[0] as number) - shift,
    variance: variance * (1 / arm.units + leverage),
  }
}
