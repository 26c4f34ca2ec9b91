import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ComputedComparison, Estimator, MetricSummary } from '../estimator.ts'
import { estimatorSuite } from '../testing/estimator-suite.ts'
import { twoProportion } from './two-proportion.ts'

const small = fc
  .tuple(fc.integer({ min: 2, max: 1000 }), fc.nat({ max: 9 }), fc.boolean())
  .map(([units, count, isMany]) =>
    summary(isMany ? Math.max(0, units - count) : Math.min(count, units), units),
  )

const large = fc
  .tuple(fc.integer({ min: 10, max: 1_000_000 }), fc.integer({ min: 10, max: 1_000_000 }))
  .map(([successes, failures]) => summary(successes, successes + failures))

estimatorSuite(twoProportion, { summaries: large, duality: 'exact' })
estimatorSuite(named('two-proportion-small-counts'), {
  summaries: fc.oneof(small, large),
  duality: { except: "Fisher's p and Newcombe's interval are not inversions of each other" },
})

function summary(successes: number, units: number): MetricSummary {
  const mean = successes / units
  return { units, mean: [mean], covariance: [[(mean * (1 - mean) * units) / (units - 1)]] }
}

function named(name: string): Estimator {
  return { ...twoProportion, name }
}

function compare(control: [number, number], treatment: [number, number], alpha = 0.05): ComputedComparison {
  const answer = twoProportion.compare(summary(...control), summary(...treatment), { alpha })
  if (answer.status !== 'ok') throw new Error(answer.message)
  return answer
}

describe('twoProportion', () => {
  // statsmodels confint_proportions_2indep(method='wald'), proportions_ztest with unpooled variance;
  // Cookie Cats, seven-day retention, 8,502 of 44,700 against 8,279 of 45,489
  it('agrees with statsmodels where counts are large', () => {
    const { absolute, relative, pValue, method } = compare([8502, 44700], [8279, 45489])
    expect(method).toBe('two-proportion z, unpooled, Wald interval')
    expect(pValue).toBeCloseTo(0.0015558255737072547, 15)
    expect(absolute.low).toBeCloseTo(-0.013281552418885545, 15)
    expect(absolute.high).toBeCloseTo(-0.0031210442115262808, 15)
    expect(relative).toMatchObject({ status: 'ok', method: 'delta method, normal quantile' })
    if (relative.status !== 'ok') return
    expect(relative.low).toBeCloseTo(-0.06924457700961772, 14)
    expect(relative.high).toBeCloseTo(-0.01699349278330261, 14)
  })

  // p: scipy.stats.fisher_exact([[0, 1000], [20, 980]]); interval: Newcombe 1998, method 10, worked from Wilson limits
  it('answers where the control has no success', () => {
    const { absolute, relative, pValue, method } = compare([0, 1000], [20, 1000])
    expect(method).toContain('Newcombe')
    expect(method).toContain('Fisher')
    expect(pValue).toBeCloseTo(1.7328669172e-6, 15)
    expect(absolute.estimate).toBe(0.02)
    expect(absolute.low).toBeCloseTo(0.0120079548, 9)
    expect(absolute.high).toBeCloseTo(0.0306900052, 9)
    expect(relative).toMatchObject({ status: 'not-computable', reason: 'baseline-zero' })
  })

  it('answers where nobody succeeds, with an interval that has a width', () => {
    const { absolute, relative, pValue, standardError } = compare([0, 1000], [0, 1500])
    expect(pValue).toBe(1)
    expect(absolute.low).toBeCloseTo(-0.0038267584855551, 14)
    expect(absolute.high).toBeCloseTo(0.0025544307201815, 14)
    expect(standardError).toBeGreaterThan(0)
    expect(relative).toMatchObject({ status: 'not-computable', reason: 'baseline-zero' })
  })

  it('changes method at ten successes or failures', () => {
    expect(compare([10, 100], [20, 100]).method).toContain('Wald')
    expect(compare([9, 100], [20, 100]).method).toContain('Newcombe')
    expect(compare([20, 100], [91, 100]).method).toContain('Newcombe')
    expect(compare([20, 100], [90, 100]).method).toContain('Wald')
  })

  it('lets the relative interval of small counts agree with the absolute one about the sign', () => {
    fc.assert(
      fc.property(small, small, (control, treatment) => {
        const answer = twoProportion.compare(control, treatment, { alpha: 0.05 })
        if (answer.status !== 'ok' || answer.relative.status !== 'ok') return
        const { absolute, relative } = answer
        if (Math.min(Math.abs(absolute.low), Math.abs(absolute.high)) < 1e-9) return
        expect([relative.low > 0, relative.high < 0]).toEqual([absolute.low > 0, absolute.high < 0])
      }),
    )
  })

  it('refuses a mean that no 0 or 1 can give', () => {
    const wrong = { units: 100, mean: [1.7], covariance: [[1]] }
    expect(twoProportion.compare(summary(20, 100), wrong, { alpha: 0.05 })).toMatchObject({
      reason: 'invalid-values',
    })
  })
})
