import { setImmediate } from 'node:timers/promises'
import { type Html, html } from '../../page/html.ts'
import type { Block, Notice, Section } from '../blocks.ts'
import { chartElement } from './chart.ts'
import { tableElement } from './table.ts'
import { isolated, joined, text } from './text.ts'

/** Drawing takes milliseconds per chart; between any two others get their turn. */
export async function sectionElement({ id, title, blocks }: Section): Promise<Html> {
  const content = await blockElements(blocks)
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${text(title)}</h2>
${content}
</section>`
}

async function blockElements(blocks: readonly Block[]): Promise<Html> {
  const elements: Html[] = []
  for (const block of blocks) elements.push(await blockElement(block))
  return joined(elements)
}

async function blockElement(block: Block): Promise<Html> {
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${text(block.text)}</p>`
    case 'remark':
      return html`<p class="remark">${text(block.text)}</p>`
    case 'quotation':
      return html`<blockquote dir="auto">${text(block.text)}</blockquote>`
    case 'list':
      return listElement(block.items)
    case 'facts':
      return html`<dl>${joined(block.facts.map(([name, words]) => html`<div><dt>${text(name)}</dt><dd>${isolated(words)}</dd></div>`))}</dl>`
    case 'notice':
      return noticeElement(block)
    case 'table':
      return tableElement(block)
    case 'chart':
      await setImmediate()
      return chartElement(block)
    case 'group':
      return html`<div class="group"><h3>${isolated(block.title)}</h3>
${await blockElements(block.blocks)}</div>`
  }
}

function listElement(items: readonly string[]): Html {
  return html`<ul>${joined(items.map((item) => html`<li>${text(item)}</li>`))}</ul>`
}

function noticeElement({ tone, title, items }: Notice): Html {
  const list = items.length === 0 ? html`` : listElement(items)
  return html`<div class="notice ${tone}"><p class="lead">${text(title)}</p>${list}</div>`
}
