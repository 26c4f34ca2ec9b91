import { type BuiltChart, chartTheme } from '@helios/charts'
import { renderToSvg } from '@helios/charts/svg'
import { Html, html } from '../../page/html.ts'
import type { Chart } from '../blocks.ts'
import { tableElement } from './table.ts'
import { isolated, joined, text } from './text.ts'

/** CSS pixels: of a sheet of paper or a window, and of a phone. */
const WIDTHS = { wide: 736, narrow: 328 } as const

/**
 * The chart in two widths, of which the style sheet shows the one that there is room for, and its numbers to be
 * unfolded. Drawn in light colours; the style sheet turns them into those of the dark scheme.
 */
export function chartElement(chart: Chart): Html {
  const wide = drawn(chart, 'wide')
  const narrow = drawn(chart, 'narrow')
  const { summary, table } = wide.built
  const numbers =
    chart.hasTable === true || table.rows.length === 0
      ? html``
      : html`<details><summary>Numbers of this chart</summary>${tableElement({
          kind: 'table',
          caption: chart.title,
          columns: table.columns,
          rows: table.rows,
        })}</details>`
  return html`<figure id="${chart.id}"><figcaption>${isolated(chart.title)}</figcaption>
${joined([wide.element, narrow.element])}
<p class="summary">${text(summary)}</p>
${numbers}</figure>`
}

function drawn(
  chart: Chart,
  width: keyof typeof WIDTHS,
): { readonly built: BuiltChart; readonly element: Html } {
  const theme = chartTheme('light', WIDTHS[width])
  const built = chart.draw(theme)
  const svg = new Html(renderToSvg(built, theme, `${chart.id}-${width}`))
  return { built, element: html`<div class="drawing ${width}">${svg}</div>` }
}

/** Rules that turn the light colours of charts into the dark ones: attributes give way to style sheets. */
export function darkChartStyles(): string {
  const [light, dark] = [chartTheme('light'), chartTheme('dark')]
  const names = ['surface', 'text', 'muted', 'line', 'control', 'good', 'bad'] as const
  const pairs = new Map([
    ...names.map((name) => [light[name], dark[name]] as const),
    ...light.palette.map((color, i) => [color, dark.palette[i] ?? color] as const),
  ])
  return [...pairs]
    .map(([from, to]) => `.drawing [fill="${from}"]{fill:${to}}.drawing [stroke="${from}"]{stroke:${to}}`)
    .join('\n')
}
