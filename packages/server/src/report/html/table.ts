import { NOTHING } from '@helios/charts'
import { type Html, html } from '../../page/html.ts'
import type { Cell, Table } from '../blocks.ts'
import { joined, text } from './text.ts'

/** On a phone each row is a card whose lines are named by the columns. */
export function tableElement({ caption, columns, rows }: Table): Html {
  const head = columns.map((column) => html`<th scope="col">${text(column)}</th>`)
  const body = rows.map(
    (row) => html`<tr>${joined(row.map((cell, i) => cellElement(cell, columns[i] ?? '', i)))}</tr>`,
  )
  return html`<table><caption>${text(caption)}</caption>
<thead><tr>${joined(head)}</tr></thead>
<tbody>${joined(body)}</tbody></table>`
}

function cellElement(cell: Cell, column: string, i: number): Html {
  const { text: words, tone, share } = typeof cell === 'string' ? { text: cell } : cell
  if (i === 0) return html`<th scope="row"><bdi>${text(words)}</bdi></th>`
  const toned =
    tone === undefined
      ? html`<bdi>${text(words)}</bdi>`
      : html`<span class="mark ${tone}">${text(words)}</span>`
  const content =
    share === undefined
      ? toned
      : html`<span class="score">${barElement(share, tone ?? 'neutral')}${toned}</span>`
  const kind = words === NOTHING ? html` class="nothing"` : html``
  return html`<td${kind} data-label="${text(column)}">${content}</td>`
}

/** Drawn, because browsers print no backgrounds. */
function barElement(share: number, tone: string): Html {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * 100)
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="${tone}" width="${filled}" height="8"/></svg>`
}
