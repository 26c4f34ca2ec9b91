import type { ForestRow } from '@helios/charts'
import type { NumberStyle } from '@helios/charts/format'
import type { Analysis, Experiment, VariantComparison } from '@helios/sdk'
import { nameOfVariant } from '../words.ts'
import {
  type Catalogue,
  differenceStyle,
  type Effect,
  effectsOf,
  intervalOn,
  isSignificant,
  nameOfMetric,
  type Scale,
} from './effects.ts'

/** Effects that share an axis: differences in turns and in seconds have no common one. */
export interface ForestGroup {
  readonly style: NumberStyle
  readonly rows: readonly ForestRow[]
}

/** One row per treatment and metric, in groups that can share an axis. */
export function forestGroups(
  analysis: Analysis,
  experiment: Experiment,
  metrics: readonly string[],
  catalogue: Catalogue,
  scale: Scale,
): ForestGroup[] {
  const groups = new Map<string, { style: NumberStyle; rows: ForestRow[] }>()
  for (const effect of effectsOf(analysis, metrics)) {
    const style = differenceStyle(catalogue.get(effect.metric), scale)
    const name = `${style.kind} ${style.unit ?? ''}`
    const group = groups.get(name) ?? { style, rows: [] }
    groups.set(name, group)
    const variant = nameOfVariant(experiment, effect.variant)
    const metric = nameOfMetric(catalogue, effect.metric)
    group.rows.push({
      ...rowOf(effect, scale, analysis.alpha),
      // A single metric stands in the title of its card.
      ...(metrics.length === 1 ? { label: variant } : { label: metric, detail: variant }),
      style,
    })
  }
  return [...groups.values()]
}

/** The numbers of a row, or why there are none. */
export function rowOf(
  { comparison, direction }: Pick<Effect, 'comparison' | 'direction'>,
  scale: Scale,
  alpha: number,
): Omit<ForestRow, 'label'> {
  const interval = intervalOn(comparison, scale)
  const note = noteOf(comparison, scale)
  return {
    estimate: interval?.estimate,
    low: interval?.low,
    high: interval?.high,
    direction,
    isSignificant: isSignificant(comparison, alpha),
    ...(note === undefined ? {} : { note }),
    ...(comparison.status === 'ok' ? { method: methodOf(comparison, scale) } : {}),
  }
}

function noteOf(comparison: VariantComparison, scale: Scale): string | undefined {
  if (comparison.status !== 'ok') return comparison.message
  if (scale === 'relative' && comparison.relative.status !== 'ok') return comparison.relative.message
  return undefined
}

function methodOf(comparison: Extract<VariantComparison, { status: 'ok' }>, scale: Scale): string {
  const { method, relative } = comparison
  return scale === 'relative' && relative.status === 'ok' ? `${method}; ${relative.method}` : method
}
