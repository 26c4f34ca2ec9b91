import type { Correction, Heterogeneity, Segment, VariantSummary } from '@helios/sdk'
import { type AdjustedFamily, adjusted, describeVariants, type NamedComparison } from '../compare-variants.ts'
import type { MetricSummary } from '../estimator.ts'
import { metaAnalysis, type SegmentEffect } from '../statistics/heterogeneity/meta-analysis.ts'
import type { SummarisedExperiment } from './summarised-table.ts'
import type { TableMetric } from './table-question.ts'
import { metricOfUnits, type UnitComparison } from './unit-metrics.ts'
import type { UnitValues } from './unit-values.ts'

/** One metric within the values of one column. */
export interface TableSegments {
  readonly column: string
  readonly metric: string
  /** Over all comparisons in all segments. */
  readonly correction: { readonly method: Correction; readonly comparisons: number }
  /** Does the effect differ between the segments, by variant? */
  readonly heterogeneity: Readonly<Record<string, Heterogeneity>>
  /** Largest first; the rest of them, taken together, last. */
  readonly segments: readonly Segment[]
}

export const SEGMENTS_SOURCE =
  'heterogeneity: Cochran 1954, doi:10.2307/3001666; I²: Higgins & Thompson 2002, doi:10.1002/sim.1186'

const MOST_SEGMENTS = 20

interface Part {
  readonly value?: string
  readonly labels: ReadonlySet<number>
  readonly units: readonly number[]
}

/**
 * The effects on each metric within the values of a label column. Needs the units kept.
 *
 * @param label place of the column among the labels
 */
export function segmentsOfTable(
  { units, variants }: SummarisedExperiment,
  { column, label }: { readonly column: string; readonly label: number },
  metrics: readonly TableMetric[],
  comparison: UnitComparison,
): TableSegments[] {
  if (!units) return []
  const parts = partsOf(units, label)
  return metrics.map((metric, place) => {
    const compared = parts.map((part) => {
      const counts = (variant: number, unit: number) =>
        part.labels.has(units.variants[variant]?.labels[label]?.[unit] ?? -1)
      const { summaries, compare } = metricOfUnits(units, place, metric, comparison, counts)
      return { part, summaries, comparisons: compare?.() ?? [] }
    })
    const { correction } = comparison.setting.settings
    const method = correction === 'dunnett' ? 'holm' : correction
    const base = variants.indexOf(comparison.setting.control)
    const family = adjusted(
      compared.map(({ comparisons, summaries }) => ({
        comparisons,
        control: describeVariants(summaries, variants)[variants[base] as string] as VariantSummary,
      })),
      method,
    )
    return {
      column,
      metric: metric.name,
      correction: { method, comparisons: family.comparisons },
      heterogeneity: heterogeneityOf(compared.map(({ comparisons }) => comparisons)),
      segments: compared.map((each) => describe(each, variants, family)),
    }
  })
}

function partsOf({ variants, labelTexts }: UnitValues, label: number): Part[] {
  const texts = labelTexts[label] ?? []
  const counts = texts.map(() => variants.map(() => 0))
  for (const [v, { labels }] of variants.entries()) {
    for (const text of labels[label] ?? []) {
      const own = counts[text] as number[]
      own[v] = (own[v] as number) + 1
    }
  }
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  const bySize = texts
    .map((text, number) => ({ text, number, units: counts[number] as number[] }))
    .filter(({ units }) => sum(units) > 0)
    .sort((a, b) => sum(b.units) - sum(a.units))
  const named = bySize.slice(0, MOST_SEGMENTS).map(({ text, number, units }) => ({
    value: text === '' ? '(empty)' : text,
    labels: new Set([number]),
    units,
  }))
  const rest = bySize.slice(MOST_SEGMENTS)
  if (rest.length === 0) return named
  const units = variants.map((_, v) => sum(rest.map((each) => each.units[v] ?? 0)))
  return [...named, { labels: new Set(rest.map(({ number }) => number)), units }]
}

function heterogeneityOf(segments: readonly (readonly NamedComparison[])[]): Record<string, Heterogeneity> {
  const byVariant = new Map<string, SegmentEffect[]>()
  for (const [variant, comparison] of segments.flat()) {
    if (comparison.status !== 'ok') continue
    const { absolute, standardError } = comparison
    const effects = byVariant.get(variant) ?? []
    effects.push({ estimate: absolute.estimate, standardError })
    byVariant.set(variant, effects)
  }
  return Object.fromEntries(
    [...byVariant].flatMap(([variant, effects]) => {
      if (effects.length < 2) return []
      const { heterogeneityStatistic, degreesOfFreedom, pValue, inconsistency } = metaAnalysis(effects)
      const found = { segments: effects.length, statistic: heterogeneityStatistic, degreesOfFreedom }
      return [[variant, { ...found, pValue, inconsistency }]]
    }),
  )
}

function describe(
  {
    part,
    summaries,
    comparisons,
  }: {
    readonly part: Part
    readonly summaries: readonly MetricSummary[]
    readonly comparisons: readonly NamedComparison[]
  },
  variants: readonly string[],
  family: AdjustedFamily,
): Segment {
  return {
    ...(part.value === undefined ? { isRest: true as const } : { value: part.value }),
    units: Object.fromEntries(variants.map((variant, v) => [variant, part.units[v] ?? 0])),
    variants: describeVariants(summaries, variants),
    comparisons: family.apply(comparisons),
  }
}
