import { times } from '../linear-algebra/matrix.ts'
import type { MomentsSummary } from '../moments/cross-moments.ts'
import {
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
import type { Cuped } from './cuped.ts'
import { quadraticForm, solveNormalEquations } from './normal-equations.ts'

/**
 * Difference of means adjusted for any number of covariates with one θ for both variants, from sufficient statistics
 * alone (analysis of covariance). As `cuped.ts`, but honest in small samples: the residual variances are divided by
 * the degrees of freedom that are left, and θ counts as estimated from the same data.
 *
 * With N units, rank r of the covariates and dₓ the difference of their means the variance is
 * Σₐ s²ₐ/nₐ + dₓᵀ V dₓ, where s²ₐ is the variance of y − θᵀx in variant a times (N − 2)/(N − 2 − r), and
 * V = Sₓₓ⁻¹ (Σₐ s²ₐ Sₐ) Sₓₓ⁻¹ that of θ. With equal s²ₐ this is the textbook formula for analysis of covariance;
 * different ones are kept apart as in Welch's test.
 *
 * @param control, treatment components [y, x₁ … xₚ], p ≥ 0: without covariates it is Welch's comparison
 * @returns undefined below two units in a variant, where no degree of freedom is left, and for values that are not
 *   finite
 *
 * Source: Cochran 1957, doi:10.2307/2527916; variances kept apart: after Welch 1947, doi:10.1093/biomet/34.1-2.28.
 */
export function adjustForCovariates(control: MomentsSummary, treatment: MomentsSummary): Cuped | undefined {
  if (!areComparable(control, treatment)) return undefined
  const arms = [control, treatment]
  const units = control.units + treatment.units
  const reference = pooledCovariateMeans(control, treatment)
  const products = covariateProducts(arms)
  const solution = solveNormalEquations(products, outcomeProducts(arms), reference, units)
  const { coefficients, isUsed, rank, inverse } = solution
  const left = (units - 2 - rank) / (units - 2)
  if (!(left > 0)) return undefined
  /** Variance of the variant's residual mean and of its share in θ, for covariate means at a distance. */
  const partOf = (arm: MomentsSummary, distance: readonly number[]) => {
    const variance = residualVariance(arm, coefficients) / left
    const direction = Array.from(times(inverse, distance))
    return {
      mean: variance / arm.units,
      theta: variance * quadraticForm(covariateProducts([arm]), direction),
      degreesOfFreedom: (arm.units - 1) * left,
    }
  }
  const gap = reference.map((_, j) => (treatment.mean[j + 1] as number) - (control.mean[j + 1] as number))
  const parts = arms.map((arm) => {
    const { mean, theta, degreesOfFreedom } = partOf(arm, gap)
    return { variance: mean + theta, degreesOfFreedom }
  })
  const standardError = Math.sqrt(parts.reduce((sum, { variance }) => sum + variance, 0))
  const shared = quadraticForm(products, coefficients) / (units - 2) / units
  const means = arms.map((arm) => {
    const distance = reference.map((mean, j) => (arm.mean[j + 1] as number) - mean)
    const theta = arms.reduce((sum, each) => sum + partOf(each, distance).theta, 0)
    return {
      value: (arm.mean[0] as number) - shiftOf(arm, coefficients, reference),
      variance: partOf(arm, distance).mean + theta + shared,
    }
  })
  const unadjusted = unadjustedDifference(control, treatment)
  const [c, t] = means as [(typeof means)[0], (typeof means)[0]]
  return {
    coefficients,
    isUsed,
    difference: unadjusted.difference - shiftOf(treatment, coefficients, control.mean.slice(1)),
    standardError,
    degreesOfFreedom: satterthwaite(parts),
    control: c,
    treatment: t,
    covariance: (c.variance + t.variance - standardError * standardError) / 2,
    unadjusted,
    varianceSaved: savedShare(standardError, unadjusted.standardError),
  }
}
