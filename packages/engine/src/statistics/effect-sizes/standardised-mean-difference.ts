import { chiSquareQuantile, chiSquareUpperQuantile } from '../distributions/gamma-quantile.ts'
import { noncentralTTails } from '../distributions/noncentral-t.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import type { SampleSummary } from '../hypothesis-tests/sample-summary.ts'
import { pooledVariance } from '../hypothesis-tests/two-sample-t-tests.ts'
import type { Interval } from '../intervals/mover.ts'
import { findRoot } from '../special/find-root.ts'
import { stirlingError } from '../special/log-gamma.ts'

/** Relative error of the probability at a limit, beyond which it is none. */
const INVERSION_TOLERANCE = 1e-6

/** From this spread on the normal part of t is a small correction, to 1e-9 relative. */
const WIDE_FROM = 1000

/** Difference of two means in standard deviations: treatment − control. */
export interface StandardisedMeanDifference {
  /** Cohen's d: by the standard deviation common to both; too large on average in small samples. */
  readonly cohensD: number
  /** Hedges' g: d corrected for that bias. */
  readonly hedgesG: number
  /** J in g = J·d, below 1. */
  readonly correction: number
  /** Glass' Δ: by the control's standard deviation; NaN where that is 0. */
  readonly glassDelta: number
  /** Of d, for large samples. */
  readonly variance: number
  /** Interval of the standardised difference of the populations, exact if values are normal with one variance. */
  readonly low: number
  readonly high: number
}

/**
 * Cohen's d, Hedges' g and Glass' Δ of two independent samples, with an interval from the noncentral t distribution.
 *
 * @param control, treatment at least two units each, variance with divisor n − 1
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN outside the domain and where no unit differs from its sample's mean
 *
 * Source: Hedges & Olkin 1985, Statistical Methods for Meta-Analysis, chapter 5;
 * interval: Cumming & Finch 2001, doi:10.1177/0013164401614002.
 */
export function standardisedMeanDifference(
  control: SampleSummary,
  treatment: SampleSummary,
  alpha: number,
): StandardisedMeanDifference {
  const [m, n] = [control.units, treatment.units]
  const deviation = Math.sqrt(pooledVariance(control, treatment))
  const difference = treatment.mean - control.mean
  const cohensD = deviation > 0 ? difference / deviation : Number.NaN
  const correction = hedgesCorrection(m + n - 2)
  const root = Math.sqrt(1 / m + 1 / n)
  const { low, high } = noncentralityInterval(cohensD / root, m + n - 2, alpha)
  return {
    cohensD,
    hedgesG: correction * cohensD,
    correction,
    glassDelta: control.variance > 0 ? difference / Math.sqrt(control.variance) : Number.NaN,
    variance: root * root + (cohensD * cohensD) / (2 * (m + n)),
    low: low * root,
    high: high * root,
  }
}

/**
 * J(ν) = Γ(ν/2) / (√(ν/2) Γ((ν − 1)/2)), which makes d unbiased; by Stirling's formula, whose large parts cancel.
 *
 * @param degreesOfFreedom ν > 1
 * @returns NaN outside the domain
 *
 * Source: Hedges 1981, doi:10.3102/10769986006002107.
 */
export function hedgesCorrection(degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 1)) return Number.NaN
  const a = degreesOfFreedom / 2
  // log Γ(a) − log Γ(a − ½) − ½ log a, with Γ by Stirling's formula
  const logarithm = (1 - a) * Math.log1p(-0.5 / a) - 0.5 + stirlingError(a) - stirlingError(a - 0.5)
  return Math.exp(logarithm)
}

/**
 * Hedges' approximation 1 − 3 / (4ν − 1) of {@link hedgesCorrection}.
 *
 * Source: Hedges 1981, doi:10.3102/10769986006002107.
 */
export function approximateHedgesCorrection(degreesOfFreedom: number): number {
  return degreesOfFreedom > 1 ? 1 - 3 / (4 * degreesOfFreedom - 1) : Number.NaN
}

/**
 * Noncentralities at which an observed t statistic is just not too large, and just not too small.
 *
 * @param statistic any finite number
 * @param degreesOfFreedom > 0
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN outside the domain
 *
 * Source: Cumming & Finch 2001, doi:10.1177/0013164401614002.
 */
export function noncentralityInterval(statistic: number, degreesOfFreedom: number, alpha: number): Interval {
  const isValid = Number.isFinite(statistic) && degreesOfFreedom > 0 && alpha > 0 && alpha < 1
  if (!isValid) return { low: Number.NaN, high: Number.NaN }
  return {
    low: -upperNoncentrality(-statistic, degreesOfFreedom, alpha / 2),
    high: upperNoncentrality(statistic, degreesOfFreedom, alpha / 2),
  }
}

/** Noncentrality δ with P(T ≤ t) = tail: about t + z √(1 + t² / 2ν), from where the bracket grows. */
function upperNoncentrality(statistic: number, degreesOfFreedom: number, tail: number): number {
  const logTail = Math.log(tail)
  const above = (noncentrality: number) =>
    noncentralTTails(statistic, degreesOfFreedom, noncentrality).logLower - logTail
  const spread = Math.hypot(1, statistic / Math.sqrt(2 * degreesOfFreedom))
  if (spread > WIDE_FROM) return upperNoncentralityFarOut(statistic, degreesOfFreedom, tail)
  const start = statistic - normalQuantile(tail) * spread
  let step = 0.05 * spread
  let [low, high] = [start - step, start + step]
  while (above(low) < 0) {
    step *= 4
    low -= step
  }
  while (above(high) > 0) {
    step *= 4
    high += step
  }
  const found = findRoot(above, low, high)
  // A root of something other than the probability would pass for a limit.
  return Math.abs(above(found)) < INVERSION_TOLERANCE ? found : Number.NaN
}

/**
 * The same where t is enormous. P(T ≤ t) is P(t s + Z ≥ δ) with s² = χ²/ν, so that δ is a quantile q of t s, moved
 * by the normal Z of variance 1: q − ½ f′/f at q, for the density f ∝ q^(ν − 1) exp(−ν q² / 2t²) of t s.
 */
function upperNoncentralityFarOut(statistic: number, degreesOfFreedom: number, tail: number): number {
  const quantile = statistic > 0 ? chiSquareUpperQuantile : chiSquareQuantile
  const share = Math.sqrt(quantile(tail, degreesOfFreedom) / degreesOfFreedom)
  const place = statistic * share
  const slope = (degreesOfFreedom - 1) / place - (degreesOfFreedom * share) / statistic
  return place - slope / 2
}
