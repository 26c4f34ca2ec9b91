import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { studentTSf, studentTTwoSidedP } from '../distributions/student-t.ts'
import { benjaminiHochberg, bonferroni, holm, sidak } from './multiple-comparisons.ts'
import {
  bonferroniAlpha,
  falseCoverageIntervals,
  holmLowerBounds,
  sidakAlpha,
  simultaneousIntervals,
} from './simultaneous-intervals.ts'

const effect = fc.record({
  estimate: fc.double({ min: -5, max: 5, noNaN: true }),
  standardError: fc.double({ min: 0.05, max: 3, noNaN: true }),
  degreesOfFreedom: fc.constantFrom(3, 30, Number.POSITIVE_INFINITY),
})
const effects = fc.array(effect, { minLength: 1, maxLength: 8 })

type Effect = Parameters<typeof holmLowerBounds>[0][number]
const twoSided = ({ estimate, standardError, degreesOfFreedom }: Effect) =>
  studentTTwoSidedP(estimate / standardError, degreesOfFreedom)
const oneSided = ({ estimate, standardError, degreesOfFreedom }: Effect) =>
  studentTSf(estimate / standardError, degreesOfFreedom)

function normalEffects(truths: readonly number[], random: Random): Effect[] {
  return truths.map((truth) => ({
    estimate: truth + normalQuantile(random.nextOpen()),
    standardError: 1,
    degreesOfFreedom: Number.POSITIVE_INFINITY,
  }))
}

describe('simultaneousIntervals', () => {
  it('exclude 0 exactly where the adjusted p-value is below alpha', () => {
    const adjustments = { bonferroni, sidak }
    fc.assert(
      fc.property(effects, fc.constantFrom('bonferroni' as const, 'sidak' as const), (given, adjustment) => {
        const adjusted = adjustments[adjustment](given.map(twoSided))
        fc.pre(adjusted.every((p) => Math.abs(p - 0.05) > 1e-9))
        for (const [i, { low, high }] of simultaneousIntervals(given, 0.05, adjustment).entries())
          expect(low > 0 || high < 0).toBe((adjusted[i] as number) < 0.05)
      }),
      { seed: 1 },
    )
  })

  it('does not count what cannot be judged', () => {
    const fine = { estimate: 1, standardError: 1, degreesOfFreedom: Number.POSITIVE_INFINITY }
    const [interval, none] = simultaneousIntervals([fine, { ...fine, standardError: 0 }], 0.05, 'bonferroni')
    expect(interval?.low).toBeCloseTo(1 - 1.959963984540054, 13)
    expect(none).toEqual({ low: Number.NaN, high: Number.NaN })
    expect(simultaneousIntervals([fine], 1, 'sidak')[0]?.low).toBeNaN()
  })

  it('shares out alpha', () => {
    expect(bonferroniAlpha(0.05, 10)).toBeCloseTo(0.005, 16)
    expect((1 - sidakAlpha(0.05, 10)) ** 10).toBeCloseTo(0.95, 14)
    expect(Math.abs(sidakAlpha(1e-15, 10) / 1e-16 - 1)).toBeLessThan(1e-12)
    expect([bonferroniAlpha(0.05, 0), sidakAlpha(0.05, 0)]).toEqual([Number.NaN, Number.NaN])
  })
})

describe('holmLowerBounds', () => {
  it('are at least 0 exactly where Holm rejects', () => {
    fc.assert(
      fc.property(effects, (given) => {
        const adjusted = holm(given.map(oneSided))
        fc.pre(adjusted.every((p) => Math.abs(p - 0.05) > 1e-9))
        for (const [i, bound] of holmLowerBounds(given, 0.05).entries())
          expect(bound >= 0).toBe((adjusted[i] as number) < 0.05)
      }),
      { seed: 2 },
    )
  })

  it('are those of Bonferroni where all are rejected, and 0 where one is not', () => {
    const far = (estimate: number) => ({
      estimate,
      standardError: 1,
      degreesOfFreedom: Number.POSITIVE_INFINITY,
    })
    expect(holmLowerBounds([far(10), far(2)], 0.05)).toEqual([
      expect.closeTo(10 - 1.959963984540054, 12),
      expect.closeTo(2 - 1.959963984540054, 12),
    ])
    const [first, second] = holmLowerBounds([far(10), far(1)], 0.05)
    expect(first).toBe(0)
    expect(second).toBeCloseTo(1 - 1.6448536269514722, 12)
    expect(holmLowerBounds([far(Number.NaN), far(3)], 0.05)[0]).toBeNaN()
    expect(holmLowerBounds([far(3)], 0.5)[0]).toBeNaN()
  })

  it('hold all together with the confidence stated', () => {
    const random = new Random(31)
    const truths = [0, 0, 0.3, 4]
    const runs = 4000
    let missed = 0
    for (let run = 0; run < runs; run++) {
      const bounds = holmLowerBounds(normalEffects(truths, random), 0.1)
      if (bounds.some((bound, i) => bound > (truths[i] as number))) missed++
    }
    // At most 0.1: standard error 0.0047, four of them
    expect(missed / runs).toBeLessThan(0.1 + 0.019)
    expect(missed).toBeGreaterThan(0)
  })
})

describe('falseCoverageIntervals', () => {
  it('exclude 0 for all that Benjamini and Hochberg select', () => {
    fc.assert(
      fc.property(effects, (given) => {
        const selected = benjaminiHochberg(given.map(twoSided)).map((p) => p < 0.05 * (1 - 1e-9))
        for (const [i, { low, high }] of falseCoverageIntervals(given, selected, 0.05).entries()) {
          if (selected[i]) expect(low > 0 || high < 0).toBe(true)
          else expect([low, high]).toEqual([Number.NaN, Number.NaN])
        }
      }),
      { seed: 3 },
    )
  })

  it('miss a share of at most alpha of what is shown, where plain intervals miss more', () => {
    const random = new Random(77)
    const truths = Array.from({ length: 20 }, (_, i) => (i < 16 ? 0.2 : 2.5))
    const runs = 1500
    const shares = { adjusted: 0, plain: 0 }
    for (let run = 0; run < runs; run++) {
      const given = normalEffects(truths, random)
      const selected = given.map((each) => twoSided(each) < 0.05)
      const count = Math.max(1, selected.filter(Boolean).length)
      const missed = (alpha: number) =>
        falseCoverageIntervals(given, selected, alpha).filter(({ low, high }, i) => {
          const truth = truths[i] as number
          return truth < low || truth > high
        }).length / count
      shares.adjusted += missed(0.1) / runs
      // Undone: R·alpha / m is 0.1 again.
      shares.plain += missed((0.1 * truths.length) / count) / runs
    }
    // A share in [0, 1] over 1500 runs has a standard error of at most 0.013.
    expect(shares.adjusted).toBeLessThan(0.1)
    expect(shares.plain).toBeGreaterThan(0.1 + 0.052)
  })
})
