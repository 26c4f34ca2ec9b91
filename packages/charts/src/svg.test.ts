import { describe, expect, it } from 'vitest'
import { chartTheme } from './chart-theme.ts'
import { effectOverTime } from './effect-over-time.ts'
import { renderToSvg } from './svg.ts'
import { madeHistory, madeVariants } from './testing/fixture.ts'

const theme = chartTheme('light', 600)
const chart = () =>
  effectOverTime({
    history: madeHistory({ points: 40, variants: 3, seed: 1 }),
    variants: madeVariants(3),
    scale: 'relative',
    theme,
  })

describe('a chart as an element', () => {
  it('is described to those who do not see it', () => {
    const summary = 'Warm "+3 %" <b>& more</b>'
    const svg = renderToSvg({ ...chart(), summary }, theme, 'a')
    expect(svg).toMatch(
      /^<svg role="img" aria-label="Warm &quot;\+3 %&quot; &lt;b&gt;&amp; more&lt;\/b&gt;" width="600"/,
    )
    expect(svg.trimEnd()).toMatch(/<\/svg>$/)
    expect(svg).toContain('viewBox="0 0 600 ')
  })

  it('needs no style sheet, no script and no font of its own', () => {
    const svg = renderToSvg(chart(), theme, 'a')
    expect(svg).not.toMatch(/<style|class=|ecmeta|pointer|font-family|xmlns|font:|http/)
    expect(svg).toMatch(/font-size:12px/)
    expect(svg).not.toMatch(/NaN|undefined/)
  })

  it('keeps its ids to itself, and is the same for the same data', () => {
    const [first, second] = [renderToSvg(chart(), theme, 'a'), renderToSvg(chart(), theme, 'b')]
    const ids = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids(first).length).toBeGreaterThan(0)
    expect(ids(first).every((id) => id?.startsWith('a-'))).toBe(true)
    const used = [...first.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id)
    expect(used.filter((id) => !ids(first).includes(id))).toEqual([])
    expect(second.replaceAll('b-c', 'a-c')).toBe(first)
  })
})
