import type { EChartsOption } from 'echarts'
import type { BuiltChart } from './built-chart.ts'
import type { ChartTheme } from './chart-theme.ts'
import { formatOnAxis, type NumberStyle, PLAIN } from './format/index.ts'
import { baseOption, gridOf, plotHeight, valueAxis } from './frame.ts'
import { niceScale, type Scale } from './scale.ts'
import { hoveredIndex, tooltipOption } from './tooltip.ts'

const AXIS_ROOM = 52
const SYMBOL_SIZE = 15
const MARKS_ACROSS = 100

/** One curve, with the answer upon it. */
export interface Curve {
  readonly points: readonly CurvePoint[]
  readonly answer: CurvePoint
  /** Below the drawing. */
  readonly across: string
  readonly style: NumberStyle
  readonly vertical: Scale
  /** A line across, such as the power that is asked for. */
  readonly level?: number
  readonly theme: ChartTheme
}

export interface CurvePoint {
  readonly x: number
  readonly y: number
  readonly tooltip: string
}

/** The curve in its frame, over a number that grows from 0. */
export function curveChart(curve: Curve, words: Pick<BuiltChart, 'summary' | 'table'>): BuiltChart {
  const { points, answer, across, style, vertical, level, theme } = curve
  const color = theme.palette[0] ?? theme.text
  const marks = Math.max(2, Math.floor(theme.width / MARKS_ACROSS))
  const horizontal = niceScale(0, points.at(-1)?.x ?? 1, marks)
  const option: EChartsOption = {
    ...baseOption(theme),
    animationDurationUpdate: 0,
    grid: { ...gridOf(16, vertical, style), bottom: AXIS_ROOM, right: 24 },
    xAxis: {
      ...valueAxis(horizontal, PLAIN, theme),
      max: points.at(-1)?.x ?? 1,
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: theme.line } },
      axisLabel: {
        color: theme.muted,
        fontSize: 12,
        fontFamily: theme.fontFamily,
        hideOverlap: true,
        showMaxLabel: false,
        formatter: (value: number) => formatOnAxis(value, horizontal.step, PLAIN),
      },
      axisPointer: { label: { show: false } },
      name: across,
      nameLocation: 'middle',
      nameGap: 34,
      nameTextStyle: { color: theme.muted, fontSize: 12, fontFamily: theme.fontFamily },
    },
    yAxis: valueAxis(vertical, style, theme),
    tooltip: {
      ...tooltipOption(theme),
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: theme.muted, type: 'solid' } },
      formatter: (hovered) => points[hoveredIndex(hovered)]?.tooltip ?? '',
    },
    series: [
      {
        id: 'curve',
        type: 'line',
        z: 2,
        symbol: 'none',
        lineStyle: { color, width: 2 },
        itemStyle: { color },
        emphasis: { disabled: true },
        data: points.map(({ x, y }) => [x, y]),
        ...(level === undefined ? {} : { markLine: levelLine(level, theme) }),
      },
      {
        id: 'answer',
        // A line of one point: pages load no other kind of series for it.
        type: 'line',
        z: 4,
        silent: true,
        symbol: 'diamond',
        symbolSize: SYMBOL_SIZE,
        itemStyle: { color: theme.text, borderColor: theme.surface, borderWidth: 2 },
        tooltip: { show: false },
        data: [[answer.x, answer.y]],
      },
    ],
  }
  return { option, height: plotHeight(theme) + AXIS_ROOM, ...words }
}

function levelLine(level: number, theme: ChartTheme) {
  return {
    silent: true,
    symbol: 'none' as const,
    animation: false,
    label: { show: false },
    lineStyle: { color: theme.muted, width: 1, type: 'dashed' as const },
    data: [{ yAxis: level }],
  }
}
