/** The parts of ECharts that charts are drawn with; loaded in a chunk of its own, when the first is shown. */
import { BarChart, CustomChart, LineChart } from 'echarts/charts'
import {
  GridComponent,
  LegendPlainComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
} from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([
  BarChart,
  CustomChart,
  LineChart,
  GridComponent,
  LegendPlainComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  SVGRenderer,
])

export type DrawnChart = EChartsType

/** Starts a chart in an element, which has its size already. */
export function start(element: HTMLElement): DrawnChart {
  return init(element, null, { renderer: 'svg' })
}
