import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { proportionDifference } from './proportion-intervals.ts'
import { miettinenNurminenInterval, miettinenNurminenStatistic } from './score-interval.ts'

const sample = fc
  .tuple(fc.integer({ min: 1, max: 1_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([trials, share]) => ({ successes: Math.round(trials * share), trials }))

const of = (successes: number, trials: number) => ({ successes, trials })

describe('miettinenNurminenInterval', () => {
  // Newcombe 1998 (difference), table II, method 5
  it('of 56 in 70 and 48 in 80', () => {
    const { low, high } = miettinenNurminenInterval(of(48, 80), of(56, 70), 0.05)
    expect(low).toBeCloseTo(0.0528, 4)
    expect(high).toBeCloseTo(0.3382, 4)
  })

  // Bisection with 40 digits (mpmath)
  it.each([
    [of(0, 100), of(0, 100), -0.0371724849303644, 0.0371724849303644],
    [of(0, 5), of(5, 5), 0.4017099031609118, 1],
    [of(100, 100), of(0, 100), -1, -0.9621235338867301],
    [of(0, 50), of(3, 1_000_000), -0.07134466539875053, 8.821154117924745e-6],
    [of(2, 1e9), of(5, 1e9), -2.8362289455290114e-9, 9.930699786639094e-9],
    [of(1e8, 1e9), of(1.01e8, 1e9), 0.0009736460313135941, 0.0010263539784091322],
    [of(3, 1e9), of(10, 20), 0.2992980051140304, 0.7007019888859697],
  ])('of %j and %j to 14 digits', (control, treatment, low, high) => {
    const interval = miettinenNurminenInterval(control, treatment, 0.05)
    expect(Math.abs(interval.low / low - 1)).toBeLessThan(1e-14)
    expect(Math.abs(interval.high / high - 1)).toBeLessThan(1e-14)
  })

  it('ends where the test just rejects, and mirrors when the samples change places', () => {
    const z = 1.959963984540054
    fc.assert(
      fc.property(sample, sample, (control, treatment) => {
        const { low, high } = miettinenNurminenInterval(control, treatment, 0.05)
        const estimate = proportionDifference(control, treatment)
        const mirrored = miettinenNurminenInterval(treatment, control, 0.05)
        expect(low <= estimate && estimate <= high).toBe(true)
        expect(Math.abs(mirrored.low + high)).toBeLessThan(1e-14)
        if (estimate - low > 1e-9 && low > -0.999999)
          expect(miettinenNurminenStatistic(control, treatment, low)).toBeCloseTo(z, 6)
        if (high - estimate > 1e-9 && high < 0.999999)
          expect(miettinenNurminenStatistic(control, treatment, high)).toBeCloseTo(-z, 6)
      }),
      { seed: 1 },
    )
  })
})

describe('miettinenNurminenStatistic', () => {
  it('is the pooled z with divisor N − 1 for no difference', () => {
    // 5/50 and 15/50: pooled z is 2.5
    expect(miettinenNurminenStatistic(of(5, 50), of(15, 50))).toBeCloseTo(2.5 * Math.sqrt(0.99), 14)
  })

  it('is NaN outside, and where nothing varies', () => {
    expect(miettinenNurminenStatistic(of(0, 5), of(0, 5))).toBeNaN()
    expect(miettinenNurminenStatistic(of(6, 5), of(0, 5))).toBeNaN()
    expect(miettinenNurminenStatistic(of(1, 5), of(1, 5), 1)).toBeNaN()
    expect(miettinenNurminenInterval(of(1, 5), of(0, 0), 0.05).low).toBeNaN()
    expect(miettinenNurminenInterval(of(1, 5), of(1, 5), 1).high).toBeNaN()
  })
})
