import { describe, expect, it } from 'vitest'
import { BUILT_IN_METRICS } from '../../../../engine/src/built-in-metrics.ts'
import { createMetric, type MetricInput } from '../../../../engine/src/metric.ts'
import { exactly, metricInWords, periodInWords, rangeInWords } from './metric-in-words.ts'

const words = (input: Partial<MetricInput> & Pick<MetricInput, 'kind'>): string =>
  metricInWords(createMetric({ key: 'revenue', ...input }))

describe('metricInWords', () => {
  it.each<[string, Partial<MetricInput> & Pick<MetricInput, 'kind'>]>([
    [
      'Sum of revenue per unit, capped at 500, counted for 7 days after the exposure; units without any count as zero',
      { kind: 'mean', cap: 500, windowDays: 7, unitOfMeasure: 'currency' },
    ],
    [
      'Average of revenue per unit, capped at 1,234.5 s; units without any are left out',
      { kind: 'mean', aggregation: 'mean', cap: 1234.5, unitOfMeasure: 's' },
    ],
    [
      'Average of revenue per unit; units without any count as zero',
      { kind: 'mean', aggregation: 'mean', missing: 'zero' },
    ],
    [
      'Number of outcomes of orders per unit; units without any count as zero',
      { kind: 'count', source: 'orders', aggregation: 'count' },
    ],
    ['Smallest revenue per unit; units without any are left out', { kind: 'mean', aggregation: 'minimum' }],
    ['Largest revenue per unit; units without any are left out', { kind: 'mean', aggregation: 'maximum' }],
    ['Latest revenue per unit; units without any are left out', { kind: 'mean', aggregation: 'last' }],
    [
      '1 for a non-zero outcome of revenue, else 0, per unit; units without any count as zero',
      { kind: 'mean', aggregation: 'any' },
    ],
    [
      'Share of units with a non-zero outcome of orders, counted for 36 hours after the exposure',
      { kind: 'proportion', source: 'orders', windowDays: 1.5 },
    ],
    [
      'Sum of (revenue − 2 × cost) divided by the sum of (−cost + 0.5 × clicks), over all units, each unit’s part capped at 9; units without any count as zero',
      {
        kind: 'ratio',
        cap: 9,
        numerator: [
          { source: 'revenue', weight: 1 },
          { source: 'cost', weight: -2 },
        ],
        denominator: [
          { source: 'cost', weight: -1 },
          { source: 'clicks', weight: 0.5 },
        ],
      },
    ],
    [
      'Number of outcomes of clicks divided by the number of outcomes of visits, over all units; units without any are left out',
      { kind: 'ratio', numerator: 'clicks', denominator: 'visits', aggregation: 'count', missing: 'exclude' },
    ],
    [
      'Median over units of the sum of revenue; units without any count as zero',
      { kind: 'quantile', quantile: 0.5 },
    ],
    [
      '91st percentile over units of the sum of revenue; units without any count as zero',
      { kind: 'quantile', quantile: 0.91 },
    ],
    [
      '12th percentile over units of the sum of revenue; units without any count as zero',
      { kind: 'quantile', quantile: 0.12 },
    ],
    [
      '0.999-quantile over units of the sum of revenue; units without any count as zero',
      { kind: 'quantile', quantile: 0.999 },
    ],
    [
      'Share of units with any outcome from 1 day to 7 days after the exposure; a unit counts once that time has passed',
      { kind: 'retention', source: '*', retention: { fromDay: 1, toDay: 7 } },
    ],
    [
      'Share of units with an outcome of revenue within 2 days after the exposure; a unit counts once that time has passed',
      { kind: 'retention', retention: { fromDay: 0, toDay: 2 } },
    ],
    [
      'Sum of revenue per unit; units without any count as zero; the same over the 14 days before the exposure is kept as its covariate',
      { kind: 'mean', covariateDays: 14 },
    ],
  ])('%s', (expected, input) => expect(words(input)).toBe(expected))

  it('says a window that begins later and never ends', () => {
    const metric = { ...createMetric({ key: 'revenue', kind: 'mean' }), fromMilliseconds: 3_600_000 }
    expect(metricInWords(metric)).toContain(', counted from 1 hour after the exposure on')
  })

  it('tells all built-in metrics apart', () => {
    const all = BUILT_IN_METRICS.map(metricInWords)
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('numbers that somebody chose', () => {
  it.each([
    [0.1 + 0.2, '0.3'],
    [-1234567.5, '−1,234,567.5'],
    [1e-9, '0.000000001'],
    [-1e21, '−1e+21'],
  ])('%d is written %s', (value, text) => expect(exactly(value)).toBe(text))

  it('writes periods in days, and in hours where that is shorter', () => {
    expect([1, 24, 36, 168, 0.1].map((hours) => periodInWords(hours * 3_600_000))).toEqual([
      '1 hour',
      '1 day',
      '36 hours',
      '7 days',
      '0.00416666666667 days',
    ])
  })

  it('writes ranges', () => {
    expect(rangeInWords({ minimum: -1, maximum: 1 })).toBe('−1 to 1')
  })
})
