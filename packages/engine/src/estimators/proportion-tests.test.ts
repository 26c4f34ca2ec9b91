import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ComputedComparison, Estimator, MetricSummary } from '../estimator.ts'
import { estimatorSuite } from '../testing/estimator-suite.ts'
import { pooledT } from './pooled-t.ts'
import {
  agrestiCaffo,
  chiSquare,
  fisher,
  gTest,
  miettinenNurminen,
  newcombe,
  pooledZ,
  unpooledZ,
} from './proportion-tests.ts'

const summaries = fc
  .tuple(fc.integer({ min: 10, max: 100_000 }), fc.integer({ min: 10, max: 100_000 }))
  .map(([successes, failures]) => summary(successes, successes + failures))

function summary(successes: number, units: number): MetricSummary {
  const mean = successes / units
  return { units, mean: [mean], covariance: [[(mean * (1 - mean) * units) / (units - 1)]] }
}

const TWO_METHODS = { except: 'interval and p are not inversions of each other' }
for (const estimator of [unpooledZ, miettinenNurminen, agrestiCaffo])
  estimatorSuite(estimator, { summaries, duality: 'exact' })
for (const estimator of [pooledZ, fisher, chiSquare, gTest, newcombe])
  estimatorSuite(estimator, { summaries, duality: TWO_METHODS })

const values = fc.double({ min: -1e6, max: 1e6, noNaN: true })
estimatorSuite(pooledT, {
  summaries: fc
    .tuple(fc.integer({ min: 2, max: 1e6 }), values, fc.double({ min: 1e-6, max: 1e9, noNaN: true }))
    .map(([units, mean, variance]) => ({ units, mean: [mean], covariance: [[variance]] })),
  duality: 'exact',
  scaled: {
    by: ({ units, mean, covariance }, factor) => ({
      units,
      mean: mean.map((value) => value * factor),
      covariance: covariance.map((row) => row.map((value) => value * factor * factor)),
    }),
    effect: 'scales',
  },
})

function compare(estimator: Estimator, control: MetricSummary, treatment: MetricSummary): ComputedComparison {
  const answer = estimator.compare(control, treatment, { alpha: 0.05 })
  if (answer.status !== 'ok') throw new Error(answer.message)
  return answer
}

describe('60 of 690 against 83 of 700', () => {
  // SciPy 1.17.1: fisher_exact, chi2_contingency without correction and with lambda_='log-likelihood', norm.sf;
  // intervals from their formulas, Miettinen and Nurminen's by brentq, also for the likeliest rates.
  it.each([
    [unpooledZ, 0.05184647790466703, -0.00025295926148544146, 0.06348277292608173],
    [pooledZ, 0.052396034020838984, -0.00025295926148544146, 0.06348277292608173],
    [fisher, 0.06341916097825918, -0.0004124709439073046, 0.06374693332932588],
    [chiSquare, 0.05239603402083886, -0.0004124709439073046, 0.06374693332932588],
    [gTest, 0.05189959513896403, -0.0004124709439073046, 0.06374693332932588],
    [newcombe, 0.052396034020838984, -0.0004124709439073046, 0.06374693332932588],
    [miettinenNurminen, 0.05248093192014042, -0.00034262152263553575, 0.06391589357986406],
    [agrestiCaffo, 0.05347111417819539, -0.00047100202780837874, 0.06348666330936563],
  ])('$name', (estimator, pValue, low, high) => {
    const answer = compare(estimator, summary(60, 690), summary(83, 700))
    expect(answer.pValue).toBeCloseTo(pValue, 9)
    expect(answer.absolute.low).toBeCloseTo(low, 9)
    expect(answer.absolute.high).toBeCloseTo(high, 9)
    expect(answer.absolute.estimate).toBeCloseTo(83 / 700 - 60 / 690, 14)
  })
})

describe('where successes are few or none', () => {
  it.each([fisher, miettinenNurminen, agrestiCaffo])(
    '$name has an answer without any success in one',
    (estimator) => {
      const answer = compare(estimator, summary(0, 30), summary(6, 30))
      expect(answer.absolute.high).toBeGreaterThan(0.2)
      expect(answer.relative).toMatchObject({ status: 'not-computable', reason: 'baseline-zero' })
    },
  )

  it.each([unpooledZ, pooledZ, chiSquare, gTest, miettinenNurminen])(
    '$name refuses where no unit differs from another',
    (estimator) => {
      const answer = estimator.compare(summary(0, 30), summary(0, 40), { alpha: 0.05 })
      expect(answer).toMatchObject({ status: 'not-computable', reason: 'zero-variance' })
    },
  )
})

describe('pooledT', () => {
  it('is ttest_ind of SciPy 1.17.1', () => {
    const control = { units: 10, mean: [3.7], covariance: [[1.8777777777777775]] }
    const treatment = { units: 11, mean: [5.445454545454546], covariance: [[2.558727272727274]] }
    const { pValue, absolute, degreesOfFreedom } = compare(pooledT, control, treatment)
    expect(degreesOfFreedom).toBe(19)
    expect(pValue).toBeCloseTo(0.015090163865877484, 12)
    expect(absolute.low).toBeCloseTo(0.37791418969330604, 12)
  })
})
