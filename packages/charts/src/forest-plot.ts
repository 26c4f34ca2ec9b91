import type { BuiltChart, ChartTable } from './built-chart.ts'
import type { ChartTheme } from './chart-theme.ts'
import {
  formatEstimate,
  isNumber,
  type MaybeNumber,
  NOTHING,
  type NumberStyle,
  PERCENT,
  PLAIN,
} from './format/index.ts'
import { emptyOption, zeroLine } from './frame.ts'
import { counted, displayName, shorten } from './names.ts'
import { READING_WORDS, type Reading, readingOf } from './reading.ts'
import {
  isNarrow,
  marksFor,
  type RowElement,
  type RowLayout,
  type RowText,
  rowLayout,
  rowsOption,
  textElement,
} from './row-layout.ts'
import { extentOf, niceScale, type Scale } from './scale.ts'
import { tooltipHtml } from './tooltip.ts'

/** One effect: of a variant on a metric, or within a segment. */
export interface ForestRow {
  readonly label: string
  readonly detail?: string
  /** Difference from control, in the scale of the plot; null or NaN where it could not be computed. */
  readonly estimate: MaybeNumber
  readonly low: MaybeNumber
  readonly high: MaybeNumber
  /** Which way is better. */
  readonly direction: 'increase' | 'decrease'
  readonly isSignificant: boolean
  /** Why there are no numbers, or what to know about them. */
  readonly note?: string
  /** How the numbers were obtained, for the tooltip. */
  readonly method?: string
  /** How the values of this row are written; as the plot says when absent. */
  readonly style?: NumberStyle
}

export interface ForestPlotOptions {
  readonly rows: readonly ForestRow[]
  readonly scale: 'absolute' | 'relative'
  readonly theme: ChartTheme
  /** How differences are written: percent when relative, else plain numbers, unless told. */
  readonly style?: NumberStyle
}

/** A row, read. */
interface Effect {
  readonly row: ForestRow
  readonly text: RowText
  readonly reading: Reading
  readonly color: string
}

/** An interval this many times as wide as the middle one does not widen the axis: it ends in an arrow. */
const WIDEST_BY_MEDIAN = 6
const WHISKER = 4
const ARROW = 5
const DOT = 5.5
const NOTE_LINE = 15

/**
 * Effects with their intervals, one below the other, around a line where there is none. A filled circle is
 * better, a filled square worse, a hollow circle not decided; the values stand beside, or under the label
 * where the chart is narrow. The axis holds zero, all estimates and all intervals but those that are six
 * times as wide as the median: these end in an arrow where the drawing ends.
 */
export function forestPlot({ rows, scale: kind, theme, style }: ForestPlotOptions): BuiltChart {
  const plotStyle = style ?? (kind === 'relative' ? PERCENT : PLAIN)
  const effects = rows.map((row) => effectOf(row, plotStyle, theme))
  const summary = summaryOf(effects)
  const table = tableOf(effects)
  if (rows.length === 0) {
    return { option: emptyOption('No comparison to show yet', theme), height: 120, summary, table }
  }
  const texts = effects.map(({ text }) => text)
  const axisName = axisNameOf(rows, kind, theme)
  const layout = rowLayout(texts, theme, axisName)
  const scale = scaleOf(rows, marksFor(layout))
  const option = rowsOption({
    rows: texts,
    layout,
    scale,
    style: plotStyle,
    theme,
    axisName,
    zero: zeroLine('xAxis', theme),
    isWithoutValues: rows.every(({ estimate }) => !isNumber(estimate)),
    draw: (i, x, y) =>
      effects[i] === undefined ? [] : drawEffect(effects[i], { x, y, scale, layout, theme }),
    tooltip: (i) => (effects[i] === undefined ? '' : tooltipOf(effects[i])),
  })
  return { option, height: layout.height, summary, table }
}

function effectOf(row: ForestRow, style: NumberStyle, theme: ChartTheme): Effect {
  const reading = readingOf(row)
  const color = { better: theme.good, worse: theme.bad, undecided: theme.neutral }[reading]
  const { detail } = row
  const text = {
    label: displayName(row.label),
    detail: detail === undefined ? undefined : displayName(detail),
    value: formatEstimate(row, row.style ?? style),
    valueColor: reading === 'undecided' ? theme.text : color,
  }
  return { row, text, reading, color }
}

/** What the axis measures and which way is better; only the latter where there is no room for both. */
function axisNameOf(rows: readonly ForestRow[], kind: 'absolute' | 'relative', theme: ChartTheme): string {
  const long = kind === 'relative' ? 'Relative difference from control' : 'Difference from control'
  const what = isNarrow(theme) ? 'Difference' : long
  const directions = new Set(rows.map(({ direction }) => direction))
  if (directions.size !== 1) return what
  return directions.has('increase') ? `${what} · better →` : `${what} · ← better`
}

function scaleOf(rows: readonly ForestRow[], marks: number): Scale {
  const intervals = rows.flatMap(({ low, high }) => (isNumber(low) && isNumber(high) ? [{ low, high }] : []))
  const widths = intervals.map(({ low, high }) => high - low).toSorted((a, b) => a - b)
  const median = widths[Math.floor((widths.length - 1) / 2)] ?? 0
  const usual = intervals.filter(({ low, high }) => !(high - low > WIDEST_BY_MEDIAN * median) || median === 0)
  const extent = extentOf([
    0,
    ...rows.map(({ estimate }) => estimate),
    ...usual.flatMap(({ low, high }) => [low, high]),
  ])
  const [low, high] = extent ?? [-1, 1]
  return low === high ? niceScale(-1, 1, marks) : niceScale(low, high, marks)
}

/** Columns that would be empty are left away. */
function tableOf(effects: readonly Effect[]): ChartTable {
  const columns: readonly (readonly [string, (effect: Effect) => string])[] = [
    ['Comparison', ({ text }) => text.label],
    ['Detail', ({ text }) => text.detail ?? ''],
    ['Difference from control', ({ text }) => text.value],
    ['Reading', ({ row, reading }) => (isNumber(row.estimate) ? READING_WORDS[reading] : NOTHING)],
    ['Method', ({ row }) => row.method ?? ''],
    ['Note', ({ row }) => row.note ?? ''],
  ]
  const filled = columns.filter(([, cell]) => effects.some((effect) => cell(effect) !== ''))
  return {
    columns: filled.map(([column]) => column),
    rows: effects.map((effect) => filled.map(([, cell]) => cell(effect))),
  }
}

interface Place {
  readonly x: (value: number) => number
  readonly y: number
  readonly scale: Scale
  readonly layout: RowLayout
  readonly theme: ChartTheme
}

function drawEffect({ row, reading, color }: Effect, place: Place): RowElement[] {
  const { x, y, theme } = place
  const { estimate, low, high } = row
  if (!isNumber(estimate)) return [drawNote(row.note ?? 'No numbers', place)]
  const whiskers = isNumber(low) && isNumber(high) && low <= high ? drawInterval(low, high, color, place) : []
  const isFilled = reading !== 'undecided'
  const style = { fill: isFilled ? color : theme.surface, stroke: color, lineWidth: 2 }
  const center = x(estimate)
  const dot: RowElement =
    reading === 'worse'
      ? { type: 'rect', shape: { x: center - DOT, y: y - DOT, width: 2 * DOT, height: 2 * DOT }, style }
      : { type: 'circle', shape: { cx: center, cy: y, r: DOT }, style }
  return [...whiskers, dot]
}

/** Words where the numbers would be, in as many lines as the row has room for. */
function drawNote(text: string, { y, layout, theme }: Place): RowElement {
  const lines = layout.isNarrow ? Math.floor((layout.rowHeight - 8) / NOTE_LINE) : 1
  const style = {
    text: displayName(text),
    fill: theme.muted,
    fontSize: 12,
    lineHeight: NOTE_LINE,
    width: layout.to - layout.from - 8,
    ...(lines > 1 ? { height: lines * NOTE_LINE } : {}),
    backgroundColor: theme.surface,
  }
  return textElement(layout.from, y, style, theme)
}

/** A line with an upright end at each bound, or an arrow where the bound is outside. */
function drawInterval(low: number, high: number, color: string, place: Place): RowElement[] {
  const { x, y, scale } = place
  const style = { stroke: color, lineWidth: 2, fill: 'none' }
  const ends = [low, high].map((bound, side) => {
    const inside = Math.min(scale.maximum, Math.max(scale.minimum, bound))
    const at = x(inside)
    const back = at + (side === 0 ? ARROW : -ARROW)
    const upright = [
      [at, y - WHISKER],
      [at, y + WHISKER],
    ]
    const arrow = [
      [back, y - ARROW],
      [at, y],
      [back, y + ARROW],
    ]
    return { at, points: inside === bound ? upright : arrow }
  })
  return [
    { type: 'line', shape: { x1: ends[0]?.at ?? 0, y1: y, x2: ends[1]?.at ?? 0, y2: y }, style },
    ...ends.map(({ points }): RowElement => ({ type: 'polyline', shape: { points }, style })),
  ]
}

function tooltipOf({ row, text, reading }: Effect): string {
  const hasNumbers = isNumber(row.estimate)
  const rows = hasNumbers
    ? [
        { name: 'Difference from control', value: text.value },
        { name: 'Reading', value: READING_WORDS[reading] },
      ]
    : []
  return tooltipHtml(row.label, rows, [row.detail, row.method, row.note])
}

function summaryOf(effects: readonly Effect[]): string {
  if (effects.length === 0) return 'There is no comparison to show yet.'
  const known = effects.filter(({ row }) => isNumber(row.estimate))
  const count = (reading: Reading) => known.filter((effect) => effect.reading === reading).length
  const missing = effects.length - known.length
  const decided = known.filter(({ reading }) => reading !== 'undecided')
  const named = (decided.length > 0 ? decided : known)
    .slice(0, 3)
    .map(({ text, reading }) => `${shorten(text.label, 40)} ${text.value} ${READING_WORDS[reading]}`)
  const parts = [
    `${counted(effects.length, 'comparison')} with control: ${count('better')} better, ${count('worse')} worse, ${count('undecided')} not decided${missing > 0 ? `, ${missing} without numbers` : ''}.`,
  ]
  if (named.length > 0) parts.push(`${named.join('; ')}.`)
  return parts.join(' ')
}
