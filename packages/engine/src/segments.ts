import type { Heterogeneity, Segment, SegmentAnalysis } from '@helios/sdk'
import type { VariantSummary } from './analysis.ts'
import {
  type AdjustedFamily,
  adjusted,
  compareVariants,
  describeVariants,
  type NamedComparison,
} from './compare-variants.ts'
import type { MetricSummary } from './estimator.ts'
import type { Segment as KeptSegment } from './projection/segments.ts'
import { type AskedMetric, metricIn, readabilityOf, type Standing } from './standing.ts'
import { metaAnalysis, type SegmentEffect } from './statistics/heterogeneity/meta-analysis.ts'

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
export function segmentsOf(given: Standing, key: string, evenIfMisleading: boolean): SegmentAnalysis {
  const standing = readAnyTime(given)
  const { totals, input } = standing
  const asked = metricIn(standing, key)
  const readability = readabilityOf(standing)
  const isShown = readability.status === 'ok' || evenIfMisleading
  const kept = isShown ? (totals.segments?.dimensions ?? []) : []
  const compared = kept.map(({ name, list }) => ({
    name,
    segments: list.map((segment) => compareSegment(segment, standing, asked)).filter(({ size }) => size > 0),
  }))
  const family = compared.flatMap(({ segments }) =>
    segments.map(({ comparisons, summaries }) => ({
      comparisons,
      control: describeVariants(summaries, input.variants)[input.control] as VariantSummary,
    })),
  )
  const familywise = adjusted(family, 'holm')
  return {
    ...readability,
    metric: key,
    role: asked.role,
    kind: asked.metric.kind,
    direction: asked.metric.direction,
    control: input.control,
    alpha: input.settings.alpha,
    correction: { method: 'holm', comparisons: familywise.comparisons },
    dimensions: compared.map(({ name, segments }) => ({
      name,
      heterogeneity: heterogeneityOf(segments),
      segments: segments.toSorted(bySize).map((segment) => describe(segment, input.variants, familywise)),
    })),
  }
}

/** Segments are kept as they are now, not as they were at a planned look; so they are read as one may at any time. */
function readAnyTime(standing: Standing): Standing {
  const { settings } = standing.input
  if (settings.method !== 'group-sequential') return standing
  return {
    ...standing,
    input: { ...standing.input, settings: { ...settings, method: 'always-valid' } },
  }
}

function compareSegment(
  kept: KeptSegment,
  { experiment, now, input }: Standing,
  asked: AskedMetric,
): ComparedSegment {
  const until = Math.min(now, experiment.endedAt ?? now)
  const summaries = kept.moments[asked.index]?.summaries(until) ?? []
  return {
    kept,
    size: kept.units.reduce((sum, units) => sum + units, 0),
    summaries,
    comparisons: compareVariants(asked.metric.kind, summaries, input),
  }
}

/** Whether the effect of each variant is the same in all segments where it could be computed. */
function heterogeneityOf(segments: readonly ComparedSegment[]): Record<string, Heterogeneity> {
  const byVariant = new Map<string, SegmentEffect[]>()
  for (const { comparisons } of segments) {
    for (const [variant, comparison] of comparisons) {
      if (comparison.status !== 'ok') continue
      const { absolute, standardError } = comparison
      const effects = byVariant.get(variant) ?? []
      effects.push({ estimate: absolute.estimate, standardError })
      byVariant.set(variant, effects)
    }
  }
  return Object.fromEntries(
    [...byVariant].flatMap(([variant, effects]) => {
      if (effects.length < 2) return []
      return [[variant, { segments: effects.length, ...heterogeneityTest(effects) }]]
    }),
  )
}

function heterogeneityTest(effects: readonly SegmentEffect[]): Omit<Heterogeneity, 'segments'> {
  const { heterogeneityStatistic, degreesOfFreedom, pValue, inconsistency } = metaAnalysis(effects)
  return { statistic: heterogeneityStatistic, degreesOfFreedom, pValue, inconsistency }
}

/** Largest first, the rest last; segments of equal size in the order in which they appeared. */
function bySize(a: ComparedSegment, b: ComparedSegment): number {
  return Number(a.kept.isRest) - Number(b.kept.isRest) || b.size - a.size
}

function describe(
  { kept, summaries, comparisons }: ComparedSegment,
  variants: readonly string[],
  familywise: AdjustedFamily,
): Segment {
  return {
    ...(kept.value === undefined ? {} : { value: kept.value }),
    ...(kept.isRest ? { isRest: true } : {}),
    units: Object.fromEntries(variants.map((variant, i) => [variant, kept.units[i] ?? 0])),
    variants: describeVariants(summaries, variants),
    comparisons: familywise.apply(comparisons),
  }
}
