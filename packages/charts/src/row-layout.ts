import type { CustomSeriesOption, CustomSeriesRenderItemReturn, EChartsOption } from 'echarts'
import type { ChartTheme } from './chart-theme.ts'
import type { NumberStyle } from './format/index.ts'
import { baseOption, valueAxis } from './frame.ts'
import { estimatedWidth } from './names.ts'
import type { Scale } from './scale.ts'
import { hoveredIndex, tooltipOption } from './tooltip.ts'

/**
 * Charts with one row per thing: its name at the left, the drawing in the middle, its numbers at the right.
 * Where there is little room the numbers stand under the name.
 */

export interface RowText {
  readonly label: string
  readonly detail?: string | undefined
  readonly value: string
  readonly valueColor?: string | undefined
}

export interface RowLayout {
  readonly isNarrow: boolean
  readonly rowHeight: number
  readonly labelWidth: number
  /** CSS pixels from the left edge between which is drawn. */
  readonly from: number
  readonly to: number
  readonly height: number
}

const FONT_SIZE = 13
const DETAIL_SIZE = 12
const LINE = 19
const ROW_PADDING = 16
const TOP = 4
const GAP = 16
const NARROW_WIDTH = 600
const AXIS_HEIGHT = 26
const AXIS_NAME_HEIGHT = 24

/** Whether numbers stand under the names, for want of room beside. */
export function isNarrow({ width }: ChartTheme): boolean {
  return width < NARROW_WIDTH
}

export function rowLayout(
  rows: readonly RowText[],
  theme: ChartTheme,
  axisName: string | undefined,
): RowLayout {
  const { width } = theme
  const narrow = isNarrow(theme)
  const hasDetail = rows.some(({ detail }) => detail !== undefined)
  const lines = 1 + (hasDetail ? 1 : 0) + (narrow ? 1 : 0)
  const longest = (texts: readonly string[]) =>
    Math.max(0, ...texts.map((text) => estimatedWidth(text.slice(0, 200), FONT_SIZE)))
  const labelWidth = narrow
    ? Math.min(width * 0.54, Math.max(width * 0.42, longest(rows.map(({ value }) => value))))
    : Math.min(
        width * 0.3,
        Math.max(90, longest(rows.map(({ label, detail = '' }) => longer(label, detail)))),
      )
  const valueWidth = narrow ? 0 : Math.min(width * 0.3, longest(rows.map(({ value }) => value)))
  const rowHeight = lines * LINE + ROW_PADDING
  const axis = AXIS_HEIGHT + (axisName === undefined ? 0 : AXIS_NAME_HEIGHT)
  return {
    isNarrow: narrow,
    rowHeight,
    labelWidth,
    from: labelWidth + GAP,
    to: width - valueWidth - (narrow ? 8 : GAP),
    height: TOP + Math.max(1, rows.length) * rowHeight + axis,
  }
}

function longer(a: string, b: string): string {
  return a.length >= b.length ? a : b
}

export interface RowDrawing {
  readonly rows: readonly RowText[]
  readonly layout: RowLayout
  readonly scale: Scale
  readonly style: NumberStyle
  readonly theme: ChartTheme
  readonly axisName?: string | undefined
  /** What stands in the middle of row `index`; `x` turns a value into CSS pixels, `y` is the row's middle. */
  readonly draw: (index: number, x: (value: number) => number, y: number) => RowElement[]
  readonly tooltip: (index: number) => string
  readonly zero: NonNullable<CustomSeriesOption['markLine']>
  /** No row has a value: an axis would measure nothing. */
  readonly isWithoutValues?: boolean
}

export type RowElement = NonNullable<CustomSeriesRenderItemReturn>

/** Number of marks that the axis has room for. */
export function marksFor({ from, to }: RowLayout): number {
  return Math.max(2, Math.floor((to - from) / 90))
}

export function rowsOption(drawing: RowDrawing): EChartsOption {
  const { rows, layout, scale, style, theme, axisName } = drawing
  const { from, to, height, rowHeight } = layout
  const axis = valueAxis(scale, style, theme)
  return {
    ...baseOption(theme),
    grid: {
      left: from,
      right: theme.width - to,
      top: TOP,
      height: height - TOP - AXIS_HEIGHT - (axisName === undefined ? 0 : AXIS_NAME_HEIGHT),
      outerBoundsMode: 'none',
    },
    yAxis: { type: 'category', inverse: true, show: false, data: rows.map((_, i) => String(i)) },
    xAxis: {
      ...axis,
      show: !drawing.isWithoutValues,
      axisLabel: {
        ...axis.axisLabel,
        hideOverlap: true,
        // Nothing is at the right of a narrow drawing that a label could reach into.
        ...(layout.isNarrow ? { alignMaxLabel: 'right' as const } : {}),
      },
      ...(axisName === undefined
        ? {}
        : {
            name: axisName,
            nameLocation: 'middle',
            nameGap: 30,
            nameTextStyle: { color: theme.muted, fontSize: DETAIL_SIZE, fontFamily: theme.fontFamily },
          }),
    },
    tooltip: {
      ...tooltipOption(theme),
      trigger: 'item',
      formatter: (hovered) => drawing.tooltip(hoveredIndex(hovered)),
    },
    series: [
      {
        id: 'rows',
        type: 'custom',
        clip: false,
        cursor: 'default',
        encode: { x: 0, y: 1 },
        data: rows.map((_, i) => [scale.minimum, i]),
        renderItem: ({ dataIndex }, api) => {
          const x = (value: number) => api.coord([value, dataIndex])[0] ?? 0
          const y = api.coord([scale.minimum, dataIndex])[1] ?? 0
          return {
            type: 'group',
            // Parts differ from one drawing to the next; a part of another kind would keep the old one's place.
            $mergeChildren: false,
            children: [
              ...backgroundOf(dataIndex, y, rowHeight, theme),
              ...textsOf(rows[dataIndex], y, layout, theme),
              ...drawing.draw(dataIndex, x, y),
            ],
          } as CustomSeriesRenderItemReturn
        },
        ...(drawing.isWithoutValues ? {} : { markLine: drawing.zero }),
      },
    ],
  }
}

/** The row answers to the pointer everywhere, and a line parts it from the one above. */
function backgroundOf(index: number, y: number, rowHeight: number, theme: ChartTheme): RowElement[] {
  const top = y - rowHeight / 2
  const area: RowElement = {
    type: 'rect',
    shape: { x: 0, y: top, width: theme.width, height: rowHeight },
    style: { fill: 'transparent' },
  }
  if (index === 0) return [area]
  const line = { x1: 0, x2: theme.width, y1: top, y2: top }
  return [area, { type: 'line', silent: true, shape: line, style: { stroke: theme.line, lineWidth: 1 } }]
}

function textsOf(row: RowText | undefined, y: number, layout: RowLayout, theme: ChartTheme): RowElement[] {
  if (row === undefined) return []
  const { label, detail, value, valueColor = theme.text } = row
  const { labelWidth, to } = layout
  const left = [
    { text: label, fill: theme.text, fontSize: FONT_SIZE, fontWeight: 550 },
    ...(detail === undefined
      ? []
      : [{ text: detail, fill: theme.muted, fontSize: DETAIL_SIZE, fontWeight: 400 }]),
    ...(layout.isNarrow ? [{ text: value, fill: valueColor, fontSize: FONT_SIZE, fontWeight: 400 }] : []),
  ]
  const first = y - ((left.length - 1) * LINE) / 2
  const texts = left.map((style, line) =>
    textElement(0, first + line * LINE, { ...style, width: labelWidth }, theme),
  )
  if (layout.isNarrow) return texts
  const width = theme.width - to - GAP
  return [
    ...texts,
    textElement(to + GAP, y, { text: value, fill: valueColor, fontSize: FONT_SIZE, width }, theme),
  ]
}

/** Text from `x` on, cut with an ellipsis at its width; in as many lines as fit when it has a height. */
export function textElement(
  x: number,
  y: number,
  style: {
    readonly text: string
    readonly fill: string
    readonly fontSize: number
    readonly width: number
    readonly fontWeight?: number
    readonly height?: number
    readonly lineHeight?: number
    readonly backgroundColor?: string
  },
  theme: ChartTheme,
): RowElement {
  return {
    type: 'text',
    x,
    y,
    style: {
      fontFamily: theme.fontFamily,
      verticalAlign: 'middle',
      overflow: style.height === undefined ? 'truncate' : 'break',
      lineOverflow: 'truncate',
      ellipsis: '…',
      ...style,
    },
  }
}
