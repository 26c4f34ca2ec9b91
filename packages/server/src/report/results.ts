import { isNumber, readingOf } from '@helios/charts'
import type { Analysis, Metric, MetricAnalysis, VariantComparison } from '@helios/sdk'
import type { ReportedMetric, ReportedTreatment } from './report.ts'

/** Every metric with numbers, in the order of the metrics. */
export function resultsOf(analysis: Analysis, metrics: readonly Metric[]): ReportedMetric[] {
  const found = new Map(Object.entries(analysis.metrics))
  return metrics.flatMap(({ key }) => {
    const metric = found.get(key)
    const control =
      metric === undefined ? undefined : new Map(Object.entries(metric.variants)).get(analysis.control)
    if (metric === undefined || control === undefined) return []
    const { role, kind, direction, omnibus } = metric
    const treatments = treatmentsOf(metric, analysis.alpha)
    return [
      {
        metric: key,
        role,
        kind,
        direction,
        control,
        treatments,
        ...(omnibus === undefined ? {} : { omnibus }),
      },
    ]
  })
}

function treatmentsOf(
  { variants, comparisons, direction }: MetricAnalysis,
  alpha: number,
): ReportedTreatment[] {
  const summaries = new Map(Object.entries(variants))
  return Object.entries(comparisons).flatMap(([variant, comparison]) => {
    const summary = summaries.get(variant)
    if (summary === undefined) return []
    return [{ variant, ...summary, comparison, reading: readingOfComparison(comparison, direction, alpha) }]
  })
}

/** Better or worse only when the p-value, adjusted for the number of comparisons, is below alpha. */
export function readingOfComparison(
  comparison: VariantComparison,
  direction: 'increase' | 'decrease',
  alpha: number,
): ReportedTreatment['reading'] {
  if (comparison.status !== 'ok') return 'undecided'
  const { absolute } = comparison
  return readingOf({
    estimate: absolute.estimate,
    direction,
    isSignificant: isSignificant(comparison, alpha),
  })
}

export function isSignificant(comparison: VariantComparison, alpha: number): boolean {
  if (comparison.status !== 'ok') return false
  return isNumber(comparison.pValueAdjusted) && comparison.pValueAdjusted < alpha
}
