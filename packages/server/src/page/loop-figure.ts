import { type Html, html } from './html.ts'

const VERBS = ['decide', 'expose', 'observe', 'analyse', 'learn']
const CENTRE = { x: 150, y: 125 }
const RADIUS = 98

/** The closed loop as a drawing; what it says stands in the text beside it. */
export function loopFigure(): Html {
  const nodes = VERBS.map((verb, index) => {
    const angle = (2 * Math.PI * index) / VERBS.length - Math.PI / 2
    const x = Math.round(CENTRE.x + RADIUS * Math.cos(angle))
    const y = Math.round(CENTRE.y + RADIUS * Math.sin(angle))
    return html`<rect class="node" x="${x - 41}" y="${y - 17}" width="82" height="34" rx="17"/><text x="${x}" y="${y + 5}">${verb}</text>`
  })
  return html`<svg class="loop" viewBox="0 0 300 250" aria-hidden="true">
<circle cx="${CENTRE.x}" cy="${CENTRE.y}" r="${RADIUS}" fill="none" stroke="currentColor" stroke-width="2"/>
<circle class="spark" cx="${CENTRE.x}" cy="${CENTRE.y - RADIUS}" r="6"/>
${nodes}
</svg>`
}
