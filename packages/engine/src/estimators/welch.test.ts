import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MetricSummary } from '../estimator.ts'
import { estimatorSuite } from '../testing/estimator-suite.ts'
import { welch } from './welch.ts'

const summaries = fc
  .record({
    units: fc.integer({ min: 2, max: 1_000_000 }),
    mean: fc.double({ min: -1e4, max: 1e4, noNaN: true }).map((mean) => Math.round(mean * 1e3) / 1e3),
    deviation: fc.double({ min: 0.01, max: 1e4, noNaN: true }),
  })
  .map(({ units, mean, deviation }) => summary(units, mean, deviation ** 2))

estimatorSuite(welch, {
  summaries,
  duality: 'exact',
  scaled: {
    by: ({ units, mean, covariance }, factor) =>
      summary(units, (mean[0] as number) * factor, (covariance[0]?.[0] as number) * factor * factor),
    effect: 'scales',
  },
})

function summary(units: number, mean: number, variance: number): MetricSummary {
  return { units, mean: [mean], covariance: [[variance]] }
}

describe('welch', () => {
  // scipy.stats.ttest_ind_from_stats(10.8, 5 ** 0.5, 48, 10, 2, 50, equal_var=False) and its t interval
  it('agrees with SciPy', () => {
    const answer = welch.compare(summary(50, 10, 4), summary(48, 10.8, 5), { alpha: 0.05 })
    expect(answer).toMatchObject({ status: 'ok', method: "Welch's t" })
    if (answer.status !== 'ok') return
    expect(answer.pValue).toBeCloseTo(0.0654250377253414, 14)
    expect(answer.statistic).toBeCloseTo(1.8641655297134834, 13)
    expect(answer.degreesOfFreedom).toBeCloseTo(93.82964721545375, 11)
    expect(answer.absolute.low).toBeCloseTo(-0.05210048447118982, 13)
    expect(answer.absolute.high).toBeCloseTo(1.6521004844711913, 13)
    expect(answer.relative).toMatchObject({ status: 'ok', method: 'delta method, normal quantile' })
  })

  // mpmath 1.3, 40 digits: log10 of betainc(999999, 1/2, 0, 0.8, regularized=True)
  it('keeps the order of magnitude of p where p itself is 0', () => {
    const answer = welch.compare(summary(1e6, 0, 1), summary(1e6, 1, 1), { alpha: 0.05 })
    expect(answer).toMatchObject({ status: 'ok', pValue: 0 })
    expect(answer.status === 'ok' && answer.log10PValue).toBeCloseTo(-96912.9020477, 6)
  })

  it('refuses without variation, and compares if only one variant has none', () => {
    const constant = summary(50, 3, 0)
    expect(welch.compare(constant, constant, { alpha: 0.05 })).toMatchObject({ reason: 'zero-variance' })
    expect(welch.compare(constant, summary(50, 4, 0), { alpha: 0.05 })).toMatchObject({
      reason: 'zero-variance',
    })
    expect(welch.compare(constant, summary(50, 4, 1), { alpha: 0.05 })).toMatchObject({
      status: 'ok',
      degreesOfFreedom: expect.closeTo(49, 10),
    })
  })

  it('gives the absolute effect but no relative one where the control is 0', () => {
    const answer = welch.compare(summary(50, 0, 1), summary(50, 1, 1), { alpha: 0.05 })
    expect(answer).toMatchObject({
      status: 'ok',
      relative: { status: 'not-computable', reason: 'baseline-zero' },
    })
  })

  it('says so when the values are not numbers', () => {
    const answer = welch.compare(summary(50, Number.NaN, 1), summary(50, 1, 1), { alpha: 0.05 })
    expect(answer).toMatchObject({ reason: 'invalid-values' })
    expect(welch.compare(summary(50, 1, -1), summary(50, 1, 1), { alpha: 0.05 })).toMatchObject({
      reason: 'invalid-values',
    })
  })
})
