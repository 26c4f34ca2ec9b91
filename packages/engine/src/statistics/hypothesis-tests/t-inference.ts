import { studentTTwoSidedTails } from '../distributions/student-t.ts'
import { studentTQuantile } from '../distributions/student-t-quantile.ts'

/** An estimate, and what its standard error says about it. */
export interface TInference {
  readonly estimate: number
  readonly standardError: number
  /** Infinity where the standard error counts as known. */
  readonly degreesOfFreedom: number
  /** estimate / standardError */
  readonly statistic: number
  /** Two-sided. */
  readonly pValue: number
  readonly log10PValue: number
  /** One-sided, against the alternative that the truth lies above 0. */
  readonly pValueGreater: number
  readonly log10PValueGreater: number
  /** One-sided, against the alternative that the truth lies below 0. */
  readonly pValueLess: number
  readonly log10PValueLess: number
  /** Two-sided interval. */
  readonly low: number
  readonly high: number
}

/** What a one-sided comparison of a statistic with Student's t distribution says. */
export interface OneSidedT {
  readonly pValueGreater: number
  readonly log10PValueGreater: number
  readonly pValueLess: number
  readonly log10PValueLess: number
}

/**
 * Tests that an estimate is 0, and its interval, from Student's t distribution.
 *
 * @param estimate any finite number
 * @param standardError > 0, finite
 * @param degreesOfFreedom > 0; Infinity is the normal distribution
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha; 0.05 for 95 %
 * @returns NaN for statistic, p-values and interval outside the domain: a standard error of 0 is no certainty but
 * a sample too small or too uniform to know its error, and must never become p = 0
 *
 * Source: Student 1908, doi:10.1093/biomet/6.1.1.
 */
export function tInference(
  estimate: number,
  standardError: number,
  degreesOfFreedom: number,
  alpha: number,
): TInference {
  const statistic = isKnown(estimate, standardError) ? estimate / standardError : Number.NaN
  const { lower: pValue, logLower } = studentTTwoSidedTails(statistic, degreesOfFreedom)
  const margin = tMargin(standardError, degreesOfFreedom, alpha)
  return {
    estimate,
    standardError,
    degreesOfFreedom,
    statistic,
    pValue,
    log10PValue: logLower / Math.LN10,
    ...sidesOf(statistic, pValue, logLower),
    low: Number.isNaN(statistic) ? Number.NaN : estimate - margin,
    high: Number.isNaN(statistic) ? Number.NaN : estimate + margin,
  }
}

/**
 * One-sided p-values of a t statistic on both sides.
 *
 * @param statistic any number, also ∓Infinity
 * @param degreesOfFreedom > 0; Infinity is the normal distribution
 * @returns NaN outside the domain
 */
export function oneSidedT(statistic: number, degreesOfFreedom: number): OneSidedT {
  const { lower, logLower } = studentTTwoSidedTails(statistic, degreesOfFreedom)
  return sidesOf(statistic, lower, logLower)
}

/**
 * Half the width of a two-sided interval: the t quantile times the standard error.
 *
 * @returns NaN for an alpha outside (0, 1) or degrees of freedom that are not > 0
 */
export function tMargin(standardError: number, degreesOfFreedom: number, alpha: number): number {
  if (!(alpha > 0 && alpha < 1)) return Number.NaN
  return -studentTQuantile(alpha / 2, degreesOfFreedom) * standardError
}

function sidesOf(statistic: number, twoSided: number, logTwoSided: number): OneSidedT {
  const far = twoSided / 2
  const log10Far = (logTwoSided - Math.LN2) / Math.LN10
  const near = 1 - far
  const log10Near = Math.log1p(-far) / Math.LN10
  return statistic > 0
    ? { pValueGreater: far, log10PValueGreater: log10Far, pValueLess: near, log10PValueLess: log10Near }
    : { pValueGreater: near, log10PValueGreater: log10Near, pValueLess: far, log10PValueLess: log10Far }
}

function isKnown(estimate: number, standardError: number): boolean {
  return Number.isFinite(estimate) && standardError > 0 && standardError < Number.POSITIVE_INFINITY
}
