import {
  type Comparison,
  type ComputedComparison,
  type Estimator,
  type EstimatorSettings,
  type MetricSummary,
  notComputable,
} from '../estimator.ts'
import { studentTLog10TwoSidedP, studentTTwoSidedP } from '../statistics/distributions/student-t.ts'
import { studentTQuantile } from '../statistics/distributions/student-t-quantile.ts'
import { relativeEffect } from '../statistics/intervals/relative-effect.ts'

/**
 * Difference of two means by Welch's t, which lets the variances and the sizes of the variants differ.
 *
 * Standard error √(s²ₜ/nₜ + s²꜀/n꜀) with sample variances; degrees of freedom of Satterthwaite; absolute
 * interval by Student's t. The relative interval is the delta method with the normal quantile: its
 * approximation is of large samples anyway.
 *
 * Source: Welch 1947, doi:10.1093/biomet/34.1-2.28; Satterthwaite 1946, eq. 17, doi:10.2307/3002019;
 * relative: Deng, Knoblich & Lu 2018, section 3 (percent changes), doi:10.1145/3219819.3219919.
 */
export const welch: Estimator = { name: 'welch', metricKinds: ['mean', 'count'], compare }

const ASSUMPTIONS = [
  'Units are independent of each other.',
  'The mean over units is nearly normally distributed; very skewed values need many units for that.',
  'The time of this look was fixed before the data were seen.',
] as const

interface Arm {
  readonly units: number
  readonly mean: number
  /** Variance of the mean: s² / n. */
  readonly variance: number
}

function compare(control: MetricSummary, treatment: MetricSummary, settings: EstimatorSettings): Comparison {
  const arms = [control, treatment].map(armOf)
  const [a, b] = arms as [Arm, Arm]
  if (!arms.every(({ units }) => units >= 2)) {
    return notComputable(
      'too-few-units',
      'Each variant needs at least 2 units before its variance can be estimated.',
    )
  }
  if (!arms.every(isValid)) {
    return notComputable(
      'invalid-values',
      'The mean or the variance of a variant is not a finite number; check for extreme values.',
    )
  }
  const standardError = Math.sqrt(a.variance + b.variance)
  if (standardError === 0) {
    return notComputable(
      'zero-variance',
      'All units of a variant have the same value, in both variants; without variation there is no test.',
    )
  }
  return finite(computed(a, b, standardError, settings.alpha))
}

function computed(control: Arm, treatment: Arm, standardError: number, alpha: number): ComputedComparison {
  const estimate = treatment.mean - control.mean
  const degreesOfFreedom = satterthwaite(control, treatment)
  const margin = -studentTQuantile(alpha / 2, degreesOfFreedom) * standardError
  const statistic = estimate / standardError
  return {
    status: 'ok',
    method: "Welch's t",
    absolute: { estimate, low: estimate - margin, high: estimate + margin },
    relative: relative(control, treatment, alpha),
    standardError,
    statistic,
    degreesOfFreedom,
    pValue: studentTTwoSidedP(statistic, degreesOfFreedom),
    log10PValue: studentTLog10TwoSidedP(statistic, degreesOfFreedom),
    alpha,
    assumptions: ASSUMPTIONS,
  }
}

/** From the shares of the two variances in their sum, whose squares cannot underflow as the variances' do. */
function satterthwaite(control: Arm, treatment: Arm): number {
  const sum = control.variance + treatment.variance
  const terms = [control, treatment].map(({ units, variance }) => {
    const share = variance / sum
    return (share * share) / (units - 1)
  })
  return 1 / terms.reduce((total, term) => total + term, 0)
}

function relative(control: Arm, treatment: Arm, alpha: number): ComputedComparison['relative'] {
  const effect = relativeEffect(
    { value: control.mean, variance: control.variance },
    { value: treatment.mean, variance: treatment.variance },
    alpha,
  )
  if (!effect)
    return notComputable(
      'baseline-zero',
      'The mean of the control is 0 or too near to it to express the effect relative to it.',
    )
  return { status: 'ok', method: 'delta method, normal quantile', ...effect }
}

function armOf({ units, mean, covariance }: MetricSummary): Arm {
  const variance = covariance[0]?.[0] ?? Number.NaN
  return { units, mean: mean[0] ?? Number.NaN, variance: variance / units }
}

function isValid({ units, mean, variance }: Arm): boolean {
  return [units, mean, variance].every(Number.isFinite) && variance >= 0
}

/** Values at the edge of the range of doubles can still overflow in the difference or the statistic. */
function finite(comparison: ComputedComparison): Comparison {
  const { absolute, statistic, degreesOfFreedom } = comparison
  const isFaithful = [absolute.low, absolute.high, statistic, degreesOfFreedom].every(Number.isFinite)
  return isFaithful
    ? comparison
    : notComputable('invalid-values', 'The values are too large to be compared in double precision.')
}
