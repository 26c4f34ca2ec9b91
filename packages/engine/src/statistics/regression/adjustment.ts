import type { Estimate } from '../intervals/relative-effect.ts'
import { type Matrix, matrix } from '../linear-algebra/matrix.ts'
import type { MomentsSummary } from '../moments/cross-moments.ts'

/**
 * What the adjustments in this folder share. A variant's summary has the components [y, x₁ … xₚ]: the outcome and the
 * covariates, which must have been fixed before the unit met its variant.
 */

/** A difference of two means, treatment − control, after adjustment for covariates. */
export interface AdjustedDifference {
  readonly difference: number
  /** ≥ 0; exactly 0 where the covariates explain everything up to rounding. */
  readonly standardError: number
  readonly degreesOfFreedom: number
  /** Adjusted means at the average of the covariates over both variants, with their variances. */
  readonly control: Estimate
  readonly treatment: Estimate
  /** Of the two adjusted means, which share that average. */
  readonly covariance: number
  /** The difference without covariates. */
  readonly unadjusted: { readonly difference: number; readonly standardError: number }
  /** 1 − variance with / variance without; below 0 where the covariates cost more than they gave. */
  readonly varianceSaved: number
  /** Whether a covariate was used: it varies, and is not determined by those before it. */
  readonly isUsed: readonly boolean[]
}

/** One variant's part of a variance, and what it is known by. */
export interface VariancePart {
  readonly variance: number
  readonly degreesOfFreedom: number
}

export function covariatesIn(summary: MomentsSummary): number {
  return summary.mean.length - 1
}

/** Two summaries of the same finite components, with at least two units each. */
export function areComparable(control: MomentsSummary, treatment: MomentsSummary): boolean {
  return (
    control.mean.length >= 1 &&
    control.mean.length === treatment.mean.length &&
    [control, treatment].every(
      ({ units, mean, covariance }) =>
        units >= 2 && mean.every(Number.isFinite) && covariance.every((row) => row.every(Number.isFinite)),
    )
  )
}

/** Means of the covariates over both variants. */
export function pooledCovariateMeans(control: MomentsSummary, treatment: MomentsSummary): number[] {
  const share = treatment.units / (control.units + treatment.units)
  return control.mean.slice(1).map((mean, j) => mean + share * ((treatment.mean[j + 1] as number) - mean))
}

/** Σ(xᵢ − x̄)(xⱼ − x̄) of the covariates within variants, summed over some of them. */
export function covariateProducts(summaries: readonly MomentsSummary[]): Matrix {
  const p = covariatesIn(summaries[0] as MomentsSummary)
  const products = matrix(p, p)
  for (const { units, covariance } of summaries)
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++)
        products.data[i * p + j] =
          (products.data[i * p + j] as number) + (units - 1) * (covariance[i + 1]?.[j + 1] as number)
  return products
}

/** Σ(xⱼ − x̄)(y − ȳ) within variants, summed over some of them. */
export function outcomeProducts(summaries: readonly MomentsSummary[]): number[] {
  const p = covariatesIn(summaries[0] as MomentsSummary)
  return Array.from({ length: p }, (_, j) =>
    summaries.reduce(
      (sum, { units, covariance }) => sum + (units - 1) * (covariance[0]?.[j + 1] as number),
      0,
    ),
  )
}

/**
 * Variance of y − θᵀx in one variant (divisor n − 1). What is left within the rounding error of its terms is 0: a
 * tiny standard error made of rounding would make anything significant.
 */
export function residualVariance({ covariance }: MomentsSummary, theta: readonly number[]): number {
  const total = covariance[0]?.[0] as number
  let sum = total
  let magnitude = total
  for (const [i, a] of theta.entries()) {
    const crossed = -2 * a * (covariance[0]?.[i + 1] as number)
    sum += crossed
    magnitude += Math.abs(crossed)
    for (const [j, b] of theta.entries()) {
      const part = a * b * (covariance[i + 1]?.[j + 1] as number)
      sum += part
      magnitude += Math.abs(part)
    }
  }
  return sum <= 8 * Number.EPSILON * magnitude ? 0 : sum
}

/** θᵀ(x̄ − x̄₀) */
export function shiftOf(
  { mean }: MomentsSummary,
  theta: readonly number[],
  reference: readonly number[],
): number {
  return theta.reduce((sum, each, j) => sum + each * ((mean[j + 1] as number) - (reference[j] as number)), 0)
}

/** (Σ vₐ)² / Σ vₐ² / dfₐ, from shares so that squares cannot underflow (Satterthwaite 1946, doi:10.2307/3002019). */
export function satterthwaite(parts: readonly VariancePart[]): number {
  const sum = parts.reduce((total, { variance }) => total + variance, 0)
  if (sum === 0) return Number.NaN
  return 1 / parts.reduce((total, part) => total + (part.variance / sum) ** 2 / part.degreesOfFreedom, 0)
}

export function unadjustedDifference(control: MomentsSummary, treatment: MomentsSummary) {
  const variance = ({ units, covariance }: MomentsSummary) => (covariance[0]?.[0] as number) / units
  return {
    difference: (treatment.mean[0] as number) - (control.mean[0] as number),
    standardError: Math.sqrt(variance(control) + variance(treatment)),
  }
}

/** 1 − variance with / variance without, without squares that could underflow. */
export function savedShare(standardError: number, without: number): number {
  if (without === 0) return standardError === 0 ? 0 : Number.NEGATIVE_INFINITY
  const ratio = standardError / without
  return (1 - ratio) * (1 + ratio)
}
