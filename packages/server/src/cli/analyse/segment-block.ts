import type { Analysis, TableSegments, VariantComparison } from '@helios/engine'
import type { Segment } from '@helios/sdk'
import { CORRECTION_NAMES } from './correction-names.ts'
import { type Computed, drawIntervals } from './interval-block.ts'
import { scaleOf } from './metric-block.ts'
import { change, count, PERCENT, pEquals, pValue, type Scale } from './numbers.ts'
import type { Style } from './style.ts'
import { printable, wrap } from './terminal-text.ts'
import { layOutTable, type TableColumn } from './text-table.ts'
import { verdictColour } from './verdict.ts'

const INDENT = '  '
const NO_BREAK = '\u00a0'

/** The effects on one metric within the values of a column, and whether they differ. */
export function renderSegments(
  { column, metric, segments, heterogeneity, correction }: TableSegments,
  { metrics, control, alpha }: Analysis,
  style: Style,
): string[] {
  const { colours, width } = style
  const title = `${colours.bold(`${printable(metric)} by ${printable(column)}`)} ${colours.dim(`· ${segments.length} segments`)}`
  const lines = segments.flatMap((segment) => linesOf(segment, control))
  const shown = lines.map(({ comparison }) => ['', comparison] as const)
  const scale = scaleOf({ kind: metrics[metric]?.kind ?? 'mean' }, shown)
  const isOneVariant = new Set(lines.map(({ variant }) => variant)).size === 1
  const nameOf = ({ segment, variant }: Line) => (isOneVariant ? segment : `${segment} · ${variant}`)
  const rows = lines.map((line) => [
    printable(nameOf(line)),
    count(line.units),
    ...cellsOf(line.comparison, scale),
  ])
  const table = layOutTable(columnsFor(isOneVariant), rows, width - INDENT.length, (text, row) =>
    row < 0
      ? colours.dim(text)
      : verdictColour(lines[row]?.comparison as VariantComparison, alpha, colours)(text),
  )
  const drawn = lines.flatMap((line): (readonly [string, Computed])[] =>
    line.comparison.status === 'ok' ? [[nameOf(line), line.comparison]] : [],
  )
  const adjusted =
    correction.method === 'none'
      ? 'p is not adjusted: with many segments some are below alpha by chance'
      : `p adjusted by ${CORRECTION_NAMES[correction.method]} over ${correction.comparisons} comparisons`
  return [
    title,
    ...table.lines.map((line) => INDENT + line),
    ...drawIntervals(drawn, scale, control, alpha, style),
    '',
    ...heterogeneityLines(heterogeneity, width),
    colours.dim(`${INDENT}${adjusted}`),
  ]
}

interface Line {
  readonly segment: string
  readonly variant: string
  readonly units: number
  readonly comparison: VariantComparison
}

function linesOf({ value, isRest, units, comparisons }: Segment, control: string): Line[] {
  const segment = isRest ? 'all others' : (value ?? '(empty)')
  return Object.entries(comparisons).map(([variant, comparison]) => ({
    segment,
    variant,
    units: (units[variant] ?? 0) + (units[control] ?? 0),
    comparison,
  }))
}

function columnsFor(isOneVariant: boolean): TableColumn[] {
  const first = isOneVariant ? 'segment' : 'segment · variant'
  return [first, 'n', 'diff.', 'relative', 'p', 'adj. p'].map((title, i) => ({
    title,
    align: i === 0 ? 'left' : 'right',
  }))
}

function cellsOf(comparison: VariantComparison, scale: Scale): string[] {
  if (comparison.status !== 'ok') return ['–', '–', '–', '–']
  const { absolute, relative, pValue: p, pValueAdjusted } = comparison
  const shownRelative = relative.status === 'ok' ? change(relative, PERCENT) : '–'
  return [change(absolute, scale), shownRelative, pValue(p), pValue(pValueAdjusted)]
}

function heterogeneityLines(heterogeneity: TableSegments['heterogeneity'], width: number): string[] {
  return Object.entries(heterogeneity).flatMap(
    ([variant, { statistic, degreesOfFreedom, pValue: p, inconsistency }]) =>
      wrap(
        `${INDENT}Does the effect of ${printable(variant)} differ between the segments? Cochran's Q ${statistic.toFixed(2)} on ${degreesOfFreedom}, ${pEquals(p).replaceAll(' ', NO_BREAK)}; I² ${(100 * inconsistency).toFixed(0)}${NO_BREAK}%`,
        width,
        INDENT.repeat(2),
      ),
  )
}
