import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { independence } from './chi-square-tests.ts'
import { pooledProportionTest, unpooledProportionTest } from './proportion-tests.ts'

const CONTROL = { successes: 500, trials: 10_000 }
const TREATMENT = { successes: 560, trials: 10_000 }

describe('tests of two proportions', () => {
  // By hand: 0.006 / √(0.053 · 0.947 · 2 / 1e4), 2 scipy.stats.norm.sf(z)
  it('agree with the formula', () => {
    const pooled = pooledProportionTest(CONTROL, TREATMENT)
    expect(pooled.statistic).toBeCloseTo(1.8937529756356755, 12)
    expect(pooled.pValue).toBeCloseTo(0.058257806033516144, 13)
    const unpooled = unpooledProportionTest(CONTROL, TREATMENT)
    expect(unpooled.statistic).toBeCloseTo(1.8939227876465645, 12)
    expect(unpooled.pValue).toBeCloseTo(0.05823525931136175, 13)
    expect(unpooled.log10PValue).toBeCloseTo(Math.log10(0.05823525931136175), 12)
  })

  it('know nothing where all succeed or all fail', () => {
    const all = { successes: 100, trials: 100 }
    const none = { successes: 0, trials: 100 }
    for (const test of [pooledProportionTest, unpooledProportionTest]) {
      expect(test(all, all)).toMatchObject({ estimate: 0, standardError: 0, statistic: Number.NaN })
      expect(test(none, none).pValue).toBeNaN()
      expect(test({ successes: 3, trials: 2 }, none).estimate).toBeNaN()
      expect(test({ successes: 1, trials: 0 }, none).pValue).toBeNaN()
    }
    expect(unpooledProportionTest(none, all).pValue).toBeNaN()
    expect(pooledProportionTest(none, all).statistic).toBeCloseTo(Math.sqrt(200), 12)
  })

  it('square to the chi-square test of the table, and turn around with their samples', () => {
    const sample = fc
      .tuple(fc.integer({ min: 1, max: 1_000_000 }), fc.nat({ max: 1_000_000 }))
      .map(([trials, successes]) => ({ trials, successes: successes % (trials + 1) }))
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const test = pooledProportionTest(a, b)
        fc.pre(!Number.isNaN(test.statistic))
        const table = [a, b].map(({ successes, trials }) => [successes, trials - successes])
        const { statistic } = independence(table)
        expect(Math.abs(test.statistic ** 2 - statistic)).toBeLessThan(1e-9 * (1 + statistic))
        expect(pooledProportionTest(b, a).statistic).toBeCloseTo(-test.statistic, 10)
      }),
      { seed: 1 },
    )
  })

  it('keep the digits of a small difference in a billion units', () => {
    const test = pooledProportionTest(
      { successes: 50_000_000, trials: 1e9 },
      { successes: 50_000_001, trials: 1e9 },
    )
    expect(Math.abs(test.estimate / 1e-9 - 1)).toBeLessThan(1e-15)
  })
})
