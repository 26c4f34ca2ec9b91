import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairedTTest } from './paired-t-test.ts'
import { type SampleSummary, summariseFrom, summariseSample } from './sample-summary.ts'
import { pooledTTest, welchTTest, welchTTestOfSamples } from './two-sample-t-tests.ts'

const CONTROL: SampleSummary = { units: 50, mean: 10, variance: 4 }
const TREATMENT: SampleSummary = { units: 48, mean: 10.8, variance: 5 }

const summary = fc.record({
  units: fc.integer({ min: 2, max: 1_000_000 }),
  mean: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  variance: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
})

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('welchTTest', () => {
  // mpmath, 40 digits; scipy.stats.ttest_ind_from_stats(10.8, 5 ** 0.5, 48, 10, 2, 50, equal_var=False)
  it('agrees with 40 digits', () => {
    const test = welchTTest(CONTROL, TREATMENT, 0.05)
    for (const [actual, expected] of [
      [test.standardError, 0.4291464396527911],
      [test.degreesOfFreedom, 93.82964721545375],
      [test.statistic, 1.8641655297134834],
      [test.pValue, 0.0654250377253414],
      [test.log10PValue, -1.184256018265416],
      [test.pValueGreater, 0.0327125188626707],
      [test.pValueLess, 0.9672874811373293],
      [test.low, -0.05210048447118982],
      [test.high, 1.6521004844711913],
    ] as const) {
      expect(relativeError(actual, expected)).toBeLessThan(1e-12)
    }
  })

  it('goes on as a logarithm where p underflows, on either side', () => {
    const far = { ...TREATMENT, units: 100_000, mean: 1000 }
    const test = welchTTest({ ...CONTROL, units: 100_000 }, far, 0.05)
    expect([test.pValue, test.pValueGreater]).toEqual([0, 0])
    expect(test.log10PValue).toBeLessThan(-1e5)
    expect(test.log10PValueGreater).toBeCloseTo(test.log10PValue - Math.log10(2), 6)
    expect(test.pValueLess).toBe(1)
    expect(welchTTest(far, CONTROL, 0.05).pValueGreater).toBe(1)
  })

  it('never knows a p-value where the standard error is unknown', () => {
    const constant = { units: 50, mean: 3, variance: 0 }
    for (const [control, treatment] of [
      [constant, constant],
      [constant, { ...constant, mean: 4 }],
      [{ units: 1, mean: 3, variance: Number.NaN }, TREATMENT],
      [{ units: 1, mean: 3, variance: 1 }, TREATMENT],
      [{ ...CONTROL, variance: -1 }, TREATMENT],
      [{ ...CONTROL, mean: Number.POSITIVE_INFINITY }, TREATMENT],
    ] as const) {
      for (const test of [welchTTest(control, treatment, 0.05), pooledTTest(control, treatment, 0.05)]) {
        const unknown = [
          test.statistic,
          test.pValue,
          test.pValueGreater,
          test.log10PValueLess,
          test.low,
          test.high,
        ]
        expect(unknown).toEqual(unknown.map(() => Number.NaN))
      }
    }
    expect(welchTTest(constant, { ...constant, mean: 4 }, 0.05)).toMatchObject({
      estimate: 1,
      standardError: 0,
    })
    expect(welchTTest(CONTROL, TREATMENT, 1).low).toBeNaN()
  })

  it('turns around with its samples', () => {
    fc.assert(
      fc.property(summary, summary, (a, b) => {
        const [one, other] = [welchTTest(a, b, 0.05), welchTTest(b, a, 0.05)]
        expect(other.statistic + one.statistic).toBe(0)
        expect(other.pValue).toBe(one.pValue)
        expect(other.pValueGreater).toBe(one.pValueLess)
        expect(other.low).toBeCloseTo(-one.high, 12)
      }),
      { seed: 1 },
    )
  })

  it('has an interval that excludes 0 exactly where p < alpha, and sides that add up', () => {
    fc.assert(
      fc.property(summary, summary, fc.double({ min: 1e-6, max: 0.5, noNaN: true }), (a, b, alpha) => {
        const test = welchTTest(a, b, alpha)
        fc.pre(Math.abs(test.pValue - alpha) > 1e-9 * alpha)
        expect(test.low > 0 || test.high < 0).toBe(test.pValue < alpha)
        expect(test.pValueGreater + test.pValueLess).toBeCloseTo(1, 14)
        expect(2 * Math.min(test.pValueGreater, test.pValueLess)).toBeCloseTo(test.pValue, 14)
      }),
      { seed: 2 },
    )
  })

  it('has degrees of freedom between those of the smaller sample and of both together', () => {
    fc.assert(
      fc.property(summary, summary, (a, b) => {
        const { degreesOfFreedom } = welchTTest(a, b, 0.05)
        expect(degreesOfFreedom).toBeGreaterThanOrEqual((Math.min(a.units, b.units) - 1) * (1 - 1e-14))
        expect(degreesOfFreedom).toBeLessThanOrEqual((a.units + b.units - 2) * (1 + 1e-14))
      }),
      { seed: 3 },
    )
  })
})

describe('welchTTestOfSamples', () => {
  it('keeps what differs at an offset of 1e12', () => {
    const [a, b] = [
      [1, 2, 4],
      [3, 5, 7.5, 8],
    ] as const
    const shift = (values: readonly number[]) => values.map((value) => value + 1e12)
    const [plain, shifted] = [welchTTestOfSamples(a, b, 0.05), welchTTestOfSamples(shift(a), shift(b), 0.05)]
    expect(shifted).toEqual(plain)
    expect(plain).toEqual(welchTTest(summariseFrom(1, a), summariseFrom(1, b), 0.05))
    expect(welchTTestOfSamples([], b, 0.05).pValue).toBeNaN()
  })
})

describe('summariseSample', () => {
  it('is exact where the sums are', () => {
    expect(summariseSample([2, 4, 4, 6])).toEqual({ units: 4, mean: 4, variance: 8 / 3 })
    expect(summariseSample([0.1, 0.1, 0.1])).toEqual({ units: 3, mean: 0.1, variance: 0 })
    expect(summariseSample([7])).toEqual({ units: 1, mean: 7, variance: Number.NaN })
    expect(summariseSample([])).toEqual({ units: 0, mean: Number.NaN, variance: Number.NaN })
    expect(summariseSample([1, Number.NaN]).variance).toBeNaN()
    expect(summariseSample([1, Number.POSITIVE_INFINITY]).variance).toBeNaN()
  })

  it('does not depend on the order but by rounding', () => {
    const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(values, (given) => {
        const [one, other] = [summariseSample(given), summariseSample(given.toReversed())]
        const scale = Math.max(...given.map(Math.abs))
        expect(Math.abs(one.mean - other.mean)).toBeLessThanOrEqual(1e-15 * scale + 1e-320)
        expect(Math.abs(one.variance - other.variance)).toBeLessThanOrEqual(1e-14 * scale * scale + 1e-320)
      }),
      { seed: 4 },
    )
  })
})

describe('pooledTTest', () => {
  // mpmath, 40 digits; scipy.stats.ttest_ind_from_stats(10.8, 5 ** 0.5, 48, 10, 2, 50)
  it('agrees with 40 digits', () => {
    const test = pooledTTest(CONTROL, TREATMENT, 0.05)
    expect(test.degreesOfFreedom).toBe(96)
    expect(relativeError(test.standardError, 0.4281642824638433)).toBeLessThan(1e-14)
    expect(relativeError(test.pValue, 0.06475002549455998)).toBeLessThan(1e-12)
    expect(relativeError(test.high, 1.6498993834449998)).toBeLessThan(1e-12)
  })

  it('is the square root of the analysis of variance where sizes are equal, and so is Welch', () => {
    const equal = { ...TREATMENT, units: 50 }
    const [pooled, welch] = [pooledTTest(CONTROL, equal, 0.05), welchTTest(CONTROL, equal, 0.05)]
    expect(pooled.statistic).toBeCloseTo(welch.statistic, 14)
  })
})

describe('pairedTTest', () => {
  // scipy.stats.ttest_rel([14.083, 12.784, 9.1], [12.604, 12.109, 9.4])
  it('agrees with SciPy', () => {
    const test = pairedTTest([12.604, 12.109, 9.4], [14.083, 12.784, 9.1], 0.05)
    expect(test.degreesOfFreedom).toBe(2)
    expect(relativeError(test.statistic, 1.2015321971501995)).toBeLessThan(1e-13)
    expect(relativeError(test.pValue, 0.35252345186494494)).toBeLessThan(1e-13)
    expect(relativeError(test.low, -1.5950404772272373)).toBeLessThan(1e-12)
    expect(relativeError(test.high, 2.831040477227238)).toBeLessThan(1e-12)
  })

  it('knows nothing where all pairs differ by the same amount, also but for rounding', () => {
    const before = [0.1, 0.7, 1.3, 12.7]
    const after = before.map((value) => value + 0.1)
    expect(pairedTTest(before, after, 0.05).pValue).toBeNaN()
    expect(pairedTTest(before, before, 0.05).pValue).toBeNaN()
    expect(pairedTTest([1, 2], [1, 2, 3], 0.05).pValue).toBeNaN()
    expect(pairedTTest([1], [2], 0.05).pValue).toBeNaN()
    expect(pairedTTest([1, Number.NaN], [2, 5], 0.05).pValue).toBeNaN()
  })
})
