import type { MomentsSummary } from '../moments/cross-moments.ts'
import type { JointSummary } from '../moments/joint-summary.ts'
import { lineariseRatio } from '../moments/linearise.ts'
import { adjustForCovariates } from '../regression/covariate-adjustment.ts'
import { checked, type Effect, type EffectProblem } from './effect.ts'
import { meanEffect } from './mean-effect.ts'
import { ratioEffect } from './ratio-effect.ts'

/**
 * Difference of means, adjusted for what the units did before they met their variant (CUPED, as an analysis of
 * covariance that counts the degrees of freedom it spends). Covariates that do not vary or repeat others are left
 * out; without any that help it is the plain difference.
 *
 * Source: Deng, Xu, Kohavi & Walker 2013, equations 4 to 6, doi:10.1145/2433396.2433413.
 */
export function adjustedMeanEffect(control: JointSummary, treatment: JointSummary): Effect | EffectProblem {
  const plain = meanEffect(control, treatment)
  return typeof plain === 'string' ? plain : adjust(plain, wholeOf(control), wholeOf(treatment))
}

/**
 * Difference of ratios of totals, adjusted for numerator and denominator before: both are linearised at the ratio
 * (same source, appendix B).
 */
export function adjustedRatioEffect(control: JointSummary, treatment: JointSummary): Effect | EffectProblem {
  const plain = ratioEffect(control, treatment)
  if (typeof plain === 'string') return plain
  return adjust(plain, lineariseRatio(wholeOf(control)), lineariseRatio(wholeOf(treatment)), true)
}

/** @param isRatio the variance of a ratio is known to first order only, so no t is due */
function adjust(
  plain: Effect,
  control: MomentsSummary,
  treatment: MomentsSummary,
  isRatio = false,
): Effect | EffectProblem {
  const adjusted = adjustForCovariates(control, treatment)
  const covariates = adjusted?.isUsed.filter(Boolean).length ?? 0
  if (!adjusted || covariates === 0) return plain
  return checked({
    estimate: adjusted.difference,
    standardError: adjusted.standardError,
    degreesOfFreedom: isRatio ? Number.POSITIVE_INFINITY : adjusted.degreesOfFreedom,
    control: adjusted.control,
    treatment: adjusted.treatment,
    covariance: adjusted.covariance,
    units: plain.units,
    isSmall: false,
    reduction: { covariates, varianceSaved: Math.max(0, adjusted.varianceSaved) },
  })
}

function wholeOf({ units, mean, covariance, joint }: JointSummary): MomentsSummary {
  return { units, ...(joint ?? { mean, covariance }) }
}
