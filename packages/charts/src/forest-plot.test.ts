import { describe, expect, it } from 'vitest'
import { chartTheme } from './chart-theme.ts'
import { forestPlot } from './forest-plot.ts'
import { madeRows } from './testing/fixture.ts'
import { renderToSvg, textsOf } from './testing/render.ts'

const wide = chartTheme('light', 1200)
const narrow = chartTheme('light', 360)

function plain(text: string): string {
  return text.replaceAll(/[\u202f\u00a0]/g, ' ')
}

describe('the forest plot', () => {
  it('tells in words what the drawing shows', () => {
    const { summary, table } = forestPlot({ rows: madeRows(), scale: 'relative', theme: wide })
    expect(plain(summary)).toBe(
      '5 comparisons with control: 1 better, 1 worse, 2 not decided, 1 without numbers. Warm +3.1 % [1.2, 5.0] better; Bold and short −2.4 % [−4.1, −0.7] worse.',
    )
    expect(table.rows.map((row) => plain(`${row[2]} ${row[3]}`))).toEqual([
      '+3.1 % [1.2, 5.0] better',
      '−2.4 % [−4.1, −0.7] worse',
      '+0.4 % [−1.5, 2.3] not decided',
      '– –',
      '+2 % [−30, 35] not decided',
    ])
  })

  it('has no column in the table that is empty throughout', () => {
    const rows = madeRows().map(({ label, estimate, low, high, direction, isSignificant }) => {
      return { label, estimate, low, high, direction, isSignificant }
    })
    const { table } = forestPlot({ rows, scale: 'relative', theme: wide })
    expect(table.columns).toEqual(['Comparison', 'Difference from control', 'Reading'])
    for (const row of table.rows) expect(row).toHaveLength(3)
  })

  it('turns better and worse around where less is better', () => {
    const rows = madeRows().map((row) => ({ ...row, direction: 'decrease' as const }))
    const { summary } = forestPlot({ rows, scale: 'relative', theme: wide })
    expect(summary).toContain('1 better, 1 worse')
    expect(plain(summary)).toContain('Warm +3.1 % [1.2, 5.0] worse')
  })

  it('says so by shape as well as by colour: a filled circle, a filled square, hollow circles', () => {
    const svg = renderToSvg(forestPlot({ rows: madeRows(), scale: 'relative', theme: wide }), wide)
    const circles = [...svg.matchAll(/<circle [^>]*fill="([^"]+)"/g)].map((match) => match[1])
    expect(circles).toEqual([wide.good, wide.surface, wide.surface])
    expect(svg.match(new RegExp(`<path [^>]*fill="${wide.bad}"`, 'g'))).toHaveLength(1)
  })

  it('does not let one wide interval flatten the others', () => {
    const svg = renderToSvg(forestPlot({ rows: madeRows(), scale: 'relative', theme: wide }), wide)
    expect(textsOf(svg).map(plain)).toContain('6 %')
    expect(textsOf(svg).map(plain)).not.toContain('40 %')
  })

  it('says why a row has no numbers', () => {
    const texts = textsOf(renderToSvg(forestPlot({ rows: madeRows(), scale: 'relative', theme: wide }), wide))
    expect(texts).toContain('Too few units: 3 of at least 10 in each variant.')
  })

  it('puts the values under the label where it is narrow, and grows with its rows', () => {
    const [beside, below] = [wide, narrow].map((theme) => {
      const chart = forestPlot({ rows: madeRows(), scale: 'relative', theme })
      const svg = renderToSvg(chart, theme)
      const x = /translate\(([\d.]+) [\d.]+\)"[^>]*>\+3.1/.exec(svg)?.[1]
      const twice = forestPlot({ rows: [...madeRows(), ...madeRows()], scale: 'relative', theme })
      expect(twice.height).toBeGreaterThan(1.7 * chart.height)
      return Number(x)
    })
    expect(beside).toBeGreaterThan(800)
    expect(below).toBe(0)
  })

  it('cuts long labels in the drawing and keeps them in the table', () => {
    const label = 'a rather long name '.repeat(10).trim()
    const rows = madeRows().map((row) => ({ ...row, label }))
    for (const theme of [wide, narrow]) {
      const chart = forestPlot({ rows, scale: 'relative', theme })
      const texts = textsOf(renderToSvg(chart, theme))
      expect(texts.some((text) => text.startsWith('a rather') && text.endsWith('…'))).toBe(true)
      expect(texts).not.toContain(label)
      expect(chart.table.rows[0]?.[0]).toBe(label)
    }
  })

  it('writes absolute differences in the style of the metric', () => {
    const rows = madeRows().slice(0, 1)
    const { table } = forestPlot({ rows, scale: 'absolute', theme: wide, style: { kind: 'points' } })
    expect(plain(table.rows[0]?.[table.columns.indexOf('Difference from control')] ?? '')).toBe(
      '+3.1 pp [1.2, 5.0]',
    )
  })
})
