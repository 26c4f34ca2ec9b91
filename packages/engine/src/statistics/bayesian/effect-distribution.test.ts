import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalCdf } from '../distributions/normal.ts'
import { incompleteBeta } from '../special/incomplete-beta.ts'
import { compareBetas, compareGammas } from './compare-two.ts'
import type { EffectDistribution } from './effect.ts'
import { betaEffect, gammaEffect, normalEffect } from './effect-distribution.ts'
import {
  effectHighestDensityInterval,
  effectInterval,
  effectQuantile,
  probabilityWithin,
} from './effect-intervals.ts'

const SEED = 20261122

function known(effect: EffectDistribution | undefined): EffectDistribution {
  if (!effect) throw new Error('outside the domain')
  return effect
}

describe('the effect on a probability', () => {
  // mpmath, 22 digits: quadrature over the control, split where the treatment would leave [0, 1].
  it.each([
    [
      [1.2649085546502525, 0.9783498338445324, 10.546574232484842, 21.43749211753044],
      -0.43440311089212236,
      0.2949953852772667,
    ],
    [
      [22.30779035373044, 30.281302422058683, 4.391389208573316, 56.46621417356124],
      -0.3309201325238621,
      0.6103684611120301,
    ],
  ])('as a difference: %j', ([a = 0, b = 0, c = 0, d = 0], value, expected) => {
    const effect = known(betaEffect({ a, b }, { a: c, b: d }, 'difference'))
    expect(Math.abs(effect.cdf(value) - expected)).toBeLessThan(1e-13)
  })

  it.each([
    [
      [1.2649085546502525, 0.9783498338445324, 10.546574232484842, 21.43749211753044],
      -0.10587045638208781,
      0.7194705244832021,
    ],
    [
      [22.30779035373044, 30.281302422058683, 4.391389208573316, 56.46621417356124],
      0.6423529180978411,
      0.9999999989656514,
    ],
  ])('as a lift: %j', ([a = 0, b = 0, c = 0, d = 0], value, expected) => {
    const effect = known(betaEffect({ a, b }, { a: c, b: d }, 'lift'))
    expect(Math.abs(effect.cdf(value) - expected)).toBeLessThan(1e-13)
  })

  it('is a triangle where both are uniform', () => {
    const uniform = { a: 1, b: 1 }
    const effect = known(betaEffect(uniform, uniform, 'difference'))
    for (const value of [-0.999, -0.5, -1e-3]) expect(effect.cdf(value)).toBeCloseTo((1 + value) ** 2 / 2, 12)
    for (const value of [0.1, 0.7]) expect(effect.density(value)).toBeCloseTo(1 - value, 11)
    expect([effect.cdf(-1), effect.cdf(1)]).toEqual([0, 1])
    const lift = known(betaEffect(uniform, uniform, 'lift'))
    for (const value of [0, 1, 30]) expect(lift.cdf(value)).toBeCloseTo(1 - 1 / (2 * (1 + value)), 12)
  })

  it('is above 0 as often as the treatment is better, on either scale', () => {
    const parameter = fc.double({ min: -1, max: 7, noNaN: true }).map((power) => 10 ** power)
    const arm = fc.record({ a: parameter, b: parameter })
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        const { chanceControlBetter } = compareBetas(control, treatment)
        for (const comparison of ['difference', 'lift'] as const) {
          const effect = known(betaEffect(control, treatment, comparison))
          expect(effect.cdf(0)).toBeCloseTo(chanceControlBetter, 9)
        }
      }),
      { seed: SEED, numRuns: 60 },
    )
  })

  it('has quantiles that turn the distribution round', () => {
    const effect = known(betaEffect({ a: 12, b: 90 }, { a: 20, b: 80 }, 'lift'))
    for (const p of [1e-6, 0.025, 0.5, 0.9, 1 - 1e-6]) {
      expect(effect.cdf(effectQuantile(effect, p))).toBeCloseTo(p, 10)
    }
    expect(effectQuantile(effect, 0)).toBeNaN()
  })

  it('has an interval of highest density that is the shortest', () => {
    const effect = known(betaEffect({ a: 2, b: 10 }, { a: 100, b: 900 }, 'lift'))
    const { low, high } = effectHighestDensityInterval(effect, 0.05)
    expect(effect.cdf(high) - effect.cdf(low)).toBeCloseTo(0.95, 10)
    expect(effect.density(low) / effect.density(high)).toBeCloseTo(1, 7)
    const equalTails = effectInterval(effect, 0.05)
    expect(high - low).toBeLessThan(equalTails.high - equalTails.low)
  })

  it('has one that begins at the end where the density is highest', () => {
    const uniform = { a: 1, b: 1 }
    const { low, high } = effectHighestDensityInterval(known(betaEffect(uniform, uniform, 'lift')), 0.05)
    expect([low, high]).toEqual([-1, expect.closeTo(9, 9)])
  })

  it('is known for a billion units', () => {
    const effect = known(betaEffect({ a: 1e8, b: 9e8 }, { a: 1.0002e8, b: 8.9998e8 }, 'difference'))
    const { low, high } = effectInterval(effect, 0.05)
    const deviation = Math.sqrt((0.1 * 0.9 + 0.10002 * 0.89998) / 1e9)
    expect((high - low) / (2 * 1.959963984540054 * deviation)).toBeCloseTo(1, 7)
  })
})

describe('the effect on a rate', () => {
  it('as a lift is a ratio of gamma variables', () => {
    const effect = known(gammaEffect({ shape: 7, rate: 3 }, { shape: 11, rate: 4 }, 'lift'))
    for (const lift of [-0.9, -0.2, 0, 0.5, 4]) {
      const share = (4 * (1 + lift)) / (4 * (1 + lift) + 3)
      expect(effect.cdf(lift)).toBeCloseTo(incompleteBeta(share, 11, 7).lower, 12)
    }
  })

  it('as a difference of exponential variables is a double exponential', () => {
    const effect = known(gammaEffect({ shape: 1, rate: 2 }, { shape: 1, rate: 3 }, 'difference'))
    expect(effect.cdf(-0.5)).toBeCloseTo((3 / 5) * Math.exp(-1), 12)
    expect(effect.cdf(0.5)).toBeCloseTo(1 - (2 / 5) * Math.exp(-1.5), 12)
    expect(effect.cdf(0)).toBeCloseTo(
      compareGammas({ shape: 1, rate: 2 }, { shape: 1, rate: 3 }).chanceControlBetter,
      12,
    )
  })
})

describe('the effect on a mean', () => {
  const control = { mean: 10, standardDeviation: 0.5 }
  const treatment = { mean: 11, standardDeviation: 0.4 }

  it('as a difference is normal', () => {
    const effect = known(normalEffect(control, treatment, 'difference'))
    expect(effect.cdf(0)).toBeCloseTo(normalCdf(-1 / Math.hypot(0.5, 0.4)), 15)
  })

  it('as a lift agrees with its density, and does not mind the sign of both', () => {
    const effect = known(normalEffect(control, treatment, 'lift'))
    const mirrored = known(normalEffect({ ...control, mean: -10 }, { ...treatment, mean: -11 }, 'lift'))
    for (const lift of [-0.1, 0.1, 0.3]) {
      const slope = (effect.cdf(lift + 1e-5) - effect.cdf(lift - 1e-5)) / 2e-5
      expect(effect.density(lift) / slope).toBeCloseTo(1, 6)
      expect(mirrored.cdf(lift)).toBe(effect.cdf(lift))
    }
  })

  it('is a Cauchy variable where nothing is known of either sign', () => {
    const unknown = { mean: 0, standardDeviation: 1 }
    const effect = known(normalEffect(unknown, { mean: 0, standardDeviation: 3 }, 'lift'))
    for (const lift of [-7, -1, 0.5, 20]) {
      expect(effect.cdf(lift)).toBeCloseTo(0.5 + Math.atan((1 + lift) / 3) / Math.PI, 11)
    }
    const { low, high } = effectInterval(effect, 0.1)
    expect(high).toBeCloseTo(-1 + 3 * Math.tan(0.45 * Math.PI), 7)
    expect(low).toBeCloseTo(-1 - 3 * Math.tan(0.45 * Math.PI), 7)
  })

  it('takes the exact way and the quick one to the same place', () => {
    const near = { mean: 8.4, standardDeviation: 1 }
    const far = { mean: 8.6, standardDeviation: 8.6 / 8.4 }
    const exact = known(normalEffect(near, treatment, 'lift'))
    const scaled = { mean: (11 * 8.6) / 8.4, standardDeviation: (0.4 * 8.6) / 8.4 }
    expect(exact.cdf(0.3)).toBeCloseTo(known(normalEffect(far, scaled, 'lift')).cdf(0.3), 13)
  })
})

describe('a region', () => {
  it('holds what the distribution says', () => {
    const effect = known(
      normalEffect({ mean: 0, standardDeviation: 3 }, { mean: 1, standardDeviation: 4 }, 'difference'),
    )
    const expected = normalCdf((2 - 1) / 5) - normalCdf((-2 - 1) / 5)
    expect(probabilityWithin(effect, { low: -2, high: 2 })).toBeCloseTo(expected, 15)
  })
})

describe('outside the domain', () => {
  it('there is no effect', () => {
    expect(betaEffect({ a: 0, b: 1 }, { a: 1, b: 1 }, 'lift')).toBeUndefined()
    expect(gammaEffect({ shape: 1, rate: 1 }, { shape: 1, rate: -1 }, 'lift')).toBeUndefined()
    expect(
      normalEffect({ mean: 1, standardDeviation: 0 }, { mean: 1, standardDeviation: 1 }, 'difference'),
    ).toBeUndefined()
  })
})
