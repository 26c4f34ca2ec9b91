import { randomBytes } from 'node:crypto'
import { Html, html } from './html.ts'
import { STYLES } from './styles.ts'

const SUN = `<svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" aria-hidden="true"><circle cx="16" cy="16" r="6" fill="currentColor" stroke="none"/><path d="M16 2.5v3.6M16 25.9v3.6M2.5 16h3.6M25.9 16h3.6M6.5 6.5 9 9M23 23l2.5 2.5M25.5 6.5 23 9M9 23l-2.5 2.5"/></svg>`
const ICON = `data:image/svg+xml,${encodeURIComponent(
  SUN.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg" color="#f59e0b"'),
)}`

export interface Page {
  readonly title: string
  readonly version: string
  readonly main: Html
  /** Source of the page's script, ours alone; none when absent. */
  readonly script?: string
}

export interface RenderedPage {
  readonly html: string
  readonly contentSecurityPolicy: string
}

/** A whole document, and the policy under which nothing but its own style and script runs. */
export function renderPage({ title, version, main, script = '' }: Page): RenderedPage {
  const nonce = randomBytes(16).toString('base64url')
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="${ICON}">
<style nonce="${nonce}">${new Html(STYLES)}</style>
</head>
<body>
<div class="glow"></div>
<div class="wrap">
<header>
<a class="brand" href="/">${new Html(SUN)}Helios</a><span class="chip">${version}</span>
<nav aria-label="Reference"><a href="/openapi.json">OpenAPI</a><a href="/docs/errors">Errors</a></nav>
</header>
<main>
${main}
</main>
<footer><span>Helios ${version}</span><a href="/healthz">Health</a><a href="/readyz">Readiness</a></footer>
</div>
<p class="hidden" role="status"></p>
<script nonce="${nonce}">${new Html(script)}</script>
</body>
</html>
`
  return { html: document.text, contentSecurityPolicy: policyFor(nonce) }
}

function policyFor(nonce: string): string {
  const rules = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]
  return rules.join('; ')
}
