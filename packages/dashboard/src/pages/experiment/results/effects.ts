import { type Reading, readingOf as readingOfEffect } from '@helios/charts'
import {
  formatDifference,
  formatEstimate,
  isNumber,
  type NumberStyle,
  PERCENT,
  PLAIN,
  styleOfDifference,
  styleOfMetric,
} from '@helios/charts/format'
import type { Analysis, IntervalEstimate, Metric, MetricAnalysis, VariantComparison } from '@helios/sdk'

export type Scale = 'relative' | 'absolute'
export type Catalogue = ReadonlyMap<string, Metric>

/** One treatment against the control on one metric. */
export interface Effect {
  readonly metric: string
  readonly variant: string
  readonly direction: MetricAnalysis['direction']
  readonly comparison: VariantComparison
  readonly reading: Reading
}

/** Every comparison of the named metrics, in their order; none where the numbers are kept back. */
export function effectsOf(analysis: Analysis, metrics: readonly string[]): Effect[] {
  return metrics.flatMap((metric) => {
    const found = Object.hasOwn(analysis.metrics, metric) ? analysis.metrics[metric] : undefined
    return Object.entries(found?.comparisons ?? {}).map(([variant, comparison]) => ({
      metric,
      variant,
      direction: found?.direction ?? 'increase',
      comparison,
      reading: readingOf(comparison, found?.direction ?? 'increase', analysis.alpha),
    }))
  })
}

/** Better or worse only when the p-value, adjusted for the number of comparisons, is below alpha. */
export function readingOf(
  comparison: VariantComparison,
  direction: MetricAnalysis['direction'],
  alpha: number,
): Reading {
  if (comparison.status !== 'ok') return 'undecided'
  const { estimate } = comparison.absolute
  return readingOfEffect({ estimate, direction, isSignificant: isSignificant(comparison, alpha) })
}

export function isSignificant(comparison: VariantComparison, alpha: number): boolean {
  return (
    comparison.status === 'ok' && isNumber(comparison.pValueAdjusted) && comparison.pValueAdjusted < alpha
  )
}

/** The interval on a scale; undefined where it could not be computed. */
export function intervalOn(comparison: VariantComparison, scale: Scale): IntervalEstimate | undefined {
  if (comparison.status !== 'ok') return undefined
  if (scale === 'absolute') return comparison.absolute
  return comparison.relative.status === 'ok' ? comparison.relative : undefined
}

/** How differences on a metric are written. */
export function differenceStyle(metric: Metric | undefined, scale: Scale): NumberStyle {
  if (scale === 'relative') return PERCENT
  return metric === undefined ? PLAIN : styleOfDifference(styleOfMetric(metric))
}

/** +3.1 % [1.2, 5.0], relative where that exists; without brackets where only the estimate does. */
export function effectInWords(comparison: VariantComparison, metric: Metric | undefined): string {
  if (comparison.status !== 'ok') return comparison.message
  const scale = intervalOn(comparison, 'relative') === undefined ? 'absolute' : 'relative'
  const interval = intervalOn(comparison, scale) ?? comparison.absolute
  const style = differenceStyle(metric, scale)
  return isNumber(interval.low) && isNumber(interval.high)
    ? formatEstimate(interval, style)
    : formatDifference(interval.estimate, style)
}

/** Clearest first: smallest adjusted p-value, then largest statistic; what was not computed comes last. */
export function byClarity(a: Effect, b: Effect): number {
  return clarityOf(a)[0] - clarityOf(b)[0] || clarityOf(b)[1] - clarityOf(a)[1]
}

function clarityOf({ comparison }: Effect): readonly [p: number, statistic: number] {
  if (comparison.status !== 'ok') return [2, 0]
  const { pValueAdjusted, statistic } = comparison
  return [isNumber(pValueAdjusted) ? pValueAdjusted : 1, isNumber(statistic) ? Math.abs(statistic) : 0]
}

export function nameOfMetric(catalogue: Catalogue, key: string): string {
  return catalogue.get(key)?.name ?? key
}
