import { ratioOfTotals } from '../metrics/ratio-of-totals.ts'
import type { MomentsSummary } from '../moments/cross-moments.ts'
import { checked, type Effect, type EffectProblem } from './effect.ts'

interface Moments {
  readonly units: number
  readonly numerator: number
  readonly denominator: number
  readonly numeratorVariance: number
  readonly denominatorVariance: number
  readonly covariance: number
}

/**
 * Difference of two ratios of totals (clicks per view), where the units are what was randomised and numerator
 * and denominator both vary from unit to unit.
 *
 * Source: Deng, Knoblich & Lu 2018, section 4, doi:10.1145/3219819.3219919; see `metrics/ratio-of-totals.ts`.
 */
export function ratioEffect(control: MomentsSummary, treatment: MomentsSummary): Effect | EffectProblem {
  const [a, b] = [momentsOf(control), momentsOf(treatment)]
  if (!(a.units >= 2 && b.units >= 2)) return 'too-few-units'
  if (!isValid(a) || !isValid(b)) return 'invalid-values'
  if (a.denominator === 0 || b.denominator === 0) return 'no-denominator'
  const [first, second] = [ratioOfTotals(control), ratioOfTotals(treatment)]
  if (first.variance === 0 && second.variance === 0) return 'zero-variance'
  return checked({
    estimate: second.value - first.value,
    standardError: Math.sqrt(first.variance + second.variance),
    degreesOfFreedom: Number.POSITIVE_INFINITY,
    control: first,
    treatment: second,
    units: a.units + b.units,
    isSmall: false,
  })
}

function momentsOf({ units, mean, covariance }: MomentsSummary): Moments {
  return {
    units,
    numerator: mean[0] ?? Number.NaN,
    denominator: mean[1] ?? Number.NaN,
    numeratorVariance: covariance[0]?.[0] ?? Number.NaN,
    denominatorVariance: covariance[1]?.[1] ?? Number.NaN,
    covariance: covariance[0]?.[1] ?? Number.NaN,
  }
}

function isValid(moments: Moments): boolean {
  const { numeratorVariance, denominatorVariance } = moments
  return Object.values(moments).every(Number.isFinite) && numeratorVariance >= 0 && denominatorVariance >= 0
}
