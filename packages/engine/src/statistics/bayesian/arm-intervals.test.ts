import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fTails } from '../distributions/f.ts'
import { gammaTails } from '../distributions/gamma.ts'
import { incompleteBeta } from '../special/incomplete-beta.ts'
import {
  betaHighestDensityInterval,
  betaInterval,
  gammaHighestDensityInterval,
  gammaInterval,
  normalInterval,
} from './arm-intervals.ts'

const SEED = 20261122

describe('the interval of highest density', () => {
  // mpmath, 40 digits: equal densities at both ends.
  it('of a probability', () => {
    const { low, high } = betaHighestDensityInterval({ a: 12.5, b: 40 }, 0.05)
    expect(low).toBeCloseTo(0.128286019253062104, 13)
    expect(high).toBeCloseTo(0.353500183980699179, 13)
  })

  it('of a rate', () => {
    const { low, high } = gammaHighestDensityInterval({ shape: 3, rate: 2 }, 0.1)
    expect(low).toBeCloseTo(0.220663447683036418, 13)
    expect(high).toBeCloseTo(2.739587356158184438, 12)
  })

  it('holds what it should, with equal densities at its ends, and is not longer than that of equal tails', () => {
    const parameter = fc.double({ min: 0.1, max: 4, noNaN: true }).map((power) => 10 ** power)
    fc.assert(
      fc.property(parameter, parameter, fc.constantFrom(0.001, 0.05, 0.5), (one, other, alpha) => {
        // So that the ends are not so near 1 that a double cannot hold what they lack.
        const [a, b] = [Math.min(one, other), Math.max(one, other)]
        const { low, high } = betaHighestDensityInterval({ a, b }, alpha)
        const held = incompleteBeta(high, a, b).lower - incompleteBeta(low, a, b).lower
        expect(held).toBeCloseTo(1 - alpha, 10)
        const tilt = (a - 1) * Math.log(low / high) + (b - 1) * (Math.log1p(-low) - Math.log1p(-high))
        expect(Math.abs(tilt)).toBeLessThan(1e-7)
        const equalTails = betaInterval({ a, b }, alpha)
        expect(high - low).toBeLessThanOrEqual((equalTails.high - equalTails.low) * (1 + 1e-10))
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  it('begins where the density is highest', () => {
    // Of a + b = 1 + b: 1 − (1 − x)ᵇ.
    const { low, high } = betaHighestDensityInterval({ a: 1, b: 101 }, 0.05)
    expect([low, high]).toEqual([0, expect.closeTo(1 - 0.05 ** (1 / 101), 14)])
    expect(betaHighestDensityInterval({ a: 101, b: 1 }, 0.05)).toEqual({
      low: expect.closeTo(0.05 ** (1 / 101), 14),
      high: 1,
    })
    expect(betaHighestDensityInterval({ a: 0.2, b: 0.4 }, 0.5)).toMatchObject({ low: 0 })
    expect(betaHighestDensityInterval({ a: 0.4, b: 0.2 }, 0.5)).toMatchObject({ high: 1 })
    expect(gammaHighestDensityInterval({ shape: 1, rate: 2 }, 0.05)).toEqual({
      low: 0,
      high: expect.closeTo(-Math.log(0.05) / 2, 14),
    })
  })

  it('is the middle of a uniform distribution', () => {
    const { low, high } = betaHighestDensityInterval({ a: 1, b: 1 }, 0.2)
    expect([low, high]).toEqual([expect.closeTo(0.1, 14), expect.closeTo(0.9, 14)])
  })

  it('is known for a billion units', () => {
    const { low, high } = betaHighestDensityInterval({ a: 1e8, b: 9e8 }, 0.05)
    const margin = 1.959963984540054 * Math.sqrt(0.09 / 1e9)
    expect((high - low) / (2 * margin)).toBeCloseTo(1, 8)
    expect((high + low) / 2).toBeCloseTo(0.1, 8)
  })
})

describe('the interval with equal tails', () => {
  it('leaves as much on each side', () => {
    const beta = betaInterval({ a: 3, b: 5 }, 0.1)
    expect(incompleteBeta(beta.low, 3, 5).lower).toBeCloseTo(0.05, 14)
    // A beta variable as a ratio of gamma variables.
    expect(fTails(((beta.high / 3) * 5) / (1 - beta.high), 6, 10).upper).toBeCloseTo(0.05, 13)
    const gamma = gammaInterval({ shape: 3, rate: 5 }, 0.1)
    expect(gammaTails(gamma.high, 3, 1 / 5).upper).toBeCloseTo(0.05, 14)
    const normal = normalInterval({ mean: 3, standardDeviation: 2 }, 0.05)
    expect(normal.high).toBeCloseTo(3 + 2 * 1.959963984540054, 14)
  })
})

describe('outside the domain', () => {
  const nothing = { low: Number.NaN, high: Number.NaN }
  it.each([0, 1, -0.1, Number.NaN])('alpha %d', (alpha) => {
    expect(betaInterval({ a: 2, b: 2 }, alpha)).toEqual(nothing)
    expect(betaHighestDensityInterval({ a: 2, b: 2 }, alpha)).toEqual(nothing)
    expect(gammaInterval({ shape: 2, rate: 2 }, alpha)).toEqual(nothing)
    expect(gammaHighestDensityInterval({ shape: 2, rate: 2 }, alpha)).toEqual(nothing)
    expect(normalInterval({ mean: 2, standardDeviation: 2 }, alpha)).toEqual(nothing)
  })

  it('parameters', () => {
    expect(betaHighestDensityInterval({ a: 0, b: 2 }, 0.05)).toEqual(nothing)
    expect(gammaHighestDensityInterval({ shape: 1, rate: 0 }, 0.05)).toEqual(nothing)
    expect(normalInterval({ mean: 1, standardDeviation: 0 }, 0.05)).toEqual(nothing)
  })
})
