import type { EChartsOption, GridComponentOption, LegendComponentOption } from 'echarts'
import type { ChartTheme } from './chart-theme.ts'
import { formatOnAxis, type NumberStyle } from './format/index.ts'
import type { Mark } from './marks.ts'
import { escapeHtml, estimatedWidth, shorten } from './names.ts'
import type { Scale } from './scale.ts'

/** What all charts with a time below and values at the left have in common. */

const FONT_SIZE = 12
const LEGEND_LINE = 24
const LEGEND_MARK = 10
const LEGEND_GAP = 18
const LONGEST_LEGEND_NAME = 28
const ANIMATION_MILLISECONDS = 200

/** Where every option begins. */
export function baseOption(theme: ChartTheme): EChartsOption {
  return {
    backgroundColor: 'transparent',
    textStyle: { fontFamily: theme.fontFamily, color: theme.text, fontSize: FONT_SIZE },
    animationDuration: ANIMATION_MILLISECONDS,
    animationDurationUpdate: ANIMATION_MILLISECONDS,
    animationEasing: 'cubicOut',
    animationEasingUpdate: 'cubicOut',
  }
}

export interface LegendItem {
  readonly name: string
  readonly mark: Mark
}

/** A legend that breaks into lines, and the height that it takes. */
export function legendOf(
  items: readonly LegendItem[],
  theme: ChartTheme,
): { readonly legend: LegendComponentOption; readonly height: number } {
  const legend: LegendComponentOption = {
    type: 'plain',
    left: 0,
    top: 0,
    width: theme.width - 2,
    padding: 0,
    itemGap: LEGEND_GAP,
    itemWidth: LEGEND_MARK,
    itemHeight: LEGEND_MARK,
    inactiveColor: theme.line,
    textStyle: { color: theme.text, fontSize: FONT_SIZE, fontFamily: theme.fontFamily },
    formatter: (name) => shorten(name, LONGEST_LEGEND_NAME),
    tooltip: { show: true, formatter: ({ name }: { readonly name: string }) => escapeHtml(name) },
    data: items.map(({ name, mark }) => ({
      name,
      icon: `path://${mark.path}`,
      itemStyle: { color: mark.color, borderWidth: 0 },
    })),
  }
  return { legend, height: legendLines(items, theme.width) * LEGEND_LINE }
}

function legendLines(items: readonly LegendItem[], width: number): number {
  let [lines, used] = [1, 0]
  for (const { name } of items) {
    const taken = LEGEND_MARK + 6 + LEGEND_GAP + estimatedWidth(shorten(name, LONGEST_LEGEND_NAME), FONT_SIZE)
    if (used > 0 && used + taken > width) {
      lines += 1
      used = 0
    }
    used += taken
  }
  return lines
}

/** Room around the drawing; the labels of the values stand at its left. */
export function gridOf(top: number, scale: Scale, style: NumberStyle): GridComponentOption {
  const labels = [scale.minimum, scale.maximum, scale.minimum + scale.step].map((value) =>
    estimatedWidth(formatOnAxis(value, scale.step, style), FONT_SIZE),
  )
  return {
    left: Math.ceil(Math.max(...labels)) + 10,
    right: 16,
    top,
    bottom: 32,
    outerBoundsMode: 'none',
  }
}

export function valueAxis(scale: Scale, style: NumberStyle, theme: ChartTheme) {
  return {
    type: 'value' as const,
    min: scale.minimum,
    max: scale.maximum,
    interval: scale.step,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.line } },
    axisLabel: {
      color: theme.muted,
      fontSize: FONT_SIZE,
      fontFamily: theme.fontFamily,
      formatter: (value: number) => formatOnAxis(value, scale.step, style),
    },
  }
}

export function timeAxis(theme: ChartTheme) {
  return {
    type: 'time' as const,
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { show: false },
    splitLine: { show: false },
    splitNumber: Math.max(2, Math.floor(theme.width / 120)),
    axisLabel: {
      color: theme.muted,
      fontSize: FONT_SIZE,
      fontFamily: theme.fontFamily,
      hideOverlap: true,
      margin: 12,
      // No rich text: the default sets the larger unit in bold through it.
      formatter: {
        year: '{yyyy}',
        month: '{d} {MMM}',
        day: '{d} {MMM}',
        hour: '{HH}:{mm}',
        minute: '{HH}:{mm}',
        second: '{HH}:{mm}:{ss}',
        millisecond: '{HH}:{mm}:{ss}',
      },
    },
    axisPointer: { label: { show: false } },
  }
}

/** A line across the drawing where there is no difference. */
export function zeroLine(axis: 'xAxis' | 'yAxis', theme: ChartTheme) {
  return {
    silent: true,
    symbol: 'none' as const,
    animation: false,
    z: 1,
    label: { show: false },
    lineStyle: { color: theme.muted, width: 1, type: 'dashed' as const },
    data: [axis === 'xAxis' ? { xAxis: 0 } : { yAxis: 0 }],
  }
}

/** Height of the drawing itself, without legend and labels. */
export function plotHeight(theme: ChartTheme): number {
  return theme.width < 560 ? 200 : 260
}

/** A chart without anything to draw says so in its middle. */
export function emptyOption(message: string, theme: ChartTheme): EChartsOption {
  return {
    ...baseOption(theme),
    title: {
      text: message,
      left: 'center',
      top: 'middle',
      textStyle: {
        color: theme.muted,
        fontSize: 14,
        fontWeight: 'normal',
        fontFamily: theme.fontFamily,
        width: theme.width - 32,
        overflow: 'break',
      },
    },
    series: [],
  }
}
