// All of ECharts in one file: Node loads it eight times as fast as the hundreds of modules of the parts alone.
import { init } from 'echarts/dist/echarts.esm.min.mjs'
import type { BuiltChart } from './built-chart.ts'
import type { ChartTheme } from './chart-theme.ts'
import { escapeHtml } from './names.ts'

/** Style sheets that answer to a pointer, and notes for scripts that would do so. */
const FOR_POINTERS = /<style[\s\S]*?<\/style>| (?:ecmeta_\w+|class|pointer-events)="[^"]*"/g
const FOR_FILES = / (?:xmlns(?::\w+)?|version|baseProfile|xml:space)="[^"]*"/g
const FONT_FAMILY = /font-family:[^";]*;/g
const FONT = /font: [^";]*?(\d+px) [^";]*/g
const IDS = /\bzr\d+-/g

/**
 * The chart as an `svg` element for an HTML document. It takes the font of its surroundings and as much width as
 * they have; it is described in words to those who do not see it.
 *
 * @param id unlike those of the other charts of the document: letters, digits and hyphens
 */
export function renderToSvg(
  { option, height, summary }: BuiltChart,
  { width }: ChartTheme,
  id: string,
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    const { tooltip: _, ...still } = option
    chart.setOption({ ...still, animation: false })
    return chart
      .renderToSVGString()
      .replace(FOR_POINTERS, '')
      .replace(FOR_FILES, '')
      .replace(FONT_FAMILY, '')
      .replace(FONT, 'font-size:$1')
      .replace(IDS, `${id}-`)
      .replace(/\n+/g, '\n')
      .replace('<svg ', `<svg role="img" aria-label="${escapeHtml(summary)}" `)
  } finally {
    chart.dispose()
  }
}
