import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { brunnerMunzelTest } from './brunner-munzel.ts'
import { kruskalWallisTest } from './kruskal-wallis.ts'
import { mannWhitneyTest } from './mann-whitney.ts'
import { exactMannWhitney } from './mann-whitney-exact.ts'

const CONTROL = [1.2, 3.4, 2.2, 5.1, 4.4, 2.2, 0.3]
const TREATMENT = [2.2, 6.1, 4.4, 7.3, 5.0, 9.9]

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const sample = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 20 })

/** By looking at every pair. */
function pairsWon(control: readonly number[], treatment: readonly number[]): number {
  let won = 0
  for (const t of treatment) for (const c of control) won += t > c ? 1 : t === c ? 0.5 : 0
  return won
}

describe('mannWhitneyTest', () => {
  // scipy.stats.mannwhitneyu(TREATMENT, CONTROL, method='asymptotic', use_continuity=False | True)
  it('agrees with SciPy where values are tied', () => {
    const test = mannWhitneyTest(CONTROL, TREATMENT)
    expect(test.treatmentStatistic).toBe(35.5)
    expect(relativeError(test.pValue, 0.036996409771018784)).toBeLessThan(1e-13)
    expect(relativeError(test.pValueCorrected, 0.044022195041670056)).toBeLessThan(1e-13)
    expect(test.pValueExact).toBeNaN()
  })

  // scipy.stats.mannwhitneyu(…, method='exact')
  it('is exact without ties', () => {
    const test = mannWhitneyTest([1.2, 3.4, 2.25, 5.1, 4.45, 2.2, 0.3], [2.15, 6.1, 4.4, 7.3, 5.0, 9.9])
    expect(relativeError(test.pValueExact, 0.07342657342657342)).toBeLessThan(1e-14)
  })

  it('counts pairs', () => {
    fc.assert(
      fc.property(sample, sample, (control, treatment) => {
        const test = mannWhitneyTest(control, treatment)
        expect(test.treatmentStatistic).toBe(pairsWon(control, treatment))
        expect(test.treatmentStatistic + test.controlStatistic).toBe(control.length * treatment.length)
        expect(mannWhitneyTest(treatment, control).pValue).toBeCloseTo(test.pValue, 14)
      }),
      { seed: 1 },
    )
  })

  it('ranks infinite values and both zeros, and refuses NaN', () => {
    const infinite = mannWhitneyTest([Number.NEGATIVE_INFINITY, 1], [2, Number.POSITIVE_INFINITY])
    expect(infinite.probabilityOfSuperiority).toBe(1)
    expect(mannWhitneyTest([0], [-0]).probabilityOfSuperiority).toBe(0.5)
    for (const test of [
      mannWhitneyTest([1, Number.NaN], [2]),
      mannWhitneyTest([], [1]),
      mannWhitneyTest([1, 1], [1]),
    ])
      expect([test.pValue, test.log10PValue, test.pValueExact]).toEqual([Number.NaN, Number.NaN, Number.NaN])
  })

  it('takes many values, with a p-value beyond doubles', () => {
    const random = new Random(4)
    const control = Float64Array.from({ length: 100_000 }, () => random.next())
    const treatment = control.map((value) => value + 0.5)
    const { pValue, log10PValue, probabilityOfSuperiority } = mannWhitneyTest(control, treatment)
    expect(pValue).toBe(0)
    expect(log10PValue).toBeLessThan(-1000)
    // P(U + ½ > V) = 1 − ½ · ½² for uniform U and V; one standard error is about 0.001
    expect(Math.abs(probabilityOfSuperiority - 0.875)).toBeLessThan(0.006)
  })
})

describe('exactMannWhitney', () => {
  it('is the share of arrangements, by looking at all of them', () => {
    for (const [m, n] of [
      [1, 1],
      [3, 2],
      [4, 5],
      [2, 7],
    ] as const) {
      const counts = new Map<number, number>()
      for (let chosen = 0; chosen < 2 ** (m + n); chosen++) {
        const places = Array.from({ length: m + n }, (_, i) => i).filter((i) => (chosen >> i) & 1)
        if (places.length !== m) continue
        const u = places.reduce((sum, place) => sum + place, 0) - (m * (m - 1)) / 2
        counts.set(u, (counts.get(u) ?? 0) + 1)
      }
      const all = [...counts.values()].reduce((a, b) => a + b, 0)
      let upTo = 0
      for (let u = 0; u <= (m * n) / 2; u++) {
        upTo += counts.get(u) ?? 0
        expect(exactMannWhitney(u, m, n)).toBeCloseTo(Math.min(1, (2 * upTo) / all), 14)
      }
    }
  })

  it('does not depend on which sample is which, nears the normal, and has an end', () => {
    expect(exactMannWhitney(100, 20, 17)).toBe(exactMannWhitney(100, 17, 20))
    expect(exactMannWhitney(0, 100, 100)).toBeGreaterThan(0)
    // Normal approximation with continuity correction
    expect(relativeError(exactMannWhitney(950, 50, 50), 0.03886)).toBeLessThan(0.01)
    for (const wrong of [
      exactMannWhitney(0, 101, 100),
      exactMannWhitney(-1, 3, 3),
      exactMannWhitney(1.5, 3, 3),
      exactMannWhitney(5, 3, 3),
    ])
      expect(wrong).toBeNaN()
  })
})

describe('brunnerMunzelTest', () => {
  // scipy.stats.brunnermunzel(CONTROL, TREATMENT, alternative=…)
  it('agrees with SciPy', () => {
    const test = brunnerMunzelTest(CONTROL, TREATMENT)
    expect(relativeError(test.statistic, 3.0580012076864858)).toBeLessThan(1e-13)
    expect(relativeError(test.pValue, 0.012784893296918011)).toBeLessThan(1e-12)
    expect(relativeError(test.pValueGreater, 0.006392446648459006)).toBeLessThan(1e-12)
    expect(relativeError(test.pValueLess, 0.9936075533515409)).toBeLessThan(1e-12)
  })

  it('estimates what the pairs say, and turns around with its samples', () => {
    fc.assert(
      fc.property(sample, sample, (control, treatment) => {
        const test = brunnerMunzelTest(control, treatment)
        expect(test.estimate).toBeCloseTo(
          pairsWon(control, treatment) / control.length / treatment.length,
          13,
        )
        const other = brunnerMunzelTest(treatment, control)
        expect(other.standardError).toBeCloseTo(test.standardError, 13)
      }),
      { seed: 2 },
    )
  })

  it('knows no p-value where samples do not overlap, or all values are equal', () => {
    expect(brunnerMunzelTest([1, 2, 3], [4, 5, 6])).toMatchObject({
      estimate: 1,
      standardError: 0,
      pValue: Number.NaN,
    })
    expect(brunnerMunzelTest([1, 1], [1, 1])).toMatchObject({ estimate: 0.5, pValue: Number.NaN })
    expect(brunnerMunzelTest([1], [2, 3]).estimate).toBeNaN()
    expect(brunnerMunzelTest([1, Number.NaN], [2, 3]).estimate).toBeNaN()
  })
})

describe('kruskalWallisTest', () => {
  // scipy.stats.kruskal(CONTROL, TREATMENT, [3.4, 1.1, 2.2])
  it('agrees with SciPy', () => {
    const test = kruskalWallisTest([CONTROL, TREATMENT, [3.4, 1.1, 2.2]])
    expect(relativeError(test.statistic, 5.976261762189901)).toBeLessThan(1e-13)
    expect(relativeError(test.pValue, 0.05038151781924549)).toBeLessThan(1e-13)
  })

  it('is the square of Mann and Whitney for two groups', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const { statistic, pValue } = mannWhitneyTest(a, b)
        fc.pre(!Number.isNaN(pValue))
        const test = kruskalWallisTest([a, b])
        expect(test.statistic).toBeCloseTo(statistic ** 2, 10)
        expect(test.pValue).toBeCloseTo(pValue, 10)
      }),
      { seed: 3 },
    )
  })

  it('answers NaN where there is nothing to rank', () => {
    for (const groups of [[], [[1, 2]], [[1], []], [[2, 2], [2]], [[1, Number.NaN], [2]]])
      expect(kruskalWallisTest(groups).pValue).toBeNaN()
  })
})
