import type { MetricAnalysis, VariantComparison } from '@helios/engine'
import { type Computed, drawIntervals } from './interval-block.ts'
import {
  bounds,
  change,
  count,
  level,
  PERCENT,
  PERCENTAGE_POINTS,
  PLAIN,
  pEquals,
  pValue,
  type Scale,
} from './numbers.ts'
import type { Style } from './style.ts'
import { printable, wrap } from './terminal-text.ts'
import { layOutTable, type TableColumn } from './text-table.ts'
import { verdictColour } from './verdict.ts'

const INDENT = '  '
const MOST_VARIANTS = 40
/** From this width on there is room for the long names of columns. */
const ROOMY = 92

/** One metric: a table of the variants, their intervals drawn on one axis, and what could not be computed. */
export function renderMetric(
  name: string,
  metric: MetricAnalysis,
  control: string,
  alpha: number,
  style: Style,
): string[] {
  const { colours, width } = style
  const title = `${colours.bold(printable(name))} ${colours.dim(`· ${metric.kind}`)}`
  const shown = Object.entries(metric.comparisons).slice(0, MOST_VARIANTS)
  const left = Object.keys(metric.comparisons).length - shown.length
  const table = variantTable(metric, control, shown, alpha, style)
  const more = left > 0 ? [`${INDENT}… and ${count(left)} more variants; --json lists all`] : []
  return [
    title,
    ...table,
    ...more,
    ...drawIntervals(drawable(shown), scaleOf(metric, shown), control, alpha, style),
    ...omnibusLine(metric),
    ...shown.flatMap(([variant, comparison]) => notComputed(variant, comparison, width)),
  ]
}

function variantTable(
  metric: MetricAnalysis,
  control: string,
  shown: readonly (readonly [string, VariantComparison])[],
  alpha: number,
  { width, colours }: Style,
): string[] {
  const levels = metric.kind === 'proportion' ? PERCENT : PLAIN
  const head = (variant: string) => {
    const { n = 0, mean = Number.NaN } = metric.variants[variant] ?? {}
    return [printable(variant), count(n), level(mean, levels)]
  }
  const colour = (line: string, row: number) => {
    if (row < 0) return colours.dim(line)
    const comparison = shown[row - 1]?.[1]
    return comparison ? verdictColour(comparison, alpha, colours)(line) : line
  }
  const scale = scaleOf(metric, shown)
  const layOut = (withBounds: boolean) => {
    const cells = shown.map(([variant, each]) => [
      ...head(variant),
      ...comparisonCells(each, scale, withBounds),
    ])
    return layOutTable(
      titles(width, metric, shown),
      [[...head(control), 'control'], ...cells],
      width - INDENT.length,
      colour,
    )
  }
  const full = layOut(true)
  // Enormous numbers leave no room for the bounds of the relative difference.
  const { lines } = full.width <= width - INDENT.length ? full : layOut(false)
  return lines.map((line) => INDENT + line)
}

type Shown = readonly (readonly [string, VariantComparison])[]

function titles(width: number, { kind }: MetricAnalysis, shown: Shown): TableColumn[] {
  const [difference, adjusted] = width < ROOMY ? ['diff.', 'adj. p'] : ['difference', 'adjusted p']
  const value = kind === 'quantile' || kind === 'ratio' ? kind : 'mean'
  const effect = estimandOf(shown) === undefined ? difference : 'chance − ½'
  const names = ['variant', 'n', value, effect, 'relative', 'p', adjusted]
  return names.map((title, i) => ({ title, align: i === 0 ? 'left' : 'right' }))
}

function comparisonCells(comparison: VariantComparison, scale: Scale, withBounds: boolean): string[] {
  if (comparison.status !== 'ok') return ['–', '–', '–', '–']
  const { absolute, relative, pValue: p, pValueAdjusted } = comparison
  const beside = withBounds && relative.status === 'ok' ? ` ${bounds(relative, PERCENT)}` : ''
  const shownRelative = relative.status === 'ok' ? change(relative, PERCENT) + beside : '–'
  return [change(absolute, scale), shownRelative, pValue(p), pValue(pValueAdjusted)]
}

/** Shares differ by percentage points, and so do chances, whatever the metric. */
export function scaleOf({ kind }: Pick<MetricAnalysis, 'kind'>, shown: Shown): Scale {
  return kind === 'proportion' || estimandOf(shown) !== undefined ? PERCENTAGE_POINTS : PLAIN
}

function estimandOf(shown: Shown): string | undefined {
  for (const [, comparison] of shown) if (comparison.status === 'ok') return comparison.estimand
  return undefined
}

function drawable(shown: readonly (readonly [string, VariantComparison])[]): (readonly [string, Computed])[] {
  return shown.filter((entry): entry is readonly [string, Computed] => entry[1].status === 'ok')
}

function omnibusLine({ omnibus, variants }: MetricAnalysis): string[] {
  const number = Object.keys(variants).length
  if (!omnibus || number < 3) return []
  return ['', `${INDENT}any difference among the ${number} variants: ${pEquals(omnibus.pValue)}`]
}

function notComputed(variant: string, comparison: VariantComparison, width: number): string[] {
  // What has an estimand of its own never has a relative effect, which needs no saying for each variant.
  const hasNone = comparison.status === 'ok' && comparison.estimand !== undefined
  const missing =
    comparison.status !== 'ok'
      ? comparison
      : comparison.relative.status !== 'ok' && !hasNone
        ? comparison.relative
        : undefined
  return missing ? wrap(`${INDENT}${printable(variant)}: ${missing.message}`, width, INDENT.repeat(2)) : []
}
