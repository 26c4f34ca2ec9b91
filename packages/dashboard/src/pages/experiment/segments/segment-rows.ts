import type { ForestRow } from '@helios/charts'
import { formatCount, type NumberStyle } from '@helios/charts/format'
import type { Segment, SegmentAnalysis } from '@helios/sdk'
import type { Scale } from '../results/effects.ts'
import { rowOf } from '../results/forest-rows.ts'
import { pluralOf } from '../words.ts'

/** One row per value of a dimension: the effect of one treatment within it. */
export function segmentRows(
  segments: readonly Segment[],
  { direction, alpha, control }: SegmentAnalysis,
  treatment: string,
  unit: string,
  scale: Scale,
  style: NumberStyle,
): ForestRow[] {
  return segments.map((segment) => {
    const label = labelOf(segment)
    const count = (segment.units[treatment] ?? 0) + (segment.units[control] ?? 0)
    const detail = `${formatCount(count)} ${count === 1 ? unit : pluralOf(unit)}`
    const comparison = Object.hasOwn(segment.comparisons, treatment)
      ? segment.comparisons[treatment]
      : undefined
    if (comparison === undefined) {
      const nothing = { estimate: null, low: null, high: null, direction, isSignificant: false }
      return { ...nothing, label, detail, note: 'Nothing to compare here.', style }
    }
    return { ...rowOf({ comparison, direction }, scale, alpha), label, detail, style }
  })
}

function labelOf({ value, isRest }: Segment): string {
  if (isRest) return 'All other values'
  return value ?? 'Not known'
}
