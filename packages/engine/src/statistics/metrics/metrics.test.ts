import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { QuantileSketch } from '../moments/quantile-sketch.ts'
import { meanOf, varianceOf } from '../moments/running-moments.ts'
import { dispersionOf } from './counts-per-unit.ts'
import { compareFunnels, funnelSteps } from './funnel.ts'
import { ratioOfTotals } from './ratio-of-totals.ts'
import { compareRetention, retentionRates } from './retention.ts'
import { sketchedWinsorisingLimits, winsorise, winsorisedMoments, winsorisingLimits } from './winsorise.ts'

describe('ratioOfTotals', () => {
  it('has the variance of the delta method, by hand', () => {
    const summary = {
      units: 100,
      mean: [2, 10],
      covariance: [
        [4, 3],
        [3, 25],
      ],
    }
    // (4 − 2 · 0.2 · 3 + 0.04 · 25) / (100 · 10²)
    const { value, variance } = ratioOfTotals(summary)
    expect(value).toBe(0.2)
    expect(variance).toBeCloseTo(3.8e-4, 16)
  })

  it('is NaN without a denominator', () => {
    const covariance = [
      [1, 0],
      [0, 1],
    ]
    expect(ratioOfTotals({ units: 10, mean: [1, 0], covariance }).value).toBeNaN()
    expect(ratioOfTotals({ units: 1, mean: [1, 1], covariance: [[Number.NaN]] }).variance).toBeNaN()
  })
})

describe('winsorising', () => {
  it('takes its limits from all variants together', () => {
    const limits = winsorisingLimits(
      [
        [1, 2, 3, 4, 5],
        [6, 7, 8, 9, 100],
      ],
      0,
      0.9,
    )
    expect(limits.low).toBe(1)
    // Type 7 at 8.1 of 0 … 9: 9 + 0.1 · 91
    expect(limits.high).toBeCloseTo(18.1, 12)
    const moments = winsorisedMoments([6, 7, 8, 9, 100], limits)
    expect(meanOf(moments)).toBeCloseTo((6 + 7 + 8 + 9 + 18.1) / 5, 12)
    expect(varianceOf(moments)).toBeLessThan(30)
  })

  it('takes nearly the same limits from a sketch', () => {
    const sketch = new QuantileSketch(2)
    const random = new Random(2)
    const samples = [0, 1].map((group) =>
      Array.from({ length: 500 }, () => {
        const value = Math.exp(3 * random.next() + group)
        sketch.add(group, value, 1)
        return value
      }),
    )
    const [read, exact] = [
      sketchedWinsorisingLimits(sketch, 0.01, 0.99),
      winsorisingLimits(samples, 0.01, 0.99),
    ]
    expect(Math.abs(read.low / exact.low - 1)).toBeLessThan(0.005)
    expect(Math.abs(read.high / exact.high - 1)).toBeLessThan(0.005)
    expect(sketchedWinsorisingLimits(sketch, 0.9, 0.1).low).toBeNaN()
  })

  it('leaves values alone between the limits, and has none outside of the domain', () => {
    expect([-5, 0.5, 9].map((value) => winsorise(value, { low: 0, high: 1 }))).toEqual([0, 0.5, 1])
    expect(winsorisingLimits([], 0, 1).high).toBeNaN()
    expect(winsorisingLimits([[1, 2]], 0.9, 0.1).low).toBeNaN()
    expect(winsorisingLimits([[1, 2]], 0, 2).high).toBeNaN()
  })
})

describe('dispersionOf', () => {
  it('names overdispersed counts, and the negative binomial of the same moments', () => {
    const dispersion = dispersionOf(10_000, 2, 6)
    expect(dispersion?.index).toBe(3)
    expect(dispersion?.hint).toBe('overdispersed')
    // k = 1: the geometric distribution with mean 2, which is 0 in a third of the cases
    expect(dispersion?.negativeBinomialSize).toBe(1)
    expect(dispersion?.negativeBinomialZeroShare).toBeCloseTo(1 / 3, 14)
    expect(dispersion?.poissonZeroShare).toBeCloseTo(Math.exp(-2), 15)
  })

  it('finds nothing in Poisson counts, and underdispersion in equal ones', () => {
    expect(dispersionOf(1000, 2, 2.05)?.hint).toBe('poisson')
    expect(dispersionOf(1000, 2, 0)?.hint).toBe('underdispersed')
    expect(dispersionOf(1000, 2, 0)?.negativeBinomialSize).toBe(Number.POSITIVE_INFINITY)
  })

  it('keeps its error rate on Poisson counts', () => {
    const random = new Random(11)
    const poisson = () => {
      let [count, product] = [0, random.nextOpen()]
      while (product > Math.exp(-3)) {
        product *= random.nextOpen()
        count++
      }
      return count
    }
    let alarms = 0
    for (let i = 0; i < 1000; i++) {
      const counts = Array.from({ length: 100 }, poisson)
      const mean = counts.reduce((sum, x) => sum + x, 0) / 100
      const variance = counts.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 99
      if (Number(dispersionOf(100, mean, variance)?.overdispersionPValue) < 0.05) alarms++
    }
    // Expected 50 of 1000; 4 standard errors are 28.
    expect(Math.abs(alarms - 50)).toBeLessThan(28)
  })

  it('is undefined outside', () => {
    expect(dispersionOf(1, 2, 2)).toBeUndefined()
    expect(dispersionOf(10, 0, 0)).toBeUndefined()
    expect(dispersionOf(10, 2, Number.NaN)).toBeUndefined()
  })
})

describe('funnels', () => {
  it('have rates from the step before and from the start', () => {
    const steps = funnelSteps([1000, 400, 100, 0], 0.05)
    expect(steps?.map(({ fromPrevious }) => fromPrevious.rate)).toEqual([0.4, 0.25, 0])
    expect(steps?.map(({ fromStart }) => fromStart.rate)).toEqual([0.4, 0.1, 0])
    for (const { fromStart } of steps ?? [])
      expect(fromStart.low <= fromStart.rate && fromStart.rate < fromStart.high).toBe(true)
  })

  it('differ per step, with no rate from a step that nobody took', () => {
    const differences = compareFunnels([1000, 400, 0, 0], [1000, 500, 100, 50], 0.05)
    expect(differences?.map(({ fromStart }) => fromStart.estimate)).toEqual([0.1, 0.1, 0.05])
    expect(differences?.[0]?.fromStart.low).toBeGreaterThan(0)
    expect(differences?.[1]?.fromPrevious?.estimate).toBeCloseTo(0.2, 15)
    expect(differences?.[2]?.fromPrevious).toBeUndefined()
  })

  it('are refused where a step has more than the one before, or none entered', () => {
    fc.assert(
      fc.property(fc.constantFrom([10, 11], [0, 0], [10, -1], [10, 0.5], [Number.NaN, 1]), (counts) => {
        expect(funnelSteps(counts, 0.05)).toBeUndefined()
      }),
      { seed: 1 },
    )
    expect(compareFunnels([10, 5], [10, 5, 1], 0.05)).toBeUndefined()
  })
})

describe('retention', () => {
  it('counts those who could have come back, period by period', () => {
    const control = [
      { period: 1, returned: 300, eligible: 1000 },
      { period: 7, returned: 50, eligible: 500 },
      { period: 30, returned: 0, eligible: 0 },
    ]
    const treatment = [
      { period: 1, returned: 400, eligible: 1000 },
      { period: 30, returned: 0, eligible: 0 },
      { period: 60, returned: 1, eligible: 2 },
    ]
    expect(retentionRates(control, 0.05).map(({ rate }) => rate)).toEqual([0.3, 0.1, Number.NaN])
    const differences = compareRetention(control, treatment, 0.05)
    expect(differences.map(({ period }) => period)).toEqual([1, 30])
    expect(differences[0]?.estimate).toBeCloseTo(0.1, 15)
    expect(differences[0]?.low).toBeGreaterThan(0)
    expect(differences[1]?.estimate).toBeNaN()
  })

  it('is NaN for impossible counts', () => {
    const impossible = { period: 1, returned: 5, eligible: 3 }
    expect(retentionRates([impossible], 0.05)[0]?.rate).toBeNaN()
    expect(
      compareRetention([impossible], [{ period: 1, returned: 1, eligible: 3 }], 0.05)[0]?.estimate,
    ).toBeNaN()
  })
})
