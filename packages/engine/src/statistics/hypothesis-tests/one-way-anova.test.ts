import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { varianceExplained } from '../effect-sizes/variance-explained.ts'
import { oneWayAnova, welchAnova } from './one-way-anova.ts'
import { summariseSample } from './sample-summary.ts'
import { pooledTTest, welchTTest } from './two-sample-t-tests.ts'

const GROUPS = [
  [1.2, 3.4, 2.2, 5.1, 4.4, 2.2, 0.3],
  [2.2, 6.1, 4.4, 7.3, 5.0, 9.9],
  [3.4, 1.1, 2.2],
].map((group) => summariseSample(group))

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('analysis of variance', () => {
  // scipy.stats.f_oneway(…, equal_var=True | False)
  it('agrees with SciPy', () => {
    const fisher = oneWayAnova(GROUPS)
    expect([fisher.numeratorDegreesOfFreedom, fisher.denominatorDegreesOfFreedom]).toEqual([2, 13])
    expect(relativeError(fisher.statistic, 4.779722095967793)).toBeLessThan(1e-13)
    expect(relativeError(fisher.pValue, 0.02779695468790248)).toBeLessThan(1e-12)
    const welch = welchAnova(GROUPS)
    expect(relativeError(welch.statistic, 3.8562548755137467)).toBeLessThan(1e-13)
    expect(relativeError(welch.pValue, 0.07254574356039634)).toBeLessThan(1e-12)
  })

  it('is the square of the t tests for two groups', () => {
    const group = fc.record({
      units: fc.integer({ min: 2, max: 100_000 }),
      mean: fc.double({ min: -100, max: 100, noNaN: true }),
      variance: fc.double({ min: 0.01, max: 1000, noNaN: true }),
    })
    fc.assert(
      fc.property(group, group, (a, b) => {
        const [fisher, welch] = [oneWayAnova([a, b]), welchAnova([a, b])]
        const [pooled, unequal] = [pooledTTest(a, b, 0.05), welchTTest(a, b, 0.05)]
        expect(Math.abs(fisher.statistic - pooled.statistic ** 2)).toBeLessThan(1e-9 * (1 + fisher.statistic))
        expect(Math.abs(welch.statistic - unequal.statistic ** 2)).toBeLessThan(1e-9 * (1 + welch.statistic))
        expect(relativeError(welch.denominatorDegreesOfFreedom, unequal.degreesOfFreedom)).toBeLessThan(1e-9)
        expect(Math.abs(welch.log10PValue - unequal.log10PValue)).toBeLessThan(
          1e-6 * (1 + Math.abs(welch.log10PValue)),
        )
      }),
      { seed: 1 },
    )
  })

  it('knows nothing where no unit differs from its group, or there is too little', () => {
    const constant = { units: 5, mean: 2, variance: 0 }
    const single = { units: 1, mean: 3, variance: Number.NaN }
    for (const groups of [
      [constant, { ...constant, mean: 3 }],
      [constant],
      [],
      [single, single],
      [constant, { ...constant, variance: -1 }],
    ]) {
      expect(oneWayAnova(groups).pValue).toBeNaN()
      expect(welchAnova(groups).pValue).toBeNaN()
    }
    expect(oneWayAnova([single, { units: 4, mean: 1, variance: 2 }]).denominatorDegreesOfFreedom).toBe(3)
    expect(welchAnova([single, { units: 4, mean: 1, variance: 2 }]).pValue).toBeNaN()
  })
})

describe('varianceExplained', () => {
  it('follows from F, and ω² is 0 where F is 1', () => {
    const anova = oneWayAnova(GROUPS)
    const { etaSquared, omegaSquared } = varianceExplained(anova)
    // η² = f F / (f F + r), ω² = f (F − 1) / (f F + r + 1), for f and r degrees of freedom
    const scaled = 2 * anova.statistic
    expect(etaSquared).toBeCloseTo(scaled / (scaled + 13), 14)
    expect(omegaSquared).toBeCloseTo((scaled - 2) / (scaled + 14), 14)
  })
})
