import type { EChartsOption } from 'echarts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BuiltChart, NamedVariant } from './built-chart.ts'
import { type ChartTheme, chartTheme } from './chart-theme.ts'
import { effectOverTime } from './effect-over-time.ts'
import { exposuresPerHour } from './exposures-per-hour.ts'
import { forestPlot } from './forest-plot.ts'
import { metricOverTime } from './metric-over-time.ts'
import { posteriorIntervals } from './posterior-intervals.ts'
import {
  madeHistory,
  madePosterior,
  madeRows,
  madeSampleRatio,
  madeTraffic,
  madeVariants,
  NOW,
} from './testing/fixture.ts'
import { renderToSvg, textsOf } from './testing/render.ts'
import { unitsPerVariant } from './units-per-variant.ts'

/** A tag whose attributes are all closed. */
const TAG = /<[a-zA-Z]+( +[a-zA-Z0-9:_-]+="[^"<]*")* *>|<\/[a-zA-Z]+>/g
const STYLE_SHEET = /<!\[CDATA\[[\s\S]*?\]\]>/
const MARKUP = '<img src=x onerror=alert(1)> {a|b}'

/** Every builder with the same kind of data, by name. */
const BUILDERS: Readonly<
  Record<string, (variants: readonly NamedVariant[], theme: ChartTheme) => BuiltChart>
> = {
  forestPlot: (variants, theme) => {
    const rows = variants.slice(1).map(({ name }, i) => ({
      ...(madeRows()[i % 5] as ReturnType<typeof madeRows>[number]),
      label: name,
    }))
    return forestPlot({ rows, scale: 'relative', theme })
  },
  effectOverTime: (variants, theme) =>
    effectOverTime({
      history: madeHistory({ points: 30, variants: variants.length, seed: 1 }),
      variants,
      scale: 'relative',
      theme,
    }),
  metricOverTime: (variants, theme) =>
    metricOverTime({
      history: madeHistory({ points: 30, variants: variants.length, seed: 1 }),
      variants,
      theme,
    }),
  posteriorIntervals: (variants, theme) =>
    posteriorIntervals({
      posterior: madePosterior(variants.length),
      variants,
      control: 'v0',
      scale: 'absolute',
      direction: 'increase',
      alpha: 0.05,
      theme,
    }),
  unitsPerVariant: (variants, theme) =>
    unitsPerVariant({
      sampleRatio: madeSampleRatio(
        variants.map((_, i) => 1000 + i),
        0.5,
      ),
      variants,
      theme,
      control: 'v0',
    }),
  exposuresPerHour: (variants, theme) =>
    exposuresPerHour({
      traffic: madeTraffic(40, variants.length, 1),
      variants,
      theme,
      now: NOW,
      control: 'v0',
    }),
}

/** Tooltip of the datum at `index`. */
function tooltipOf({ option }: BuiltChart, index: number): string {
  const { tooltip } = option as { readonly tooltip: EChartsOption['tooltip'] }
  const formatter = Array.isArray(tooltip) ? undefined : tooltip?.formatter
  if (typeof formatter !== 'function') throw new Error('no tooltip')
  return String(formatter([{ dataIndex: index }] as never, 'ticket', () => undefined))
}

describe.each(Object.entries(BUILDERS))('%s', (_, build) => {
  it.each([
    [360, 'light'],
    [360, 'dark'],
    [1200, 'light'],
    [1200, 'dark'],
  ] as const)('draws at %s pixels in the %s scheme', (width, scheme) => {
    const theme = chartTheme(scheme, width)
    const chart = build(madeVariants(4), theme)
    const svg = renderToSvg(chart, theme)
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
    // Every attribute ends where it should: one quote too many would break the document.
    expect(svg.replaceAll(TAG, '').replace(STYLE_SHEET, '')).not.toMatch(/[<>="]/)
    expect(svg).toContain(`width="${width}" height="${chart.height}"`)
    expect(textsOf(svg).join(' ')).toContain('Bold')
    expect(chart.summary).toMatch(/\S\.$/)
    expect(chart.table.rows.length).toBeGreaterThan(0)
    for (const row of chart.table.rows) expect(row).toHaveLength(chart.table.columns.length)
  })

  it('shows markup in names as text, in the drawing and in the tooltip', () => {
    const theme = chartTheme('light', 1200)
    const variants = madeVariants(3).map((variant) => ({ ...variant, name: MARKUP }))
    const chart = build(variants, theme)
    const svg = renderToSvg(chart, theme)
    expect(svg).not.toContain('<img')
    expect(svg).toContain('&lt;img')
    for (const tooltip of [0, 1, 2].map((index) => tooltipOf(chart, index))) {
      expect(tooltip).not.toContain('<img')
      expect(tooltip).not.toMatch(/style=|NaN|undefined/)
    }
    expect(tooltipOf(chart, 1)).toContain('&lt;img')
  })

  it('is the same for the same data, and takes a thousand variants', () => {
    const theme = chartTheme('dark', 800)
    const chart = build(madeVariants(1000), theme)
    const draw = (built: BuiltChart) => renderToSvg(built, theme).replaceAll(/zr\d+-[a-z]+-?\d+/g, 'id')
    expect(draw(build(madeVariants(1000), theme))).toBe(draw(chart))
    expect(chart.summary.length).toBeLessThan(600)
  })

  it('says that there is nothing rather than to break', () => {
    const theme = chartTheme('light', 360)
    const chart = build([], theme)
    expect(renderToSvg(chart, theme)).not.toMatch(/NaN|undefined/)
    expect(chart.summary).toMatch(/\.$/)
  })
})

/** Numbers as hostile senders make them, and null, which JSON has for what is no number. */
const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(null, Number.NaN, 0, -0, 1e308, -1e308, 5e-324, Number.POSITIVE_INFINITY),
  fc.double({ min: -1, max: 1, noNaN: true }),
) as fc.Arbitrary<number>
const bounds = { estimate: anyNumber, low: anyNumber, high: anyNumber }
const interval = fc.record(bounds)
const theme = chartTheme('light', 400)
const three = madeVariants(3)
const PROPERTY = { seed: 17, numRuns: 40 }

describe('with any numbers', () => {
  it('the forest plot is drawn', () => {
    const row = fc.record({ ...bounds, isSignificant: fc.boolean(), label: fc.string() })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), fc.constantFrom('absolute', 'relative'), (rows, scale) => {
        const direction = 'increase' as const
        const chart = forestPlot({ rows: rows.map((each) => ({ ...each, direction })), scale, theme })
        expect(renderToSvg(chart, theme)).not.toMatch(/NaN|Infinity/)
      }),
      PROPERTY,
    )
  })

  it('charts over time are drawn', () => {
    const effect = fc.option(
      fc.record({ method: fc.constant('m'), absolute: interval, relative: fc.option(interval) }),
    )
    const summary = fc.record({ n: anyNumber, mean: anyNumber })
    const point = fc.record({
      at: fc.oneof(fc.integer({ min: NOW - 1e9, max: NOW }), fc.constant(null as unknown as number)),
      variants: fc.record({ v0: summary, v1: summary }),
      effects: fc.record({ v1: effect, v2: effect }),
    })
    fc.assert(
      fc.property(fc.array(point, { maxLength: 8 }), (points) => {
        const history = { ...madeHistory({ points: 0, variants: 3, seed: 1 }), points }
        for (const scale of ['absolute', 'relative'] as const) {
          const chart = effectOverTime({ history, variants: three, scale, theme })
          expect(renderToSvg(chart, theme)).not.toMatch(/NaN|Infinity/)
        }
        expect(renderToSvg(metricOverTime({ history, variants: three, theme }), theme)).not.toMatch(
          /NaN|Infinity/,
        )
      }),
      PROPERTY,
    )
  })

  it('counts of units are drawn', () => {
    const counts = fc.record({ v0: anyNumber, v1: anyNumber, v2: anyNumber })
    fc.assert(
      fc.property(counts, counts, anyNumber, (units, expected, pValue) => {
        const sampleRatio = { ...madeSampleRatio([1, 1, 1], pValue), counts: units, expected }
        const chart = unitsPerVariant({ sampleRatio, variants: three, theme })
        expect(renderToSvg(chart, theme)).not.toMatch(/NaN|Infinity/)
        const hours = [NOW - 7e6, NOW - 36e5, NOW].map((at) => ({ at, units }))
        const traffic = { hours, units }
        const bars = exposuresPerHour({ traffic, variants: three, theme, now: NOW })
        expect(renderToSvg(bars, theme)).not.toMatch(/NaN|Infinity/)
      }),
      PROPERTY,
    )
  })
})
