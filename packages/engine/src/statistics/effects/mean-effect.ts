import type { MomentsSummary } from '../moments/cross-moments.ts'
import { checked, type Effect, type EffectProblem } from './effect.ts'

interface Arm {
  readonly units: number
  readonly value: number
  /** Of the mean: s² / n. */
  readonly variance: number
}

const ROUNDING = 1e-30

/**
 * Difference of two means of independent units whose variances may differ, with Welch and Satterthwaite's degrees
 * of freedom (Welch 1947, doi:10.1093/biomet/34.1-2.28).
 */
export function meanEffect(control: MomentsSummary, treatment: MomentsSummary): Effect | EffectProblem {
  const [a, b] = [armOf(control), armOf(treatment)]
  if (!(a.units >= 2 && b.units >= 2)) return 'too-few-units'
  if (!isValid(a) || !isValid(b)) return 'invalid-values'
  const standardError = Math.sqrt(a.variance + b.variance)
  if (standardError === 0) return 'zero-variance'
  return checked({
    estimate: b.value - a.value,
    standardError,
    degreesOfFreedom: satterthwaite(a, b),
    control: a,
    treatment: b,
    units: a.units + b.units,
    isSmall: false,
  })
}

/** From the shares of the two variances in their sum, whose squares cannot underflow as the variances' do. */
function satterthwaite(a: Arm, b: Arm): number {
  const sum = a.variance + b.variance
  const first = a.variance / sum
  const second = b.variance / sum
  return 1 / ((first * first) / (a.units - 1) + (second * second) / (b.units - 1))
}

/**
 * Values that are all the same leave the rounding error of their sums. A standard deviation below 1e-15 of the mean
 * is no variation that doubles could hold, and must not make a difference enormous.
 */
function armOf({ units, mean, covariance }: MomentsSummary): Arm {
  const value = mean[0] ?? Number.NaN
  const variance = covariance[0]?.[0] ?? Number.NaN
  const isRounding = Math.abs(variance) <= ROUNDING * value * value
  return { units, value, variance: isRounding ? 0 : variance / units }
}

function isValid({ units, value, variance }: Arm): boolean {
  return Number.isFinite(units) && Number.isFinite(value) && Number.isFinite(variance) && variance >= 0
}
