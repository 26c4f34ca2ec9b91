import type { PosteriorAnalysis } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { chartTheme } from './chart-theme.ts'
import { type DensityCurve, posteriorDensities } from './posterior-densities.ts'
import { madeVariants } from './testing/fixture.ts'
import { renderToSvg, textsOf } from './testing/render.ts'

const theme = chartTheme('light', 720)
const PERCENT = { kind: 'percent' } as const

function madePosterior(count: number): PosteriorAnalysis {
  const entries = madeVariants(count).map(({ key }, i) => {
    const estimate = 0.2 + i / 100
    const interval = { estimate, low: estimate - 0.02, high: estimate + 0.02 }
    const comparison = {
      chanceToBeatControl: 0.9,
      absolute: interval,
      relative: null,
      chanceOfEquivalence: null,
    }
    const posterior = { value: interval, probabilityBest: i / 10, expectedLoss: 0.001 }
    return [key, i === 0 ? posterior : { ...posterior, comparison }] as const
  })
  return { method: 'beta-binomial, prior Beta(1, 1)', variants: Object.fromEntries(entries) }
}

/** A triangle on the posterior's interval and as much on either side. */
function curvesOf({ variants }: PosteriorAnalysis): Record<string, DensityCurve> {
  return Object.fromEntries(
    Object.entries(variants).map(([key, { value }]) => {
      const x = Array.from({ length: 41 }, (_, i) => value.estimate + (i - 20) / 500)
      return [key, { x, density: x.map((at) => 25 - 600 * Math.abs(at - value.estimate)) }]
    }),
  )
}

const chartOf = (
  count: number,
  changes: { curves?: Record<string, DensityCurve>; posterior?: PosteriorAnalysis } = {},
) => {
  const posterior = changes.posterior ?? madePosterior(count)
  const curves = changes.curves ?? curvesOf(posterior)
  return posteriorDensities({
    posterior,
    curves,
    variants: madeVariants(count),
    control: 'v0',
    theme,
    style: PERCENT,
  })
}

interface Line {
  readonly id: string
  readonly data: readonly (readonly [number, number])[]
}
const seriesOf = (chart: ReturnType<typeof chartOf>) => chart.option.series as unknown as readonly Line[]

describe('posterior densities', () => {
  it('are a curve for each variant, filled between the bounds of its interval', () => {
    const chart = chartOf(3)
    expect(seriesOf(chart).map(({ id }) => id)).toEqual([
      'area v0',
      'line v0',
      'area v1',
      'line v1',
      'area v2',
      'line v2',
    ])
    const [area, line] = seriesOf(chart)
    expect(line?.data).toHaveLength(41)
    const inside = area?.data.map(([x]) => x) ?? []
    expect(inside.length).toBeGreaterThan(15)
    expect(inside.every((x) => x >= 0.18 && x <= 0.22)).toBe(true)
    const texts = textsOf(renderToSvg(chart, theme))
    expect(texts).toEqual(expect.arrayContaining(['Control', 'Warm', 'Bold and short']))
  })

  it('say the same in words and numbers', () => {
    const { table, summary } = chartOf(3)
    expect(table.columns).toHaveLength(6)
    expect(table.rows[0]).toEqual([
      'Control',
      '20.0\u202f%',
      '[18.0, 22.0]\u202f%',
      '<\u202f0.1\u202f%',
      '–',
      '0.10\u00a0pp',
    ])
    expect(table.rows[2]?.slice(3, 5)).toEqual(['20.0\u202f%', '90.0\u202f%'])
    expect(summary).toContain('Warm 21.0\u202f% in [19.0, 23.0]\u202f%, 10.0\u202f%')
  })

  it('of many variants are those that are most likely the best, and the control', () => {
    const chart = chartOf(12)
    const drawn = seriesOf(chart)
      .filter(({ id }) => id.startsWith('line'))
      .map(({ id }) => id)
    expect(drawn).toEqual(['line v0', 'line v6', 'line v7', 'line v8', 'line v9', 'line v10', 'line v11'])
    expect(chart.table.rows).toHaveLength(12)
    expect(chart.summary).toMatch(/six that are most likely the best are drawn\.$/)
  })

  it('leave out what is no number, and say when nothing is left', () => {
    const broken = { x: [0.1, Number.NaN, 0.3, 0.4], density: [1, 2, Number.POSITIVE_INFINITY, -1] }
    const chart = chartOf(2, { curves: { v0: broken, v1: broken } })
    const svg = renderToSvg(chart, theme)
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    expect(textsOf(svg)).toContain('No posterior to show yet')
    expect(chartOf(2, { posterior: { method: 'm', variants: {} } }).summary).toBe(
      'There is no posterior to show yet.',
    )
  })
})
