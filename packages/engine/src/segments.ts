import type { Segment, SegmentAnalysis } from '@helios/sdk'
import {
  type AdjustedFamily,
  adjustedByHolm,
  compareVariants,
  describeVariants,
  type NamedComparison,
} from './compare-variants.ts'
import type { MetricSummary } from './estimator.ts'
import type { Segment as KeptSegment } from './projection/segments.ts'
import { type AskedMetric, metricIn, readabilityOf, type Standing } from './standing.ts'

/** One segment while its p-values wait for those of the others. */
interface ComparedSegment {
  readonly kept: KeptSegment
  readonly size: number
  readonly summaries: readonly MetricSummary[]
  readonly comparisons: readonly NamedComparison[]
}

/**
 * The effect on a metric within the values of each declared dimension. O(values × variants).
 * Throws HEL_METRIC_NOT_FOUND.
 */
export function segmentsOf(standing: Standing, key: string, evenIfMisleading: boolean): SegmentAnalysis {
  const { totals, input } = standing
  const asked = metricIn(standing, key)
  const readability = readabilityOf(standing)
  const isShown = readability.status === 'ok' || evenIfMisleading
  const kept = isShown ? (totals.segments?.dimensions ?? []) : []
  const compared = kept.map(({ name, list }) => ({
    name,
    segments: list.map((segment) => compareSegment(segment, standing, asked)).filter(({ size }) => size > 0),
  }))
  const family = compared.flatMap(({ segments }) => segments.flatMap(({ comparisons }) => comparisons))
  const adjusted = adjustedByHolm(family)
  return {
    ...readability,
    metric: key,
    role: asked.role,
    kind: asked.metric.kind,
    direction: asked.metric.direction,
    control: input.control,
    alpha: input.settings.alpha,
    correction: { method: 'holm', comparisons: adjusted.comparisons },
    dimensions: compared.map(({ name, segments }) => ({
      name,
      segments: segments.toSorted(bySize).map((segment) => describe(segment, input.variants, adjusted)),
    })),
  }
}

function compareSegment(kept: KeptSegment, { now, input }: Standing, asked: AskedMetric): ComparedSegment {
  const summaries = kept.moments[asked.index]?.summaries(now) ?? []
  return {
    kept,
    size: kept.units.reduce((sum, units) => sum + units, 0),
    summaries,
    comparisons: compareVariants(asked.metric.kind, summaries, input),
  }
}

/** Largest first, the rest last; segments of equal size in the order in which they appeared. */
function bySize(a: ComparedSegment, b: ComparedSegment): number {
  return Number(a.kept.isRest) - Number(b.kept.isRest) || b.size - a.size
}

function describe(
  { kept, summaries, comparisons }: ComparedSegment,
  variants: readonly string[],
  adjusted: AdjustedFamily,
): Segment {
  return {
    ...(kept.value === undefined ? {} : { value: kept.value }),
    ...(kept.isRest ? { isRest: true } : {}),
    units: Object.fromEntries(variants.map((variant, i) => [variant, kept.units[i] ?? 0])),
    variants: describeVariants(summaries, variants),
    comparisons: adjusted.apply(comparisons),
  }
}
