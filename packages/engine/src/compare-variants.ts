import type { VariantComparison, VariantSummary } from './analysis.ts'
import { type Comparison, type Estimator, type MetricSummary, notComputable } from './estimator.ts'
import type { AnalysisSettings } from './experiment.ts'
import type { MetricKind } from './metric.ts'
import { holm } from './statistics/multiplicity/multiple-comparisons.ts'

/** What variants are compared by, whichever units are looked at. */
export interface ComparisonSetting {
  /** In the order of the summaries. */
  readonly variants: readonly string[]
  readonly control: string
  readonly settings: AnalysisSettings
  readonly estimators: readonly Estimator[]
}

export type NamedComparison = readonly [variant: string, comparison: Comparison]

/** Each variant against the control, by the first estimator that takes metrics of this kind. */
export function compareVariants(
  kind: MetricKind,
  summaries: readonly MetricSummary[],
  { variants, control, settings, estimators }: ComparisonSetting,
): NamedComparison[] {
  const estimator = estimators.find((candidate) => candidate.metricKinds.includes(kind))
  const controlSummary = summaries[variants.indexOf(control)] as MetricSummary
  const compare = (treatment: MetricSummary) =>
    estimator
      ? estimator.compare(controlSummary, treatment, settings)
      : notComputable(
          'no-estimator',
          `This release has no estimator for metrics of kind ${kind}; the outcomes are kept.`,
        )
  return variants.flatMap((variant, i) =>
    variant === control ? [] : [[variant, compare(summaries[i] as MetricSummary)] as const],
  )
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

export function adjustedByHolm(family: readonly NamedComparison[]): AdjustedFamily {
  const pValues = family.map(([, comparison]) =>
    comparison.status === 'ok' ? comparison.pValue : Number.NaN,
  )
  const adjusted = holm(pValues)
  const byComparison = new Map(family.map(([, comparison], i) => [comparison, adjusted[i] as number]))
  return {
    comparisons: pValues.filter((p) => !Number.isNaN(p)).length,
    apply: (comparisons) =>
      Object.fromEntries(
        comparisons.map(([variant, comparison]) => [variant, withAdjusted(comparison, byComparison)]),
      ),
  }
}

function withAdjusted(comparison: Comparison, adjusted: ReadonlyMap<Comparison, number>): VariantComparison {
  if (comparison.status !== 'ok') return comparison
  return { ...comparison, pValueAdjusted: adjusted.get(comparison) ?? comparison.pValue }
}
