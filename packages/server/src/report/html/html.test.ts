import { beforeAll, describe, expect, it } from 'vitest'
import { reportOf } from '../../testing/reported.ts'
import type { Report } from '../report.ts'
import { CONTENT_SECURITY_POLICY } from './policy.ts'
import { renderHtml } from './render.ts'

const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(2)</script>\u202e\u0007' onload='x' &amp; {{x}}`
/** A tag with its attributes, all closed. */
const TAG = /<\/?[a-z][a-zA-Z0-9]*(?:\s+[a-zA-Z][\w:-]*(?:="[^"]*")?)*\s*\/?>/g

/** What is left when every well-formed tag, the styles and the document type are taken away. */
function textOf(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace('<!doctype html>', '')
    .replaceAll(TAG, ' ')
}

describe('the page', () => {
  let report: Report
  let html: string
  beforeAll(async () => {
    report = await reportOf()
    html = await renderHtml(report)
  })

  it('loads nothing and runs nothing', () => {
    expect(html).not.toMatch(/<script|<link|<iframe|<object|<embed|<img|javascript:|@import|url\((?!#)/i)
    expect(html).not.toMatch(/https?:\/\//)
    const addresses = [...html.matchAll(/\b(?:href|src|xlink:href|action)="([^"]*)"/g)].map(([, to]) => to)
    expect(addresses.filter((to) => !to?.startsWith('#'))).toEqual([])
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY.replaceAll("'", '&#39;')}">`,
    )
  })

  it('is sound: tags are closed, ids are unlike each other, and what is pointed at is there', () => {
    expect(textOf(html)).not.toMatch(/[<>]|NaN|undefined|Infinity|\[object/)
    for (const tag of [
      'section',
      'table',
      'figure',
      'div',
      'svg',
      'g',
      'bdi',
      'details',
      'tr',
      'td',
      'th',
      'p',
      'ul',
      'li',
    ]) {
      const [opened, closed] = [`<${tag}[ >]`, `</${tag}>`].map(
        (each) => html.match(new RegExp(each, 'g'))?.length ?? 0,
      )
      expect(opened, tag).toBe(closed)
    }
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const pointedAt = [...html.matchAll(/url\(#([^)]+)\)|aria-labelledby="([^"]+)"/g)].map(
      ([, a, b]) => a ?? b,
    )
    expect(pointedAt.length).toBeGreaterThan(5)
    expect(pointedAt.filter((id) => !ids.includes(id))).toEqual([])
  })

  it('can be read without seeing it', () => {
    const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level))
    expect(levels[0]).toBe(1)
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1)
    const drawings = html.match(/<div class="drawing[^>]*>\s*<svg role="img" aria-label="[^"]{20,}"/g) ?? []
    // Effects, the course of one metric, its posterior and the traffic, each for two widths.
    expect(drawings).toHaveLength(8)
    expect(html.match(/<table>/g)?.length).toBe(html.match(/<caption>/g)?.length)
    expect(html.match(/<details>/g)).toHaveLength(3)
  })

  it('shows the numbers of the analysis', () => {
    const { comparison } = report.results[0]?.treatments[0] ?? {}
    if (comparison?.status !== 'ok') throw new Error('not compared')
    expect(html).toContain(comparison.method)
    expect(html).toContain('Warm')
    expect(html).toContain('>better<')
    expect(html).toContain('>holds<')
  })

  it('is the same for the same report', async () => {
    expect(await renderHtml(report)).toBe(html)
  })
})

it('shows whatever people typed as text', async () => {
  const report = await reportOf({
    name: HOSTILE,
    hypothesis: `${HOSTILE}\n${HOSTILE}`,
    variants: ['Calm', HOSTILE, HOSTILE],
    plans: [HOSTILE.slice(0, 60), 'paid'],
    why: HOSTILE,
  })
  const html = await renderHtml(report)
  expect(html).not.toMatch(/<script|<img|\son\w+="/i)
  expect(html).toContain('&lt;script&gt;alert(2)&lt;/script&gt;')
  for (const unprintable of ['\u202e', '\u0007']) expect(html).not.toContain(unprintable)
  expect(textOf(html)).not.toMatch(/[<>]/)
})
