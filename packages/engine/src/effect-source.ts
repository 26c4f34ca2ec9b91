import type { MetricSummary } from './estimator.ts'
import type { MetricKind } from './metric.ts'
import { adjustedMeanEffect, adjustedRatioEffect } from './statistics/effects/adjusted-effect.ts'
import type { Effect, EffectProblem } from './statistics/effects/effect.ts'
import { meanEffect } from './statistics/effects/mean-effect.ts'
import { proportionEffect } from './statistics/effects/proportion-effect.ts'
import { ratioEffect } from './statistics/effects/ratio-effect.ts'

/** How the effect on metrics of some kinds is estimated, whenever one looks. */
export interface EffectSource {
  /** Standard name, as part of the name of an estimator: `means`. */
  readonly name: string
  /** As part of the name of a method: `difference of means`. */
  readonly label: string
  readonly metricKinds: readonly MetricKind[]
  readonly usesCovariates?: boolean
  /** What must hold for the standard error to be right. */
  readonly assumptions: readonly string[]
  effect(control: MetricSummary, treatment: MetricSummary): Effect | EffectProblem
}

const INDEPENDENT = 'Units are independent of each other.'
const DENOMINATOR = 'The mean denominator lies many standard errors from 0.'

export const means: EffectSource = {
  name: 'means',
  label: 'difference of means',
  metricKinds: ['mean', 'count'],
  assumptions: [INDEPENDENT],
  effect: meanEffect,
}

export const proportions: EffectSource = {
  name: 'proportions',
  label: 'difference of proportions',
  metricKinds: ['proportion', 'retention'],
  assumptions: [INDEPENDENT, 'Every unit is either a success or not.'],
  effect: proportionEffect,
}

export const ratios: EffectSource = {
  name: 'ratios',
  label: 'difference of ratios, delta method',
  metricKinds: ['ratio'],
  assumptions: [INDEPENDENT, DENOMINATOR],
  effect: ratioEffect,
}

/** The variance of a summary of a quantile is that of its estimate, times the units: no t is due. */
export const quantiles: EffectSource = {
  name: 'quantiles',
  label: 'difference of quantiles',
  metricKinds: ['quantile'],
  assumptions: [INDEPENDENT, 'Values near the quantile are many, and their distribution is smooth there.'],
  effect: (control, treatment) => {
    const effect = meanEffect(control, treatment)
    return typeof effect === 'string' ? effect : { ...effect, degreesOfFreedom: Number.POSITIVE_INFINITY }
  },
}

const BEFORE = 'The covariates were fixed before a unit met its variant.'

/** Of 0 and 1 as well: with a covariate their difference is one of means. */
export const adjustedMeans: EffectSource = {
  name: 'adjusted-means',
  label: 'difference of means, adjusted for the time before (CUPED)',
  metricKinds: ['mean', 'count', 'proportion', 'retention'],
  usesCovariates: true,
  assumptions: [INDEPENDENT, BEFORE],
  effect: adjustedMeanEffect,
}

export const adjustedRatios: EffectSource = {
  name: 'adjusted-ratios',
  label: 'difference of ratios, delta method, adjusted for the time before (CUPED)',
  metricKinds: ['ratio'],
  usesCovariates: true,
  assumptions: [INDEPENDENT, DENOMINATOR, BEFORE],
  effect: adjustedRatioEffect,
}

/** Adjusted ones first: they are preferred where there are covariates. */
export const EFFECT_SOURCES: readonly EffectSource[] = [
  adjustedMeans,
  adjustedRatios,
  means,
  proportions,
  ratios,
  quantiles,
]
