import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  newcombeInterval,
  proportionRatioInterval,
  relativeProportionDifference,
  wilsonInterval,
} from './proportion-intervals.ts'

const sample = fc
  .tuple(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([trials, share]) => ({ successes: Math.round(trials * share), trials }))

describe('wilsonInterval', () => {
  // Newcombe 1998 (one sample), table I, method 3
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d in %d', (successes, trials, low, high) => {
    const interval = wilsonInterval({ successes, trials }, 0.05)
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  it('holds the observed rate, within [0, 1], and mirrors when successes and failures change places', () => {
    fc.assert(
      fc.property(sample, ({ successes, trials }) => {
        const { low, high } = wilsonInterval({ successes, trials }, 0.05)
        const mirrored = wilsonInterval({ successes: trials - successes, trials }, 0.05)
        expect(low >= 0 && low <= successes / trials && high >= successes / trials && high <= 1).toBe(true)
        expect(Math.abs(mirrored.low - (1 - high))).toBeLessThan(1e-15)
      }),
    )
  })

  it('answers NaN outside', () => {
    expect(wilsonInterval({ successes: 2, trials: 1 }, 0.05).low).toBeNaN()
    expect(wilsonInterval({ successes: 0, trials: 0 }, 0.05).high).toBeNaN()
    expect(wilsonInterval({ successes: 1, trials: 2 }, 0).low).toBeNaN()
  })
})

describe('newcombeInterval', () => {
  // Newcombe 1998 (difference), table II, method 10
  it.each([
    [{ successes: 48, trials: 80 }, { successes: 56, trials: 70 }, 0.0524, 0.3339],
    [{ successes: 3, trials: 10 }, { successes: 9, trials: 10 }, 0.1705, 0.809],
    [{ successes: 0, trials: 10 }, { successes: 10, trials: 10 }, 0.6075, 1],
  ])('of %j and %j', (control, treatment, low, high) => {
    const interval = newcombeInterval(control, treatment, 0.05)
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  it('answers NaN outside', () => {
    const fine = { successes: 1, trials: 2 }
    expect(newcombeInterval(fine, { successes: -1, trials: 2 }, 0.05).low).toBeNaN()
    expect(newcombeInterval({ successes: 1, trials: 0 }, fine, 0.05).high).toBeNaN()
  })
})

describe('proportionRatioInterval', () => {
  it('touches where treatment − ratio × control touches 0 in the manner of Newcombe', () => {
    fc.assert(
      fc.property(sample, sample, (control, treatment) => {
        fc.pre(control.successes > 0)
        const { low, high } = proportionRatioInterval(control, treatment, 0.05)
        const [c, t] = [wilsonInterval(control, 0.05), wilsonInterval(treatment, 0.05)]
        const [p, q] = [control.successes / control.trials, treatment.successes / treatment.trials]
        const lowerGap = q - low * p - Math.hypot(q - t.low, low * (c.high - p))
        const upperGap = q - high * p + Math.hypot(t.high - q, high * (p - c.low))
        const scale = (1 + high) * 1e-9
        expect(Math.abs(lowerGap)).toBeLessThan(scale)
        expect(Math.abs(upperGap)).toBeLessThan(scale)
      }),
    )
  })

  it('is NaN where the control has no success', () => {
    const { low, high } = proportionRatioInterval(
      { successes: 0, trials: 9 },
      { successes: 1, trials: 9 },
      0.05,
    )
    expect([low, high]).toEqual([Number.NaN, Number.NaN])
  })
})

describe('relativeProportionDifference', () => {
  it('keeps the digits of a small effect, and is exactly −1 without success', () => {
    const control = { successes: 50_000_000, trials: 1e9 }
    expect(relativeProportionDifference(control, { successes: 50_000_001, trials: 1e9 })).toBe(2e-8)
    fc.assert(
      fc.property(sample, sample, (one, { trials }) => {
        fc.pre(one.successes > 0)
        expect(relativeProportionDifference(one, { successes: 0, trials })).toBe(-1)
      }),
      { seed: 1 },
    )
  })
})
