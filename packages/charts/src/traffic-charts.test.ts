import { describe, expect, it } from 'vitest'
import { chartTheme } from './chart-theme.ts'
import { exposuresPerHour } from './exposures-per-hour.ts'
import { madeSampleRatio, madeTraffic, madeVariants, NOW } from './testing/fixture.ts'
import { renderToSvg, textsOf } from './testing/render.ts'
import { unitsPerVariant } from './units-per-variant.ts'

const theme = chartTheme('light', 900)

function plain(text: string): string {
  return text.replaceAll(/[\u202f\u00a0]/g, ' ')
}

describe('units per variant', () => {
  const lopsided = [12_012, 11_950, 11_101]
  const draw = (pValue: number, alpha?: number) => {
    const chart = unitsPerVariant({
      sampleRatio: madeSampleRatio(lopsided, pValue),
      variants: madeVariants(3),
      theme,
      control: 'v0',
      ...(alpha === undefined ? {} : { alpha }),
    })
    return { ...chart, svg: renderToSvg(chart, theme) }
  }

  it('is alarmed only when the check fails', () => {
    expect(draw(1e-9).svg).toContain(theme.bad)
    expect(draw(0.4).svg).not.toContain(theme.bad)
    expect(draw(0.02).svg).not.toContain(theme.bad)
    expect(draw(0.02, 0.05).svg).toContain(theme.bad)
    expect(draw(Number.NaN).svg).not.toContain(theme.bad)
  })

  it('tells the differences from what was expected', () => {
    expect(plain(draw(0.4).summary)).toBe(
      'Units and their difference from what was expected: Control 12,012 (+2.8 %); Warm 11,950 (+2.2 %); Bold and short 11,101 (−5.0 %). The sizes fit the intended shares (p = 0.40).',
    )
    expect(draw(1e-9).summary).toContain('do not fit the intended shares (p < 0.0001)')
    expect(draw(Number.NaN).summary).toContain('could not be checked')
    expect(textsOf(draw(0.4).svg).map(plain)).toContain('11,101 (−5.0 %)')
  })

  it('marks where each was expected', () => {
    const ticks = draw(0.4).svg.match(new RegExp(`stroke="${theme.text}" stroke-width="2"`, 'g'))
    expect(ticks).toHaveLength(3)
  })

  it('draws the thirty that depart most of very many, and has all in the table', () => {
    const counts = Array.from({ length: 100 }, (_, i) => (i === 77 ? 2000 : 1000 + (i % 7)))
    const chart = unitsPerVariant({
      sampleRatio: madeSampleRatio(counts, 1e-9),
      variants: madeVariants(100),
      theme,
    })
    expect(chart.table.rows).toHaveLength(100)
    expect(textsOf(renderToSvg(chart, theme))).toContain('Variant 77')
    expect(chart.summary).toContain('Drawn are the 30 variants that depart most.')
  })
})

describe('exposures per hour', () => {
  const chartOf = (hours: number, variants: number) => {
    const traffic = madeTraffic(hours, variants, 9)
    const chart = exposuresPerHour({
      traffic,
      variants: madeVariants(variants),
      theme,
      now: NOW,
      control: 'v0',
    })
    const all = Object.values(traffic.units).reduce((a, b) => a + b, 0)
    const { series } = chart.option as { readonly series: readonly { readonly data: readonly number[] }[] }
    const drawn = series.flatMap(({ data }) => data).reduce((a, b) => a + b, 0)
    return { chart, all, drawn, bars: series[0]?.data ?? [] }
  }

  it.each([
    [30, 3],
    [300, 3],
    [700, 9],
  ])('draws every unit of %s hours once, for %s variants', (hours, variants) => {
    const { all, drawn } = chartOf(hours, variants)
    expect(drawn).toBe(all)
  })

  it('has zeros where no unit came', () => {
    const { bars } = chartOf(30, 3)
    expect(bars).toHaveLength(30)
    expect(bars[4]).toBe(0)
  })

  it('draws hours, then six of them, then days', () => {
    expect(chartOf(100, 2).chart.summary).toContain('per hour')
    expect(chartOf(200, 2).chart.summary).toContain('per six hours')
    expect(chartOf(600, 2).chart.summary).toContain('per day')
  })

  it('takes small variants together and says so', () => {
    const { chart } = chartOf(30, 12)
    expect(chart.table.columns.at(-2)).toBe('5 other variants')
    expect(chart.summary).toContain('5 variants beyond the largest 7 are taken together.')
  })

  it('leaves out hours that cannot be', () => {
    const traffic = madeTraffic(10, 2, 1)
    const hours = [{ at: 0, units: { v0: 5 } }, ...traffic.hours, { at: NOW * 2, units: { v0: 5 } }]
    const chart = exposuresPerHour({
      traffic: { ...traffic, hours },
      variants: madeVariants(2),
      theme,
      now: NOW,
    })
    expect(chart.table.rows).toHaveLength(10)
    expect(chart.summary).toContain('Left out: 2 hours that are too long ago or in the future.')
  })
})
