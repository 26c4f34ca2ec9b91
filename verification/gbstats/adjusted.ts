import { relativeStandardError } from '../../packages/engine/src/statistics/intervals/relative-effect.ts'
import type { MomentsSummary } from '../../packages/engine/src/statistics/moments/cross-moments.ts'
import { lineariseRatioPairs } from '../../packages/engine/src/statistics/moments/linearise.ts'
import { residualVariance, shiftOf } from '../../packages/engine/src/statistics/regression/adjustment.ts'
import { cuped } from '../../packages/engine/src/statistics/regression/cuped.ts'
import { degreesOfFreedom, type PeerEffect } from './effect.ts'
import type { AdjustedRatioSums, AdjustedSums, EffectConfig } from './golden.ts'
import { momentsOf } from './moments.ts'

/** A mean or proportion, adjusted for itself before the experiment: θ from all units together. */
export function adjustedEffect(a: AdjustedSums, b: AdjustedSums, config: EffectConfig): PeerEffect {
  const [control, treatment] = [a, b].map((sums) =>
    momentsOf(sums.n, [sums.post_statistic, sums.pre_statistic], [sums.post_pre_sum_of_products]),
  ) as [MomentsSummary, MomentsSummary]
  const theta =
    cuped(withUsualDivisor(a, control), withUsualDivisor(b, treatment), 'overall')?.coefficients ?? []
  // To first order, with the treatment's mean as it stands.
  return adjusted({ control, treatment, theta, treatmentValue: treatment.mean[0] as number }, config)
}

/**
 * A ratio, adjusted for itself before the experiment: θ from the covariances within the variants, which count equally
 * however many units each has.
 */
export function adjustedRatioEffect(
  a: AdjustedRatioSums,
  b: AdjustedRatioSums,
  config: EffectConfig,
): PeerEffect {
  const [control, treatment] = [a, b].map((sums) => lineariseRatioPairs(ratioMoments(sums))) as [
    MomentsSummary,
    MomentsSummary,
  ]
  const units = a.n + b.n
  const theta = cuped({ ...control, units }, { ...treatment, units }, 'within')?.coefficients ?? []
  const difference = differenceOf(control, treatment, theta)
  const treatmentValue = (control.mean[0] as number) + difference
  return adjusted({ control, treatment, theta, treatmentValue }, config)
}

interface Adjusted {
  readonly control: MomentsSummary
  readonly treatment: MomentsSummary
  readonly theta: readonly number[]
  /** At which the relative effect is linearised. */
  readonly treatmentValue: number
}

/** Relative effects are divided by the mean of the control as it stands, not as adjusted. */
function adjusted(
  { control, treatment, theta, treatmentValue }: Adjusted,
  { difference_type }: EffectConfig,
): PeerEffect {
  const variances = [control, treatment].map((arm) => residualVariance(arm, theta) / arm.units) as [
    number,
    number,
  ]
  const difference = differenceOf(control, treatment, theta)
  const baseline = control.mean[0] as number
  const shared = {
    degreesOfFreedom: degreesOfFreedom([
      { units: control.units, value: 0, variance: variances[0] },
      { units: treatment.units, value: 0, variance: variances[1] },
    ]),
    units: control.units + treatment.units,
    baseline,
  }
  if (difference_type === 'absolute')
    return { ...shared, estimate: difference, standardError: Math.sqrt(variances[0] + variances[1]) }
  // The adjusted treatment y − θ(x − x꜀) shares the covariates of the control with its plain mean.
  const [slope = 0] = theta
  const perUnit = (i: number, j: number) => (control.covariance[i]?.[j] as number) / control.units
  const standardError = relativeStandardError(
    { value: baseline, variance: perUnit(0, 0) },
    { value: treatmentValue, variance: variances[1] + slope * slope * perUnit(1, 1) },
    slope * perUnit(0, 1),
  )
  return { ...shared, estimate: difference / baseline, standardError }
}

function differenceOf(control: MomentsSummary, treatment: MomentsSummary, theta: readonly number[]): number {
  const plain = (treatment.mean[0] as number) - (control.mean[0] as number)
  return plain - shiftOf(treatment, theta, control.mean.slice(1))
}

/** Covariances with divisor n − 1, as the function for θ takes them; of proportions they had n. */
function withUsualDivisor({ n, post_statistic }: AdjustedSums, summary: MomentsSummary): MomentsSummary {
  const factor = post_statistic.sum_squares === undefined ? n / (n - 1) : 1
  return { ...summary, covariance: summary.covariance.map((row) => row.map((value) => value * factor)) }
}

function ratioMoments(sums: AdjustedRatioSums): MomentsSummary {
  return momentsOf(
    sums.n,
    [sums.m_statistic_post, sums.d_statistic_post, sums.m_statistic_pre, sums.d_statistic_pre],
    [
      sums.m_post_d_post_sum_of_products,
      sums.m_post_m_pre_sum_of_products,
      sums.m_post_d_pre_sum_of_products,
      sums.m_pre_d_post_sum_of_products,
      sums.d_post_d_pre_sum_of_products,
      sums.m_pre_d_pre_sum_of_products,
    ],
  )
}
