import { ERRORS, type ErrorCode } from '@helios/engine'
import { TRANSPORT_ERRORS, type TransportCode, titleOf } from '../problem.ts'
import { type Html, html } from './html.ts'
import { type RenderedPage, renderPage } from './layout.ts'

/** What the `type` of every problem document points to. */
export function renderErrorPage(version: string): RenderedPage {
  const codes = [
    ...(Object.keys(ERRORS) as ErrorCode[]),
    ...(Object.keys(TRANSPORT_ERRORS) as TransportCode[]),
  ]
  return renderPage({
    title: 'Errors of Helios',
    version,
    main: html`<section class="hero"><div><h1>Errors</h1>
<p class="lead">Every refusal carries one of these codes. They are stable: let programs look at the code,
and show people the detail.</p></div></section>
<table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">What it says</th></tr></thead>
<tbody>${codes.sort().map(row)}</tbody></table>`,
  })
}

function row(code: ErrorCode | TransportCode): Html {
  const [status, text] =
    code in ERRORS
      ? [ERRORS[code as ErrorCode].status, ERRORS[code as ErrorCode].template]
      : [TRANSPORT_ERRORS[code as TransportCode].status, `${titleOf(code)}.`]
  return html`<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${text}</td></tr>`
}
