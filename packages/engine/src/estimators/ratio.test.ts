import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MetricSummary } from '../estimator.ts'
import { CrossMoments } from '../statistics/moments/cross-moments.ts'
import { estimatorSuite } from '../testing/estimator-suite.ts'
import { ratio } from './ratio.ts'

const summaries = fc
  .record({
    units: fc.integer({ min: 2, max: 1_000_000 }),
    mean: fc.tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 10_000 })),
    deviation: fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 })),
    correlation: fc.double({ min: -0.99, max: 0.99, noNaN: true }),
  })
  .map(({ units, mean, deviation: [a, b], correlation }): MetricSummary => {
    const covariance = correlation * a * b
    return {
      units,
      mean,
      covariance: [
        [a * a, covariance],
        [covariance, b * b],
      ],
    }
  })

estimatorSuite(ratio, {
  summaries,
  duality: 'exact',
  scaled: {
    by: ({ units, mean, covariance }, factor) => ({
      units,
      mean: mean.map((value) => value * factor),
      covariance: covariance.map((row) => row.map((value) => value * factor * factor)),
    }),
    effect: 'stays',
  },
})

function summaryOf(rows: readonly (readonly [number, number])[]): MetricSummary {
  const moments = new CrossMoments(1, 2)
  for (const row of rows) moments.add(0, row, 1)
  return moments.summary(0)
}

describe('ratio', () => {
  // Closed form worked in 40 digits (mpmath) from n = 1000 units in each variant
  it('agrees with the closed form', () => {
    const answer = ratio.compare(
      of(1000, 2000, 10000, 6247.75, 115984, 23596.4),
      of(1000, 2200, 10100, 7397.44, 118803.19, 26283.1328),
      { alpha: 0.05 },
    )
    expect(answer).toMatchObject({ status: 'ok', method: 'delta method for ratios, z' })
    if (answer.status !== 'ok') return
    expect(answer.absolute.estimate).toBeCloseTo(0.01782178217821782, 15)
    expect(answer.standardError).toBeCloseTo(0.005481312131987865, 13)
    expect(answer.pValue).toBeCloseTo(0.0011484966978757428, 12)
    expect(answer.absolute.low).toBeCloseTo(0.007078607811499145, 13)
    expect(answer.relative).toMatchObject({ status: 'ok' })
  })

  it('is the test of means where every denominator is 1', () => {
    const rows = [1, 2, 4, 7, 11].map((value) => [value, 1] as const)
    const answer = ratio.compare(summaryOf(rows), summaryOf(rows.map(([value]) => [value + 2, 1])), {
      alpha: 0.05,
    })
    expect(answer).toMatchObject({ status: 'ok', absolute: { estimate: 2 } })
    expect(answer.status === 'ok' && answer.standardError).toBeCloseTo(Math.sqrt((2 * 16.5) / 5), 14)
  })

  it('refuses what has no denominator', () => {
    const none = summaryOf([
      [1, 0],
      [2, 0],
      [3, 0],
    ])
    const some = summaryOf([
      [1, 2],
      [2, 2],
      [3, 1],
    ])
    expect(ratio.compare(some, none, { alpha: 0.05 })).toMatchObject({ reason: 'no-denominator' })
    expect(ratio.compare(none, some, { alpha: 0.05 })).toMatchObject({ reason: 'no-denominator' })
  })

  it('does not take rounding for variation where all units have the same ratio', () => {
    const third = summaryOf([
      [0.1, 0.3],
      [0.7, 2.1],
      [1.1, 3.3],
    ])
    const fifth = summaryOf([
      [0.2, 1],
      [0.14, 0.7],
      [0.6, 3],
    ])
    expect(ratio.compare(third, fifth, { alpha: 0.05 })).toMatchObject({ reason: 'zero-variance' })
  })

  it('gives no relative effect where the control has no numerator', () => {
    const answer = ratio.compare(
      summaryOf([
        [0, 2],
        [0, 3],
      ]),
      summaryOf([
        [1, 2],
        [2, 3],
        [1, 4],
      ]),
      { alpha: 0.05 },
    )
    expect(answer).toMatchObject({ status: 'ok', relative: { reason: 'baseline-zero' } })
  })
})

/** Summary from sums, sums of squares and the sum of products. */
function of(n: number, x: number, y: number, xx: number, yy: number, xy: number): MetricSummary {
  const covariance = (xy - (x * y) / n) / (n - 1)
  return {
    units: n,
    mean: [x / n, y / n],
    covariance: [
      [(xx - (x * x) / n) / (n - 1), covariance],
      [covariance, (yy - (y * y) / n) / (n - 1)],
    ],
  }
}
