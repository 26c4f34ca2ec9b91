import { init } from 'echarts'
import type { BuiltChart } from '../built-chart.ts'
import type { ChartTheme } from '../chart-theme.ts'

/** The chart as SVG, drawn without a browser. */
export function renderToSvg({ option, height }: BuiltChart, { width }: ChartTheme): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ ...option, animation: false })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

/** All words of the drawing, in the order in which they are drawn. */
export function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1] ?? '')
}
