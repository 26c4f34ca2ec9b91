import type { Overview } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { html } from './html.ts'
import { renderStartPage } from './start-page.ts'

const HOSTILE = `<img src=x onerror="alert('1')">&.db`
const overview: Overview = {
  version: '1.2.3',
  uptimeSeconds: 3700,
  experiments: { draft: 1, running: 2, paused: 0, completed: 0, cancelled: 0 },
  events: 1_234_567,
  units: 98,
  stateBytes: 1,
  store: { name: HOSTILE, bytes: 81_200_000, position: 1, snapshotPosition: 0 },
}

describe('html', () => {
  it('escapes what is inserted, once', () => {
    const inner = html`<b>${'<&"\'>'}</b>`
    expect(html`${inner}${[inner]}${3}`.text).toBe(
      '<b>&lt;&amp;&quot;&#39;&gt;</b><b>&lt;&amp;&quot;&#39;&gt;</b>3',
    )
  })
})

describe('start page', () => {
  const page = renderStartPage({ overview, url: 'http://127.0.0.1:4300', hasDashboard: false })

  it('shows what is running', () => {
    for (const text of ['1.2.3', '1 hour', '1,234,567', '98', '81.2 MB', 'running <b>2</b>']) {
      expect(page.html).toContain(text)
    }
  })

  it('escapes names', () => {
    expect(page.html).not.toContain('<img')
    expect(page.html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;.db')
  })

  it('runs its own style and script only, under a nonce made for this answer', () => {
    const nonce = /script-src 'nonce-([^']+)'/.exec(page.contentSecurityPolicy)?.[1] ?? ''
    expect(nonce).toMatch(/^[\w-]{22}$/)
    expect(page.contentSecurityPolicy).toContain("default-src 'none'")
    expect(page.contentSecurityPolicy).not.toContain('unsafe')
    expect([...page.html.matchAll(/<(?:script|style)[^>]*>/g)].map(([tag]) => tag)).toEqual([
      `<style nonce="${nonce}">`,
      `<script nonce="${nonce}">`,
    ])
    expect(page.html).not.toMatch(/<[^>]*\s(?:style|on\w+)=/)
    expect(renderStartPage({ overview, url: '', hasDashboard: true }).contentSecurityPolicy).not.toContain(
      nonce,
    )
  })

  it('asks nothing of other servers', () => {
    const addresses = [...page.html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address)
    expect(addresses.length).toBeGreaterThan(5)
    for (const address of addresses) expect(address).toMatch(/^(\/|data:)/)
  })
})
