import type { PowerReport } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { chartTheme } from './chart-theme.ts'
import { PERCENT } from './format/index.ts'
import { detectableEffect, powerByUnits } from './power-curves.ts'
import { renderToSvg, textsOf } from './testing/render.ts'

const UNITS = [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000]

/** Power and effects of about the right shape; 10 % today, a fifth more is sought. */
function madeReport(unitsPerDay?: number): PowerReport {
  const durationWith = (units: number) => {
    if (unitsPerDay === undefined) return {}
    const days = Math.ceil((2 * units) / unitsPerDay)
    return { duration: { days, weeks: Math.ceil(days / 7) } }
  }
  return {
    status: 'answered',
    answer: {
      status: 'answered',
      solvedFor: 'unitsPerVariant',
      unitsPerVariant: 4000,
      controlUnits: 4000,
      units: 8000,
      minimumDetectableEffect: 0.2,
      effect: { relative: 0.2, absolute: 0.02 },
      power: 0.81,
      baseline: 0.1,
      alphaPerComparison: 0.025,
      comparisons: 1,
      correction: 'bonferroni',
      controlRatio: 1,
      inflation: 1,
      expectedUnitsPerVariant: 4000,
      designEffect: 1,
      method: 'two proportions',
      ...durationWith(4000),
    },
    targetPower: 0.8,
    powerCurve: UNITS.map((units) => ({
      unitsPerVariant: units,
      power: 1 - Math.exp(-units / 2400),
      ...durationWith(units),
    })),
    effectCurve: UNITS.map((units) => ({
      unitsPerVariant: units,
      minimumDetectableEffect: 0.2 * Math.sqrt(4000 / units),
      ...durationWith(units),
    })),
    alternatives: [],
  }
}

const plain = (text: string) => text.replaceAll(/[\u202f\u00a0]/g, ' ')

describe.each([360, 900])('%d pixels wide', (width) => {
  it.each(['light', 'dark'] as const)('both are drawn, %s', (scheme) => {
    const theme = chartTheme(scheme, width)
    for (const report of [madeReport(), madeReport(1000)]) {
      for (const chart of [
        powerByUnits({ report, theme }),
        detectableEffect({ report, style: PERCENT, theme }),
      ]) {
        const svg = renderToSvg(chart, theme)
        expect(svg).not.toMatch(/NaN|undefined|Infinity/)
        expect(svg).toContain(`width="${width}" height="${chart.height}"`)
        for (const row of chart.table.rows) expect(row).toHaveLength(chart.table.columns.length)
        expect(chart.table.rows).toHaveLength(UNITS.length)
      }
    }
  })
})

describe('power by units', () => {
  const theme = chartTheme('light', 900)
  const { summary, option } = powerByUnits({ report: madeReport(1000), theme })

  it('marks the answer and the power that is asked for', () => {
    const series = option.series as readonly {
      readonly id: string
      readonly data: unknown
      readonly markLine?: unknown
    }[]
    expect(series[1]).toMatchObject({ id: 'answer', data: [[4000, 0.81]] })
    expect(series[0]?.markLine).toMatchObject({ data: [{ yAxis: 0.8 }] })
    expect(plain(summary)).toBe('Power rises with the units: 4,000 units per variant have 81.0 %.')
  })

  it('tells of each point when asked', () => {
    const { tooltip } = option as { readonly tooltip: { readonly formatter: (hovered: unknown) => string } }
    const text = plain(tooltip.formatter([{ dataIndex: 1 }]))
    for (const part of ['2,000 units per variant', '56.5 %', 'Days', '4']) expect(text).toContain(part)
    expect(tooltip.formatter([])).toBe('')
  })
})

describe('detectable effect', () => {
  const theme = chartTheme('light', 900)

  it('goes by days where they are known, else by units', () => {
    const textsWith = (perDay?: number) =>
      textsOf(renderToSvg(detectableEffect({ report: madeReport(perDay), style: PERCENT, theme }), theme))
    expect(textsWith(1000)).toContain('Days')
    expect(textsWith()).toContain('Units per variant')
    const { summary } = detectableEffect({ report: madeReport(1000), style: PERCENT, theme })
    expect(plain(summary)).toBe(
      'With 4,000 units per variant, after 8 days, an effect of +20.0 % is found with 80.0 % power.',
    )
  })

  it('says so where there is none', () => {
    const report = { ...madeReport(), effectCurve: [] }
    const chart = detectableEffect({ report, style: PERCENT, theme })
    expect(textsOf(renderToSvg(chart, theme)).join(' ')).toContain('So few units')
    expect(chart.table.rows).toEqual([])
  })
})
