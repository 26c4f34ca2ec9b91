import type { Overview } from '@helios/sdk'
import { firstCalls } from '../first-calls.ts'
import { duration, size } from '../formatting.ts'
import { STATUSES } from '../schemas/experiments.ts'
import { codeBlock } from './code.ts'
import { type Html, html } from './html.ts'
import { type RenderedPage, renderPage } from './layout.ts'
import { loopFigure } from './loop-figure.ts'
import { SCRIPT } from './script.ts'

/** Characters that a code block shows on a laptop without scrolling. */
const CODE_WIDTH = 66

export interface StartPage {
  readonly overview: Overview
  /** Address that the examples show where no script puts in the real one. */
  readonly url: string
  /** Whether the dashboard was built, and is at the address without a path. */
  readonly hasDashboard: boolean
}

export function renderStartPage({ overview, url, hasDashboard }: StartPage): RenderedPage {
  return renderPage({
    title: 'Helios is running',
    version: overview.version,
    script: SCRIPT,
    main: html`${hero(overview)}
${tiles(overview)}
${steps(url)}
${links(hasDashboard)}`,
  })
}

function hero({ uptimeSeconds }: Overview): Html {
  return html`<section class="hero"><div>
<span class="pill">Running for ${duration(uptimeSeconds)}</span>
<h1>Decide. Measure. Adapt.</h1>
<p class="lead">Your experimentation engine is up. It gives every user a variant, keeps what happened,
and tells you what worked, with statistics that hold.</p>
</div>
${loopFigure()}
</section>`
}

function tiles({ experiments, events, units, store }: Overview): Html {
  return html`<dl class="tiles" aria-label="What is running">
<div class="tile"><dt>Experiments running</dt><dd>${experiments.running.toLocaleString('en')}${statusBar(experiments)}</dd></div>
<div class="tile"><dt>Events</dt><dd>${events.toLocaleString('en')}<div class="note">durable, each counted once</div></dd></div>
<div class="tile"><dt>Units</dt><dd>${units.toLocaleString('en')}<div class="note">users, conversations, …</div></dd></div>
<div class="tile"><dt>Store</dt><dd>${store.bytes === 0 ? '–' : size(store.bytes)}<div class="note">${store.name}</div></dd></div>
</dl>`
}

function statusBar(experiments: Overview['experiments']): Html {
  const order = [
    'running',
    ...STATUSES.filter((status) => status !== 'running'),
  ] as (typeof STATUSES)[number][]
  const total = Math.max(
    1,
    order.reduce((sum, status) => sum + experiments[status], 0),
  )
  let x = 0
  const parts = order.map((status) => {
    const width = (100 * experiments[status]) / total
    x += width
    return html`<rect class="${status}" x="${x - width}" width="${width}" height="8"/>`
  })
  const legend = order.map(
    (status) =>
      html`<li><svg viewBox="0 0 8 8" aria-hidden="true"><circle class="${status}" cx="4" cy="4" r="4"/></svg>${status} <b>${experiments[status]}</b></li>`,
  )
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>
<ul class="legend">${legend}</ul>`
}

function steps(url: string): Html {
  const calls = firstCalls(url, CODE_WIDTH)
  const items = calls.map(
    ({ title, explanation, command }, index) => html`<li class="step">
<div><h3><span class="number" aria-hidden="true">${index + 1}</span>${title}</h3><p>${explanation}</p></div>
${codeBlock(title, command)}
</li>`,
  )
  return html`<section class="section">
<h2>The whole loop, from your terminal</h2>
<p class="muted">Paste into a terminal, your key first: it was printed when this store was opened for the first time.</p>
<ol class="steps">
<li class="step"><div><h3>Your key</h3><p>Lost it? Stop the server and run <b>helios keys create --path</b> with the store’s file.</p></div>
${codeBlock('Your key', 'export HELIOS_KEY=hel_…')}</li>
${items}
</ol>
</section>`
}

function links(hasDashboard: boolean): Html {
  const dashboard = hasDashboard
    ? html`<a href="/"><h3>Dashboard</h3><span>Experiments, live; <b>helios login</b> prints a link</span></a>`
    : html`<div><h3>Dashboard</h3><span>Not built yet: run <b>npm run build</b> and start again</span></div>`
  return html`<section class="section">
<h2>Go on from here</h2>
<div class="links">
${dashboard}
<a href="/openapi.json"><h3>API description</h3><span>OpenAPI 3.1, for generators and tools</span></a>
<a href="/docs/errors"><h3>Error codes</h3><span>Every refusal has a stable code</span></a>
<a href="/metrics"><h3>Prometheus metrics</h3><span>Needs a key with the scope “read”</span></a>
</div>
</section>`
}
