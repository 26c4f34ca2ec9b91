import { describe, expect, it } from 'vitest'
import { eventStudy, fixedEffects, type PanelRow } from './panel.ts'

/** Unit, period, first treated period, value; some periods are missing. */
const TABLE: readonly (readonly [number, number, number | undefined, number])[] = [
  [0, 0, undefined, 1.526],
  [0, 1, undefined, 2.536],
  [0, 2, undefined, 3.543],
  [0, 3, undefined, 4.181],
  [0, 4, undefined, 8.204],
  [0, 5, undefined, 6.69],
  [0, 6, undefined, 5.768],
  [1, 0, undefined, -0.3],
  [1, 1, undefined, 0.717],
  [1, 2, undefined, 0.442],
  [1, 3, undefined, 0.975],
  [1, 4, undefined, 0.664],
  [1, 5, undefined, 2.776],
  [1, 6, undefined, 1.804],
  [2, 0, undefined, -2.065],
  [2, 1, undefined, -1.038],
  [2, 2, undefined, -0.286],
  [2, 3, undefined, 0.592],
  [2, 4, undefined, -1.509],
  [2, 5, undefined, -0.04],
  [2, 6, undefined, -0.933],
  [3, 0, undefined, 1.3],
  [3, 1, undefined, 1.091],
  [3, 2, undefined, 0.737],
  [3, 3, undefined, 1.5],
  [3, 4, undefined, 1.232],
  [3, 5, undefined, 1.693],
  [3, 6, undefined, 2.534],
  [4, 0, undefined, -3.216],
  [4, 1, undefined, -2.19],
  [4, 2, undefined, -3.198],
  [4, 3, undefined, -1.482],
  [4, 4, undefined, -2.635],
  [4, 5, undefined, -2.554],
  [4, 6, undefined, -2.475],
  [5, 0, undefined, -2.028],
  [5, 1, undefined, -0.499],
  [5, 2, undefined, -1.363],
  [5, 3, undefined, 0.409],
  [5, 4, undefined, 0.517],
  [5, 5, undefined, 0.316],
  [5, 6, undefined, -0.783],
  [6, 0, 4, 1.28],
  [6, 1, 4, 1.989],
  [6, 2, 4, 3.39],
  [6, 3, 4, 1.935],
  [6, 4, 4, 5.801],
  [6, 5, 4, 6.136],
  [6, 6, 4, 6.531],
  [7, 0, 4, 0.84],
  [7, 1, 4, 1.426],
  [7, 2, 4, 2.205],
  [7, 3, 4, 4.018],
  [7, 4, 4, 3.037],
  [7, 5, 4, 3.377],
  [7, 6, 4, 2.027],
  [8, 0, 4, 0.832],
  [8, 1, 4, 0.982],
  [8, 2, 4, 2.649],
  [8, 3, 4, 2.794],
  [8, 4, 4, 4.869],
  [8, 5, 4, 5.894],
  [8, 6, 4, 4.736],
  [9, 0, 4, -0.123],
  [9, 1, 4, -0.88],
  [9, 2, 4, -0.319],
  [9, 3, 4, -1.304],
  [9, 4, 4, 3.247],
  [9, 5, 4, 1.904],
  [9, 6, 4, 0.603],
  [10, 0, 5, 1.711],
  [10, 1, 5, 2.122],
  [10, 2, 5, 0.836],
  [10, 4, 5, 2.114],
  [10, 5, 5, 3.975],
  [11, 0, 5, 2.272],
  [11, 1, 5, 0.159],
  [11, 2, 5, 0.861],
  [11, 3, 5, 2.682],
  [11, 4, 5, 3.944],
  [11, 5, 5, 6.795],
  [11, 6, 5, 5.87],
  [12, 0, 5, 1.058],
  [12, 2, 5, 0.742],
  [12, 3, 5, 1.154],
  [12, 4, 5, 1.155],
  [12, 5, 5, 4.042],
  [12, 6, 5, 4.316],
  [13, 0, 5, -2.632],
  [13, 1, 5, -1.83],
  [13, 2, 5, -1.261],
  [13, 3, 5, 0.641],
  [13, 4, 5, 0.305],
  [13, 5, 5, -0.016],
  [13, 6, 5, -0.925],
]
const ROWS = TABLE.map(
  ([unit, period, adoption, value]): PanelRow => ({
    unit,
    period,
    value,
    ...(adoption === undefined ? {} : { adoption }),
  }),
)

describe('fixedEffects', () => {
  it('equals least squares with a column for each unit and period (NumPy), clustered by unit', () => {
    const answer = fixedEffects(ROWS, 0.05)
    if (typeof answer === 'string') throw new Error(answer)
    expect(answer).toMatchObject({
      label: 'observational',
      units: 14,
      periods: 7,
      rows: 95,
      isStaggered: true,
    })
    expect(answer.effect.estimate).toBeCloseTo(1.6049012683241723, 12)
    expect(answer.effect.standardError).toBeCloseTo(0.6551330565842666, 12)
    expect(answer.effect.degreesOfFreedom).toBe(13)
    expect(answer.effect.pValue).toBeCloseTo(0.029227626714699074, 12)
  })

  it('is the difference of differences with two periods', () => {
    const value = (unit: number, period: number) =>
      unit * 3 + period * 2 + (unit % 5) * period + (unit > 5 && period ? 4 : 0)
    const rows = Array.from({ length: 10 }, (_, unit) =>
      [0, 1].map((period) => ({
        unit,
        period,
        value: value(unit, period),
        ...(unit > 4 ? { adoption: 1 } : {}),
      })),
    ).flat()
    const answer = fixedEffects(rows, 0.05)
    if (typeof answer === 'string') throw new Error(answer)
    const change = (units: number[]) =>
      units.reduce((sum, unit) => sum + value(unit, 1) - value(unit, 0), 0) / 5
    expect(answer.effect.estimate).toBeCloseTo(change([5, 6, 7, 8, 9]) - change([0, 1, 2, 3, 4]), 12)
    expect(answer.isStaggered).toBe(false)
  })

  it('says when there is nothing to compare with', () => {
    expect(
      fixedEffects(
        ROWS.map((row) => ({ ...row, adoption: 3 })),
        0.05,
      ),
    ).toBe('no-comparison')
    expect(
      fixedEffects(
        ROWS.filter(({ adoption }) => adoption === undefined),
        0.05,
      ),
    ).toBe('no-comparison')
    expect(fixedEffects([], 0.05)).toBe('too-few-rows')
    expect(fixedEffects([...ROWS, ROWS[0] as PanelRow], 0.05)).toBe('invalid-values')
    expect(fixedEffects([...ROWS, { unit: 1, period: 9, value: Number.NaN }], 0.05)).toBe('invalid-values')
  })
})

describe('eventStudy', () => {
  it('equals least squares with a column for each time since adoption (NumPy)', () => {
    const answer = eventStudy(ROWS, { before: 3, after: 1, alpha: 0.05 })
    if (typeof answer === 'string') throw new Error(answer)
    const estimates = [-0.022593363455667044, 0.6604343709699855, 1.7794933950275098, 1.6525360313341433]
    const errors = [0.7590683802573048, 0.6395198103097265, 0.6897332847908547, 0.8462334877535718]
    expect(answer.effects.map(({ periodsSinceAdoption }) => periodsSinceAdoption)).toEqual([-3, -2, 0, 1])
    for (const [i, effect] of answer.effects.entries()) {
      expect(effect.estimate).toBeCloseTo(estimates[i] as number, 11)
      expect(effect.standardError).toBeCloseTo(errors[i] as number, 11)
    }
    expect(answer.preTrend.statistic).toBeCloseTo(2.4079567517274167, 11)
    expect(answer.preTrend.degreesOfFreedom).toEqual([2, 13])
    expect(answer.preTrend.pValue).toBeCloseTo(0.12893747736762018, 12)
  })

  it('finds trends that differed before', () => {
    const rows = ROWS.map((row) => ({
      ...row,
      value: row.value + (row.adoption === undefined ? 0 : 5 * row.period),
    }))
    const answer = eventStudy(rows, { before: 3, after: 1, alpha: 0.05 })
    if (typeof answer === 'string') throw new Error(answer)
    expect(answer.preTrend.pValue).toBeLessThan(0.001)
  })

  it('needs units without treatment', () => {
    const treated = ROWS.map((row) => ({ ...row, adoption: 4 }))
    expect(eventStudy(treated, { before: 3, after: 1, alpha: 0.05 })).toBe('no-comparison')
  })
})
