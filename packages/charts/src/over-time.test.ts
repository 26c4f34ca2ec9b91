import type { MetricHistory } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { chartTheme } from './chart-theme.ts'
import { effectOverTime } from './effect-over-time.ts'
import { metricOverTime } from './metric-over-time.ts'
import { madeHistory, madeVariants, NOW } from './testing/fixture.ts'
import { renderToSvg, textsOf } from './testing/render.ts'

const theme = chartTheme('light', 900)

/** One treatment whose interval is enormous in the first quarter of the points. */
function wildBeginning(): MetricHistory {
  const history = madeHistory({ points: 40, variants: 2, seed: 1 })
  const points = history.points.map((point, i) => {
    const width = i < 10 ? 50 : 0.01
    const interval = { estimate: 0.02, low: 0.02 - width, high: 0.02 + width }
    return { ...point, effects: { v1: { method: 'Welch’s t', absolute: interval, relative: interval } } }
  })
  return { ...history, points }
}

describe('the effect over time', () => {
  it('fits its values to the last two thirds of the points', () => {
    const chart = effectOverTime({
      history: wildBeginning(),
      variants: madeVariants(2),
      scale: 'relative',
      theme,
    })
    expect(chart.option).toMatchObject({ yAxis: { min: 0 } })
    const { yAxis } = chart.option as { readonly yAxis: { readonly max: number } }
    expect(yAxis.max).toBeCloseTo(0.03, 9)
  })

  it('says when its bands hold: under the times, in words and on hovering', () => {
    const history = madeHistory({ points: 12, variants: 2, seed: 2 })
    const shared = { history, variants: madeVariants(2), scale: 'relative', theme } as const
    const always = effectOverTime({ ...shared, inference: 'always-valid' })
    const once = effectOverTime({ ...shared, inference: 'fixed-horizon' })
    const words = [
      '95\u202f% confidence sequence, valid at every look',
      '95\u202f% intervals, each valid for one look',
    ]
    for (const [i, chart] of [always, once].entries()) {
      expect(textsOf(renderToSvg(chart, theme))).toContain(words[i])
      expect(chart.summary).toContain(words[i])
    }
    const without = effectOverTime(shared)
    expect(always.height).toBeGreaterThan(without.height)
    expect(textsOf(renderToSvg(without, theme)).join()).not.toContain('valid')
  })

  it('keeps zero in sight', () => {
    const history = madeHistory({ points: 40, variants: 2, seed: 1 })
    const interval = { estimate: 5, low: 4, high: 6 }
    const points = history.points.map((point) => ({
      ...point,
      effects: { v1: { method: 'm', absolute: interval, relative: null } },
    }))
    const chart = effectOverTime({
      history: { ...history, points },
      variants: madeVariants(2),
      scale: 'absolute',
      theme,
    })
    expect(chart.option).toMatchObject({ yAxis: { min: 0 } })
  })

  it('shows six treatments at most, those with the most units, and says so', () => {
    const history = madeHistory({ points: 12, variants: 10, seed: 4 })
    const chart = effectOverTime({ history, variants: madeVariants(10), scale: 'relative', theme })
    // Units of the fixture fall with the number of the variant.
    expect(chart.table.columns).toEqual([
      'Time',
      'Warm',
      'Bold and short',
      'Curious',
      'Playful',
      'Formal',
      'Brief',
    ])
    expect(chart.summary).toContain('Only the 6 variants with the most units are shown; 3 more variants not.')
  })

  it('leaves out points without numbers and says how many', () => {
    const history = madeHistory({ points: 12, variants: 3, seed: 4 })
    const chart = effectOverTime({ history, variants: madeVariants(3), scale: 'relative', theme })
    expect(chart.table.rows.slice(0, 3).map((row) => row[1] === '–')).toEqual([true, true, false])
    expect(chart.summary).toContain('Left out: 4 points without a number.')
  })

  it('shows a single point', () => {
    const history = madeHistory({ points: 3, variants: 2, seed: 4 })
    const chart = effectOverTime({ history, variants: madeVariants(2), scale: 'relative', theme })
    const svg = renderToSvg(chart, theme)
    expect(svg).toContain(`fill="${theme.palette[0]}"`)
    expect(chart.summary).toMatch(/^Difference from control at .+: Warm [+−][\d.]+/)
  })

  it('says why there is nothing', () => {
    const empty = { ...madeHistory({ points: 0, variants: 3, seed: 1 }), status: 'refused' as const }
    const variants = madeVariants(3)
    const effect = effectOverTime({ history: empty, variants, scale: 'absolute', theme })
    const metric = metricOverTime({ history: empty, variants, theme })
    for (const chart of [effect, metric]) {
      expect(textsOf(renderToSvg(chart, theme))).toEqual(['Not shown: these numbers would mislead'])
    }
    expect(effect.summary).toBe('There is no difference from control to show yet.')
  })

  it('tells the numbers of a point with their method', () => {
    const history = madeHistory({ points: 12, variants: 3, seed: 4 })
    const { option, table } = effectOverTime({ history, variants: madeVariants(3), scale: 'relative', theme })
    const { tooltip } = option as { readonly tooltip: { readonly formatter: (hovered: unknown) => string } }
    const html = tooltip.formatter([{ dataIndex: 11 }])
    expect(html).toContain(table.rows[11]?.[1])
    expect(html).toContain('two-proportion z, unpooled')
    expect(html).toContain('95\u202f% intervals')
    expect(tooltip.formatter([])).not.toContain('NaN')
  })
})

describe('the metric over time', () => {
  it('shows the control in its grey, and all variants where they are few', () => {
    const history = madeHistory({ points: 24, variants: 3, seed: 4 })
    const chart = metricOverTime({ history, variants: madeVariants(3), theme })
    expect(chart.table.columns).toEqual(['Time', 'Control', 'Warm', 'Bold and short'])
    expect(renderToSvg(chart, theme)).toContain(`fill="${theme.control}"`)
    expect(chart.summary).toMatch(/^Value of each variant at .+: Control 1\d\.\d\u202f%/)
  })

  it('passes over a variant that the history does not know, and a name like a property of all objects', () => {
    const history = madeHistory({ points: 24, variants: 2, seed: 4 })
    const variants = [...madeVariants(2), { key: 'constructor', name: 'New' }]
    const chart = metricOverTime({ history, variants, theme })
    expect(chart.table.rows.at(-1)?.at(-1)).toBe('–')
    expect(renderToSvg(chart, theme)).not.toContain('NaN')
    expect(history.points.at(-1)?.at).toBe(NOW)
  })
})
