import type { EChartsOption } from 'echarts'
import type { BuiltChart, ChartTable } from './built-chart.ts'
import type { ChartTheme } from './chart-theme.ts'
import { formatTime, isNumber, type NumberStyle } from './format/index.ts'
import { baseOption, emptyOption, gridOf, legendOf, plotHeight, timeAxis, valueAxis } from './frame.ts'
import { counted, shorten } from './names.ts'
import type { Scale } from './scale.ts'
import type { TimedSeries } from './timed-series.ts'
import { hoveredIndex, tooltipOption } from './tooltip.ts'

/** What the charts over time have in common, whatever their values are. */

const MOST_NAMED = 3
const LONGEST_NAME_IN_SUMMARY = 40
const TIME_AXIS_HEIGHT = 40
/** Between the drawing and the edge, for the times. */
const TIME_AXIS_ROOM = 32
const CAPTION_HEIGHT = 22

export interface OverTime<Series extends TimedSeries> {
  readonly times: readonly number[]
  readonly series: readonly Series[]
  /** Variants that are not among them. */
  readonly left: number
  readonly style: NumberStyle
  readonly theme: ChartTheme
  /** The value of a series at a point, as text. */
  readonly write: (series: Series, point: number) => string
}

/** The frame, with what `draw` puts into it; a message when there is nothing to draw. */
export function chartOverTime<Series extends TimedSeries>(
  over: OverTime<Series>,
  words: { readonly summary: string; readonly nothing: string; readonly caption?: string | undefined },
  draw: {
    readonly scale: Scale
    readonly series: NonNullable<EChartsOption['series']>
    readonly tooltip: (point: number) => string
  },
): BuiltChart {
  const { theme, style, series } = over
  const common = { summary: words.summary, table: tableOf(over) }
  if (series.every(({ values }) => !values.some(({ value }) => isNumber(value)))) {
    return { option: emptyOption(words.nothing, theme), height: plotHeight(theme), ...common }
  }
  const { legend, height } = legendOf(series, theme)
  const { caption } = words
  const captionHeight = caption === undefined ? 0 : CAPTION_HEIGHT
  const grid = gridOf(height + 12, draw.scale, style)
  const option: EChartsOption = {
    ...baseOption(theme),
    // Points are matched by their index: each would glide to where another was.
    animationDurationUpdate: 0,
    legend,
    grid: { ...grid, bottom: TIME_AXIS_ROOM + captionHeight },
    xAxis: { ...timeAxis(theme), ...(caption === undefined ? {} : captionOf(caption, theme)) },
    yAxis: valueAxis(draw.scale, style, theme),
    tooltip: {
      ...tooltipOption(theme),
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: theme.muted, type: 'solid' } },
      formatter: (hovered) => draw.tooltip(hoveredIndex(hovered)),
    },
    series: draw.series,
  }
  return { option, height: plotHeight(theme) + height + TIME_AXIS_HEIGHT + captionHeight, ...common }
}

/** Below the times: what the bands are. */
function captionOf(caption: string, theme: ChartTheme) {
  return {
    name: caption,
    nameLocation: 'middle' as const,
    nameGap: 32,
    nameTextStyle: { color: theme.muted, fontSize: 12, fontFamily: theme.fontFamily },
  }
}

function tableOf<Series extends TimedSeries>({ times, series, write }: OverTime<Series>): ChartTable {
  return {
    columns: ['Time', ...series.map(({ name }) => name)],
    rows: times.map((at, point) => [formatTime(at), ...series.map((each) => write(each, point))]),
  }
}

/** What stands at the end, in words, and what is missing. */
export function describe<Series extends TimedSeries>(
  { times, series, left, write }: OverTime<Series>,
  words: { readonly what: string; readonly nothing: string },
): string {
  const last = times.length - 1
  const known = series.filter(({ values }) => isNumber(values[last]?.value))
  const named = known
    .slice(0, MOST_NAMED)
    .map((each) => `${shorten(each.name, LONGEST_NAME_IN_SUMMARY)} ${write(each, last)}`)
  const more = known.length - named.length
  if (more > 0) named.push(`and ${counted(more, 'more variant')}`)
  const gaps = series.flatMap(({ values }) => values.filter(({ value }) => !isNumber(value))).length
  const sentences = [
    known.length > 0 ? `${words.what} at ${formatTime(times[last])}: ${named.join('; ')}.` : words.nothing,
  ]
  if (gaps > 0 && gaps < series.length * times.length) {
    sentences.push(`Left out: ${counted(gaps, 'point')} without a number.`)
  }
  if (left > 0) {
    sentences.push(
      `Only the ${series.length} variants with the most units are shown; ${counted(left, 'more variant')} not.`,
    )
  }
  return sentences.join(' ')
}
