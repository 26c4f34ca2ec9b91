import type { VariantComparison, VariantSummary } from './analysis.ts'
import {
  type Comparison,
  type ComputedComparison,
  type Estimator,
  type EstimatorSettings,
  type MetricSummary,
  notComputable,
  type PlannedLook,
} from './estimator.ts'
import type { AnalysisSettings, Correction } from './experiment.ts'
import type { MetricKind } from './metric.ts'
import { dunnettStepDown } from './statistics/multiplicity/dunnett.ts'
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  hochberg,
  holm,
} from './statistics/multiplicity/multiple-comparisons.ts'

/** What variants are compared by, whichever units are looked at. */
export interface ComparisonSetting {
  /** In the order of the summaries. */
  readonly variants: readonly string[]
  readonly control: string
  readonly settings: AnalysisSettings
  /** Units per variant that were planned; 0 where none were. */
  readonly minimumSample: number
  readonly look?: PlannedLook
  readonly estimators: readonly Estimator[]
}

export type NamedComparison = readonly [variant: string, comparison: Comparison]

/** Each variant against the control, by the first estimator for metrics of this kind and this way of looking. */
export function compareVariants(
  kind: MetricKind,
  summaries: readonly MetricSummary[],
  setting: ComparisonSetting,
): NamedComparison[] {
  const { variants, control, settings } = setting
  const given = settings.varianceReduction === 'none' ? summaries.map(withoutCovariates) : summaries
  const controlSummary = given[variants.indexOf(control)] as MetricSummary
  const estimator = estimatorFor(kind, controlSummary, setting)
  if (!estimator) {
    const missing = noEstimator(kind, setting)
    return variants.flatMap((variant) => (variant === control ? [] : [[variant, missing] as const]))
  }
  const estimatorSettings = settingsFor(setting)
  return variants.flatMap((variant, i) => {
    if (variant === control) return []
    return [
      [variant, estimator.compare(controlSummary, given[i] as MetricSummary, estimatorSettings)] as const,
    ]
  })
}

function estimatorFor(
  kind: MetricKind,
  control: MetricSummary,
  { settings, estimators }: ComparisonSetting,
): Estimator | undefined {
  return estimators.find(
    ({ metricKinds, inference, usesCovariates }) =>
      metricKinds.includes(kind) &&
      inference === settings.method &&
      (!usesCovariates || control.joint !== undefined),
  )
}

function noEstimator(kind: MetricKind, { settings }: ComparisonSetting): Comparison {
  return notComputable(
    'no-estimator',
    `There is no ${settings.method} method for metrics of kind ${kind}; choose another method in the analysis settings. The outcomes are kept.`,
  )
}

function settingsFor({ settings, minimumSample, look }: ComparisonSetting): EstimatorSettings {
  return {
    alpha: settings.alpha,
    priorDeviation: settings.priorDeviation,
    ...(minimumSample > 0 ? { plannedUnits: 2 * minimumSample } : {}),
    ...(look ? { look } : {}),
  }
}

function withoutCovariates({ units, mean, covariance }: MetricSummary): MetricSummary {
  return { units, mean, covariance }
}

/** Units, mean and variance of each variant. */
export function describeVariants(
  summaries: readonly MetricSummary[],
  variants: readonly string[],
): Record<string, VariantSummary> {
  return Object.fromEntries(
    variants.map((variant, i) => [variant, describeVariant(summaries[i] as MetricSummary)]),
  )
}

/** Mean and variance as people expect them; for a ratio, of the linearised ratio (Deng et al. 2018, eq. 3). */
function describeVariant({ units, mean, covariance }: MetricSummary): VariantSummary {
  if (mean.length < 2)
    return { n: units, mean: mean[0] ?? Number.NaN, variance: covariance[0]?.[0] ?? Number.NaN }
  const [numerator = Number.NaN, denominator = Number.NaN] = mean
  const ratio = numerator / denominator
  const [[vn = Number.NaN, c = Number.NaN] = [], [, vd = Number.NaN] = []] = covariance
  return {
    n: units,
    mean: ratio,
    variance: (vn - 2 * ratio * c + ratio * ratio * vd) / (denominator * denominator),
  }
}

/** p-values of one family, adjusted. */
export interface AdjustedFamily {
  /** How many comparisons could be made. */
  readonly comparisons: number
  /** With adjusted p-values; a comparison from outside the family keeps its own. */
  apply(comparisons: readonly NamedComparison[]): Record<string, VariantComparison>
}

const PROCEDURES: Readonly<
  Record<Exclude<Correction, 'dunnett'>, (pValues: readonly number[]) => readonly number[]>
> = {
  holm,
  bonferroni,
  hochberg,
  'benjamini-hochberg': benjaminiHochberg,
  'benjamini-yekutieli': benjaminiYekutieli,
  none: (pValues) => pValues,
}

/** The comparisons of one metric with the control. */
export interface ComparedWithControl {
  readonly comparisons: readonly NamedComparison[]
  readonly control: VariantSummary
}

export function adjusted(metrics: readonly ComparedWithControl[], correction: Correction): AdjustedFamily {
  const family = metrics.flatMap(({ comparisons }) => comparisons)
  const pValues = family.map(([, comparison]) =>
    comparison.status === 'ok' ? comparison.pValue : Number.NaN,
  )
  const adjustedValues =
    correction === 'dunnett'
      ? metrics.flatMap((metric) => dunnettPValues(metric, metrics.length))
      : PROCEDURES[correction](pValues)
  const byComparison = new Map(family.map(([, comparison], i) => [comparison, adjustedValues[i] as number]))
  return {
    comparisons: pValues.filter((p) => !Number.isNaN(p)).length,
    apply: (comparisons) =>
      Object.fromEntries(
        comparisons.map(([variant, comparison]) => [variant, withAdjusted(comparison, byComparison)]),
      ),
  }
}

/**
 * Dunnett's test within a metric, whose comparisons share the control, step by step; Bonferroni over the metrics.
 * What adjusting for covariates took from the variance it took from the control's part of it too.
 */
function dunnettPValues({ comparisons, control }: ComparedWithControl, metrics: number): number[] {
  const effects = comparisons.map(([, comparison]) =>
    comparison.status === 'ok' ? withoutReduction(comparison) : NO_EFFECT,
  )
  const controlStandardError = Math.sqrt(control.variance / control.n)
  return dunnettStepDown({ effects, controlStandardError }).map((p) => Math.min(1, p * metrics))
}

const NO_EFFECT = { estimate: Number.NaN, standardError: Number.NaN, degreesOfFreedom: Number.NaN }

/** Estimate and standard error on the scale that they had without covariates; their ratio stays. */
function withoutReduction(comparison: ComputedComparison): typeof NO_EFFECT {
  const { absolute, standardError, degreesOfFreedom = Number.POSITIVE_INFINITY } = comparison
  const left = Math.sqrt(1 - (comparison.varianceReduction?.varianceSaved ?? 0))
  return { estimate: absolute.estimate / left, standardError: standardError / left, degreesOfFreedom }
}

function withAdjusted(
  comparison: Comparison,
  byComparison: ReadonlyMap<Comparison, number>,
): VariantComparison {
  if (comparison.status !== 'ok') return comparison
  return { ...comparison, pValueAdjusted: byComparison.get(comparison) ?? comparison.pValue }
}
