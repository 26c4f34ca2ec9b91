import type { IntervalEstimate, MetricAnalysis, VariantComparison } from '@helios/engine'
import { plotIntervals } from './interval-plot.ts'
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
import { displayWidth, padEnd, printable, shorten, wrap } from './terminal-text.ts'
import { layOutTable, type TableColumn } from './text-table.ts'

type Computed = Extract<VariantComparison, { status: 'ok' }>

const INDENT = '  '
const MOST_VARIANTS = 40
const NARROWEST_PLOT = 16
const WIDEST_PLOT = 64
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
    ...drawIntervals(metric, control, shown, alpha, style),
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
  const layOut = (withBounds: boolean) => {
    const cells = shown.map(([variant, each]) => [
      ...head(variant),
      ...comparisonCells(each, metric, withBounds),
    ])
    return layOutTable(
      titles(width),
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

function titles(width: number): TableColumn[] {
  const [difference, adjusted] = width < ROOMY ? ['diff.', 'adj. p'] : ['difference', 'adjusted p']
  const names = ['variant', 'n', 'mean', difference, 'relative', 'p', adjusted]
  return names.map((title, i) => ({ title, align: i === 0 ? 'left' : 'right' }))
}

function comparisonCells(
  comparison: VariantComparison,
  metric: MetricAnalysis,
  withBounds: boolean,
): string[] {
  if (comparison.status !== 'ok') return ['–', '–', '–', '–']
  const { absolute, relative, pValue: p, pValueAdjusted } = comparison
  const beside = withBounds && relative.status === 'ok' ? ` ${bounds(relative, PERCENT)}` : ''
  const shownRelative = relative.status === 'ok' ? change(relative, PERCENT) + beside : '–'
  return [change(absolute, differenceScale(metric)), shownRelative, pValue(p), pValue(pValueAdjusted)]
}

function differenceScale({ kind }: MetricAnalysis): Scale {
  return kind === 'proportion' ? PERCENTAGE_POINTS : PLAIN
}

function drawIntervals(
  metric: MetricAnalysis,
  control: string,
  shown: readonly (readonly [string, VariantComparison])[],
  alpha: number,
  { width, colours }: Style,
): string[] {
  const drawn = shown.filter((entry): entry is [string, Computed] => entry[1].status === 'ok')
  if (drawn.length === 0) return []
  const scale = differenceScale(metric)
  const notes = drawn.map(([, { absolute }]) => bounds(absolute, scale))
  const noteWidth = Math.max(...notes.map(displayWidth))
  const verdictWidth = displayWidth(UNCLEAR)
  const longestName = Math.max(...drawn.map(([variant]) => displayWidth(printable(variant))))
  const room = width - INDENT.length - noteWidth - verdictWidth - 6
  const nameWidth = Math.min(longestName, Math.max(8, room - 28))
  const plotWidth = Math.min(WIDEST_PLOT, Math.max(NARROWEST_PLOT, room - nameWidth))
  const intervals = drawn.map(([, { absolute }]): IntervalEstimate => absolute)
  const { bars, axis, labels } = plotIntervals(intervals, scale, plotWidth)
  const margin = `${INDENT}${' '.repeat(nameWidth)}  `
  const confidence = 100 * (1 - alpha)
  return [
    '',
    ...wrap(
      `${INDENT}difference from ${printable(control)}${scale.unit === '' ? '' : ' in percentage points'}, ${Number(confidence.toFixed(3))} % intervals`,
      width,
      INDENT,
    ).map(colours.dim),
    ...drawn.map(([variant, comparison], i) => {
      const name = padEnd(shorten(printable(variant), nameWidth), nameWidth)
      const colour = verdictColour(comparison, alpha, colours)
      const verdict = verdictOf(comparison, alpha)
      return `${INDENT}${name}  ${colour(bars[i] as string)}  ${padEnd(notes[i] as string, noteWidth)}  ${colour(verdict)}`
    }),
    colours.dim(margin + axis),
    colours.dim(margin + labels),
  ]
}

/** The longest of the three verdicts. */
const UNCLEAR = '· unclear'

/** Said in a word and a sign, so that colour only repeats it. */
function verdictOf(comparison: Computed, alpha: number): string {
  if (!(comparison.pValueAdjusted < alpha)) return UNCLEAR
  return comparison.absolute.estimate > 0 ? '▲ higher' : '▼ lower'
}

function verdictColour(
  comparison: VariantComparison,
  alpha: number,
  colours: Style['colours'],
): (text: string) => string {
  if (comparison.status !== 'ok' || !(comparison.pValueAdjusted < alpha)) return String
  return comparison.absolute.estimate > 0 ? colours.green : colours.red
}

function omnibusLine({ omnibus, variants }: MetricAnalysis): string[] {
  const number = Object.keys(variants).length
  if (!omnibus || number < 3) return []
  return ['', `${INDENT}any difference among the ${number} variants: ${pEquals(omnibus.pValue)}`]
}

function notComputed(variant: string, comparison: VariantComparison, width: number): string[] {
  const missing =
    comparison.status !== 'ok'
      ? comparison
      : comparison.relative.status !== 'ok'
        ? comparison.relative
        : undefined
  return missing ? wrap(`${INDENT}${printable(variant)}: ${missing.message}`, width, INDENT.repeat(2)) : []
}
