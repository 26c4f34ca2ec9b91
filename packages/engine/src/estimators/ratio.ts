import {
  type Comparison,
  type ComputedComparison,
  type Estimator,
  type EstimatorSettings,
  type MetricSummary,
  notComputable,
} from '../estimator.ts'
import { normalLog10TwoSidedP, normalTwoSidedP } from '../statistics/distributions/normal.ts'
import { normalQuantile } from '../statistics/distributions/normal-quantile.ts'
import { relativeEffect } from '../statistics/intervals/relative-effect.ts'

/**
 * Difference of two ratios of totals (clicks per view), where the units are what was randomised and numerator
 * and denominator both vary from unit to unit.
 *
 * With means x̄, ȳ of numerator and denominator over units and R = x̄ / ȳ, the first-order delta method gives
 * the variance (s²ₓ − 2R sₓᵧ + R² s²ᵧ) / (n ȳ²). z test and normal intervals.
 *
 * Source: Deng, Knoblich & Lu 2018, section 4 (cluster randomisation), doi:10.1145/3219819.3219919; relative:
 * section 3 (percent changes).
 */
export const ratio: Estimator = { name: 'ratio', metricKinds: ['ratio'], compare }

const ASSUMPTIONS = [
  'Units are independent of each other, and they are what was randomised.',
  'The mean denominator lies many standard errors from 0.',
  'Units are many enough for the normal approximation.',
  'The time of this look was fixed before the data were seen.',
] as const

interface Moments {
  readonly units: number
  readonly numerator: number
  readonly denominator: number
  readonly numeratorVariance: number
  readonly denominatorVariance: number
  readonly covariance: number
}

/** A ratio and the variance of its estimate. */
interface Arm {
  readonly value: number
  readonly variance: number
}

function compare(control: MetricSummary, treatment: MetricSummary, settings: EstimatorSettings): Comparison {
  const moments = [control, treatment].map(momentsOf)
  if (!moments.every(({ units }) => units >= 2)) {
    return notComputable(
      'too-few-units',
      'Each variant needs at least 2 units before its variance can be estimated.',
    )
  }
  if (!moments.every(isValid)) {
    return notComputable(
      'invalid-values',
      'A mean or a variance of a variant is not a finite number; check for extreme values.',
    )
  }
  if (moments.some(({ denominator }) => denominator === 0)) {
    return notComputable(
      'no-denominator',
      'The denominator of a variant is 0 over all its units, so it has no ratio yet.',
    )
  }
  const [a, b] = moments.map(armOf) as [Arm, Arm]
  if (a.variance === 0 && b.variance === 0) {
    return notComputable(
      'zero-variance',
      'All units of a variant have the same ratio, in both variants; without variation there is no test.',
    )
  }
  return finite(computed(a, b, settings.alpha))
}

function computed(control: Arm, treatment: Arm, alpha: number): ComputedComparison {
  const estimate = treatment.value - control.value
  const standardError = Math.sqrt(control.variance + treatment.variance)
  const statistic = estimate / standardError
  const margin = -normalQuantile(alpha / 2) * standardError
  const effect = relativeEffect(control, treatment, alpha)
  return {
    status: 'ok',
    method: 'delta method for ratios, z',
    absolute: { estimate, low: estimate - margin, high: estimate + margin },
    relative: effect ? { status: 'ok', method: 'delta method, normal quantile', ...effect } : BASELINE_ZERO,
    standardError,
    statistic,
    pValue: normalTwoSidedP(statistic),
    log10PValue: normalLog10TwoSidedP(statistic),
    alpha,
    assumptions: ASSUMPTIONS,
  }
}

function momentsOf({ units, mean, covariance }: MetricSummary): Moments {
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

/**
 * Where numerator and denominator are proportional the terms cancel; what is left within their rounding error
 * is no variance, and must not become a tiny standard error with an enormous statistic.
 */
function armOf(moments: Moments): Arm {
  const value = moments.numerator / moments.denominator
  const terms = [
    moments.numeratorVariance,
    -2 * value * moments.covariance,
    value * value * moments.denominatorVariance,
  ]
  const residual = terms.reduce((sum, term) => sum + term, 0)
  const rounding = 8 * Number.EPSILON * terms.reduce((sum, term) => sum + Math.abs(term), 0)
  const variance = residual > rounding ? residual : 0
  return { value, variance: variance / moments.units / moments.denominator / moments.denominator }
}

/** Values at the edge of the range of doubles can still overflow. */
function finite(comparison: ComputedComparison): Comparison {
  const { absolute, standardError, statistic } = comparison
  const isFaithful = [absolute.low, absolute.high, standardError, statistic].every(Number.isFinite)
  return isFaithful
    ? comparison
    : notComputable('invalid-values', 'The values are too large to be compared in double precision.')
}

const BASELINE_ZERO = notComputable(
  'baseline-zero',
  'The ratio of the control is 0 or too near to it to express the effect relative to it.',
)
