import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gammaDensity, gammaTails } from './gamma.ts'
import {
  chiSquareQuantile,
  chiSquareUpperQuantile,
  gammaQuantile,
  gammaUpperQuantile,
} from './gamma-quantile.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const probability = fc.oneof(
  fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
  fc.constantFrom(1e-300, 1e-100, 1e-20, 1 - 1e-12),
)
const shape = fc.oneof(
  fc.double({ min: 0.05, max: 1, noNaN: true }),
  fc.double({ min: 1, max: 1e4, noNaN: true }),
  fc.constantFrom(1e6, 1e8),
)

describe('gammaQuantile', () => {
  // mpmath: Newton's method on gammainc, 40 digits
  it('agrees with forty digits', () => {
    expect(relativeError(gammaQuantile(0.05, 3), 0.81769144716395335)).toBeLessThan(1e-14)
    expect(relativeError(gammaQuantile(1e-10, 0.25), 6.7496978931117311e-41)).toBeLessThan(1e-13)
    expect(relativeError(gammaUpperQuantile(1e-100, 2.5), 238.18971853208138)).toBeLessThan(1e-14)
    expect(relativeError(chiSquareUpperQuantile(0.05, 1), 3.8414588206941259)).toBeLessThan(1e-14)
  })

  it('undoes the distribution', () => {
    fc.assert(
      fc.property(probability, shape, fc.constantFrom(1, 0.3, 2, 1e6), (p, a, scale) => {
        const x = gammaQuantile(p, a, scale)
        if (x < 1e-300) return
        const { logLower, logUpper } = gammaTails(x, a, scale)
        const tolerance = 1e-12 + 4e-16 * Math.sqrt(a) * 30
        if (p <= 0.5) expect(Math.abs(logLower - Math.log(p))).toBeLessThan(tolerance * (1 - Math.log(p)))
        else expect(relativeError(Math.exp(logUpper), 1 - p)).toBeLessThan(tolerance * 30)
      }),
    )
  })

  it('is the same from the other side, and −log for shape 1', () => {
    fc.assert(
      fc.property(probability, (q) => {
        expect(relativeError(gammaUpperQuantile(q, 1), -Math.log(q))).toBeLessThan(1e-13 + 1e-16 / (1 - q))
        expect(gammaUpperQuantile(1 - q, 3.5)).toBe(gammaQuantile(1 - (1 - q), 3.5))
        expect(chiSquareQuantile(q, 7)).toBe(gammaQuantile(q, 3.5, 2))
      }),
    )
  })

  it('answers at the ends and NaN outside', () => {
    expect([gammaQuantile(0, 2), gammaQuantile(1, 2)]).toEqual([0, Number.POSITIVE_INFINITY])
    expect([gammaUpperQuantile(0, 2), gammaUpperQuantile(1, 2)]).toEqual([Number.POSITIVE_INFINITY, 0])
    expect(gammaQuantile(0.1, 1e-3)).toBe(0)
    for (const [p, a, scale] of [
      [-0.1, 1, 1],
      [1.1, 1, 1],
      [Number.NaN, 1, 1],
      [0.5, 0, 1],
      [0.5, Number.POSITIVE_INFINITY, 1],
      [0.5, 1, 0],
      [0.5, 1, Number.NaN],
    ] as const) {
      expect(gammaQuantile(p, a, scale)).toBeNaN()
      expect(gammaUpperQuantile(p, a, scale)).toBeNaN()
    }
  })
})

describe('gammaTails', () => {
  it('does not lose digits to the scale', () => {
    // mpmath.gammainc(1e8, 0, x/3), x = 3.0003e8: the nearest doubles to both
    const { lower } = gammaTails(300030000, 1e8, 3)
    expect(lower).toBeCloseTo(0.8413, 3)
    expect(gammaTails(300030000, 1e8, 3)).toEqual(gammaTails(100010000, 1e8))
  })

  it('has the density as its slope', () => {
    const step = 1e-5
    const slope = (gammaTails(4 + step, 2.5, 1.5).lower - gammaTails(4 - step, 2.5, 1.5).lower) / (2 * step)
    expect(gammaDensity(4, 2.5, 1.5)).toBeCloseTo(slope, 9)
    expect([gammaDensity(-1, 2), gammaDensity(0, 2), gammaDensity(0, 1, 4), gammaDensity(0, 0.5)]).toEqual([
      0,
      0,
      0.25,
      Number.POSITIVE_INFINITY,
    ])
    expect([gammaDensity(1, 0), gammaDensity(Number.NaN, 1)]).toEqual([Number.NaN, Number.NaN])
  })

  it('is empty below 0, and NaN outside', () => {
    expect(gammaTails(-1, 2)).toMatchObject({ lower: 0, upper: 1 })
    expect(gammaTails(Number.POSITIVE_INFINITY, 2, 3)).toMatchObject({ lower: 1, upper: 0 })
    expect([gammaTails(1, 2, 0).lower, gammaTails(Number.NaN, 2).lower, gammaTails(1, -1).lower]).toEqual(
      Array(3).fill(Number.NaN),
    )
  })
})
