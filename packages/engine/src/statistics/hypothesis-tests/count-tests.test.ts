import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mcNemarTest } from './mcnemar.ts'
import { exactRateRatioInterval, rateRatioInterval, rateTest } from './poisson-rates.ts'

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('mcNemarTest', () => {
  // scipy.stats.binomtest(5, 15), chi2.sf(16 / 15, 1), chi2.sf(25 / 15, 1)
  it('agrees with SciPy', () => {
    const test = mcNemarTest(10, 5)
    expect(relativeError(test.pValueExact, 0.3017578125)).toBeLessThan(1e-13)
    expect(relativeError(test.pValueCorrected, 0.30169958247834494)).toBeLessThan(1e-13)
    expect(relativeError(test.pValue, 0.1967056024589469)).toBeLessThan(1e-13)
  })

  it('is 1 where as many went either way, and knows nothing where none did', () => {
    expect(mcNemarTest(100, 100)).toMatchObject({ pValueExact: 1, pValueCorrected: 1, pValue: 1 })
    for (const test of [
      mcNemarTest(0, 0),
      mcNemarTest(-1, 5),
      mcNemarTest(0.5, 5),
      mcNemarTest(Number.NaN, 1),
    ])
      expect([test.pValueExact, test.pValueCorrected, test.pValue]).toEqual([
        Number.NaN,
        Number.NaN,
        Number.NaN,
      ])
  })

  it('is the binomial sum, and its approximations meet it in billions', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40 }), fc.nat({ max: 40 }), (b, c) => {
        fc.pre(b + c > 0)
        let term = 2 ** -(b + c)
        let sum = term
        for (let k = 1; k <= Math.min(b, c); k++) {
          term *= (b + c - k + 1) / k
          sum += term
        }
        expect(relativeError(mcNemarTest(b, c).pValueExact, Math.min(1, 2 * sum))).toBeLessThan(1e-12)
      }),
      { seed: 1 },
    )
    const large = mcNemarTest(1_000_000_000, 1_000_050_000)
    expect(relativeError(large.pValueExact, large.pValueCorrected)).toBeLessThan(1e-8)
    expect(mcNemarTest(0, 5000).log10PValueExact).toBeCloseTo(4999 * Math.log10(0.5), 8)
  })
})

const events = fc.record({
  events: fc.nat({ max: 200 }),
  exposure: fc.double({ min: 0.01, max: 1000, noNaN: true }),
})

describe('rateTest', () => {
  const control = { events: 100, exposure: 1000 }
  const treatment = { events: 130, exposure: 1100 }

  // mpmath, 40 digits; scipy.stats.binomtest(130, 230, 11 / 21)
  it('agrees with 40 digits', () => {
    const test = rateTest(control, treatment)
    expect(relativeError(test.pValueGreater, 0.11663080136650397)).toBeLessThan(1e-13)
    expect(relativeError(test.pValueLess, 0.9073408041584663)).toBeLessThan(1e-13)
    expect(relativeError(test.pValueExact, 0.23326160273300794)).toBeLessThan(1e-13)
    expect(relativeError(test.statistic, 1.257389226923863)).toBeLessThan(1e-13)
    expect(relativeError(test.pValueScore, 0.20861272831070402)).toBeLessThan(1e-13)
    const { low, high } = rateRatioInterval(control, treatment, 0.05)
    expect(relativeError(low, 0.9106055181782712)).toBeLessThan(1e-13)
    expect(relativeError(high, 1.5338082045342925)).toBeLessThan(1e-13)
  })

  it('decides nothing without events', () => {
    const none = { events: 0, exposure: 10 }
    expect(rateTest(none, none)).toMatchObject({
      pValueGreater: 1,
      pValueLess: 1,
      pValueExact: 1,
      pValueScore: Number.NaN,
    })
    expect(rateTest(none, { events: 5, exposure: 10 })).toMatchObject({
      rateRatio: Number.POSITIVE_INFINITY,
      pValueGreater: 2 ** -5,
    })
    expect(rateTest({ events: -1, exposure: 1 }, none).pValueExact).toBeNaN()
    expect(rateTest({ events: 1, exposure: 0 }, none).pValueScore).toBeNaN()
  })

  it('turns around with its samples', () => {
    fc.assert(
      fc.property(events, events, (a, b) => {
        const [one, other] = [rateTest(a, b), rateTest(b, a)]
        expect(other.pValueGreater).toBe(one.pValueLess)
        expect(other.pValueExact).toBe(one.pValueExact)
      }),
      { seed: 2 },
    )
  })
})

describe('exactRateRatioInterval', () => {
  // scipy.stats.binomtest(130, 230).proportion_ci(method='exact'), as odds times 1000 / 1100
  it('agrees with SciPy', () => {
    const { low, high } = exactRateRatioInterval(
      { events: 100, exposure: 1000 },
      { events: 130, exposure: 1100 },
      0.05,
    )
    expect(relativeError(low, 0.9036020621421901)).toBeLessThan(1e-12)
    expect(relativeError(high, 1.549544820406672)).toBeLessThan(1e-12)
  })

  it('excludes 1 exactly where the exact test rejects', () => {
    fc.assert(
      fc.property(events, events, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (a, b, alpha) => {
        const { low, high } = exactRateRatioInterval(a, b, alpha)
        const { pValueExact } = rateTest(a, b)
        fc.pre(Math.abs(pValueExact - alpha) > 1e-9)
        expect(low > 1 || high < 1).toBe(pValueExact < alpha)
      }),
      { seed: 3 },
    )
  })

  it('reaches to 0 and Infinity where a count is 0', () => {
    const none = { events: 0, exposure: 2 }
    expect(exactRateRatioInterval(none, none, 0.05)).toEqual({ low: 0, high: Number.POSITIVE_INFINITY })
    expect(exactRateRatioInterval(none, { events: 3, exposure: 1 }, 0.05).high).toBe(Number.POSITIVE_INFINITY)
    expect(exactRateRatioInterval({ events: 3, exposure: 1 }, none, 0.05).low).toBe(0)
    expect(exactRateRatioInterval(none, none, 1).low).toBeNaN()
    expect(rateRatioInterval(none, none, 0.05).low).toBeNaN()
  })
})
