import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chartTheme } from './chart-theme.ts'
import { posteriorIntervals } from './posterior-intervals.ts'
import { madePosterior, madeVariants } from './testing/fixture.ts'
import { renderToSvg, textsOf } from './testing/render.ts'

const theme = chartTheme('light', 900)
const question = {
  posterior: madePosterior(3),
  variants: madeVariants(3),
  control: 'v0',
  scale: 'absolute',
  direction: 'increase',
  alpha: 0.05,
  theme,
} as const

function plain(text: string): string {
  return text.replaceAll(/[\u202f\u00a0]/g, ' ')
}

describe('posterior intervals', () => {
  it('have a row per treatment, with the chance that it is better', () => {
    const chart = posteriorIntervals({ ...question, style: { kind: 'points' } })
    const texts = textsOf(renderToSvg(chart, theme)).map(plain)
    for (const text of ['Warm', '96.9 % likely better', '+0.20 pp [−0.20, 0.60]', '99.9 % likely better'])
      expect(texts).toContain(text)
    expect(texts).not.toContain('Control')
    expect(plain(chart.summary)).toBe(
      'Posterior difference from control with 95 % credible intervals: Warm +0.20 pp [−0.20, 0.60], 96.9 % likely better; Bold and short +0.40 pp [0.00, 0.80], 99.9 % likely better.',
    )
    expect(chart.table.rows).toHaveLength(2)
  })

  it('draws no relative difference where there is none, and says so in the table', () => {
    const chart = posteriorIntervals({ ...question, scale: 'relative' })
    expect(textsOf(renderToSvg(chart, theme))).not.toContain('Bold and short')
    expect(chart.table.rows[1]?.[1]).toBe('–')
  })

  it('shows the zone of differences that do not matter', () => {
    const svg = renderToSvg(
      posteriorIntervals({ ...question, scale: 'relative', practicalEquivalence: 0.01 }),
      theme,
    )
    const zones = (text: string) => text.match(new RegExp(`fill="${theme.line}"`, 'g'))?.length ?? 0
    expect(zones(svg)).toBe(1)
    expect(zones(renderToSvg(posteriorIntervals({ ...question, scale: 'relative' }), theme))).toBe(0)
  })

  it('keeps to the likeliest where variants are many, and to words where there are none', () => {
    const many = { ...question, posterior: madePosterior(100), variants: madeVariants(100) }
    const chart = posteriorIntervals(many)
    expect(chart.height).toBeLessThan(31 * 60)
    expect(chart.table.rows).toHaveLength(99)
    const none = posteriorIntervals({ ...question, variants: [] })
    expect(none.summary).toBe('There is no posterior to show yet.')
    expect(renderToSvg(none, theme)).not.toMatch(/NaN|undefined/)
  })

  it('is drawn with any numbers', () => {
    const number = fc.oneof(
      fc.double(),
      fc.constantFrom(null, Number.NaN, 0, 1e308, -1e308, Number.POSITIVE_INFINITY),
    ) as fc.Arbitrary<number>
    const interval = fc.record({ estimate: number, low: number, high: number })
    const comparison = fc.record({
      chanceToBeatControl: number,
      absolute: interval,
      relative: fc.option(interval),
      chanceOfEquivalence: fc.option(number),
    })
    const variant = fc.record({ value: interval, probabilityBest: number, expectedLoss: number, comparison })
    fc.assert(
      fc.property(fc.record({ v1: variant, v2: variant }), number, (variants, practicalEquivalence) => {
        for (const scale of ['absolute', 'relative'] as const) {
          const posterior = { method: 'm', variants }
          const chart = posteriorIntervals({ ...question, posterior, scale, practicalEquivalence })
          expect(renderToSvg(chart, theme)).not.toMatch(/NaN|Infinity/)
        }
      }),
      { seed: 17, numRuns: 40 },
    )
  })
})
