import type { TooltipComponentOption } from 'echarts'
import type { ChartTheme } from './chart-theme.ts'
import type { Mark } from './marks.ts'
import { escapeHtml, shorten } from './names.ts'

/** Tooltips as HTML without style attributes, so that a strict content security policy lets them be. */

/** Class of the box, for the page's style sheet. */
export const TOOLTIP_CLASS = 'helios-chart-tooltip'
const LONGEST_TEXT = 400
/** Beside a number. */
const LONGEST_NAME = 80

/** Something that a person typed: escaped, its direction kept to itself. */
function userText(text: string, longest = LONGEST_TEXT): string {
  return `<bdi>${escapeHtml(shorten(text, longest))}</bdi>`
}

export interface TooltipRow {
  readonly name: string
  readonly value: string
  readonly mark?: Mark
}

/** Title, rows of name and value, and notes below; everything is escaped here. */
export function tooltipHtml(
  title: string,
  rows: readonly TooltipRow[],
  notes: readonly (string | undefined)[] = [],
): string {
  const lines = rows.map(
    ({ name, value, mark }) =>
      `<tr><td>${mark ? markSvg(mark) : ''}${userText(name, LONGEST_NAME)}</td><td align="right">${escapeHtml(value)}</td></tr>`,
  )
  const below = notes
    .filter((note) => note !== undefined && note !== '')
    .map((note) => `<p>${userText(note ?? '')}</p>`)
  return `<b>${userText(title)}</b>${lines.length > 0 ? `<table>${lines.join('')}</table>` : ''}${below.join('')}`
}

function markSvg({ color, path }: Mark): string {
  return `<svg width="10" height="10" viewBox="0 0 12 12" aria-hidden="true"><path d="${path}" fill="${color}"/></svg> `
}

/** Not cut by the card that the chart is in, nor by the edge of a phone. */
export function tooltipOption(theme: ChartTheme): TooltipComponentOption {
  return {
    appendTo: 'body',
    confine: true,
    className: TOOLTIP_CLASS,
    backgroundColor: theme.surface,
    borderColor: theme.line,
    borderWidth: 1,
    padding: [8, 12],
    transitionDuration: 0,
    textStyle: { color: theme.text, fontSize: 13, fontFamily: theme.fontFamily },
    extraCssText: `max-width: ${Math.round(Math.min(360, theme.width - 16))}px; white-space: normal; overflow-wrap: anywhere; box-shadow: 0 4px 16px rgb(0 0 0 / 12%); border-radius: 8px; z-index: 400;`,
  }
}

/** Which point the pointer is at, by the parameters of a tooltip; -1 for none. */
export function hoveredIndex(hovered: unknown): number {
  const first: unknown = Array.isArray(hovered) ? hovered[0] : hovered
  const index = (first as { readonly dataIndex?: unknown } | undefined)?.dataIndex
  return typeof index === 'number' ? index : -1
}
