import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atLeastOne } from './at-least-one.ts'
import { climb, logPeakedSum } from './peaked-sum.ts'
import { polynomial } from './polynomial.ts'
import { expm1MinusX, log1pMinusX } from './small-differences.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('expm1MinusX and log1pMinusX', () => {
  // mpmath, 40 digits
  it('keep their digits where they are nearly ± x²/2', () => {
    expect(relativeError(expm1MinusX(1e-5), 5.0000166667083342e-11)).toBeLessThan(1e-15)
    expect(relativeError(expm1MinusX(-0.3), 0.040818220681717863)).toBeLessThan(1e-15)
    expect(relativeError(log1pMinusX(1e-5), -4.9999666669166655e-11)).toBeLessThan(1e-15)
    expect(relativeError(log1pMinusX(-0.3), -0.056674943938732374)).toBeLessThan(1e-15)
  })

  it('undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.9, max: 5, noNaN: true }), (x) => {
        const logarithm = Math.log1p(x)
        expect(Math.abs(expm1MinusX(logarithm) + log1pMinusX(x))).toBeLessThan(1e-15 * (1 + x * x))
      }),
    )
  })

  it('answer at the ends', () => {
    expect([expm1MinusX(0), log1pMinusX(0)]).toEqual([0, 0])
    expect([expm1MinusX(Number.NEGATIVE_INFINITY), expm1MinusX(800)]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ])
    expect([log1pMinusX(-1), log1pMinusX(Number.POSITIVE_INFINITY)]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ])
    expect([expm1MinusX(Number.NaN), log1pMinusX(-2)]).toEqual([Number.NaN, Number.NaN])
  })
})

describe('atLeastOne', () => {
  it('is 1 − (1 − p)ⁿ', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1, noNaN: true }), fc.nat({ max: 5000 }), (p, n) => {
        const expected = p === 1 ? Math.min(1, n) : -Math.expm1(n * Math.log1p(-p))
        expect(Math.abs(atLeastOne(p, n) - expected)).toBeLessThanOrEqual(1e-12 * expected)
      }),
    )
  })
})

describe('polynomial', () => {
  it('takes the constant term first', () => {
    expect([polynomial([3, 2, 1], 10), polynomial([], 7)]).toEqual([123, 0])
  })
})

describe('logPeakedSum', () => {
  it('finds a far peak and sums around it', () => {
    const logTerm = (k: number) => -((k - 1234) ** 2) / 200 - 5000
    expect(climb(logTerm, 0)).toBe(1234)
    const expected = Math.log(Math.sqrt(200 * Math.PI)) - 5000
    expect(logPeakedSum({ logTerm, tolerance: 1e-16 }, 0)).toBeCloseTo(expected, 12)
  })

  it('is NaN for terms that do not end, −Infinity where there are none', () => {
    expect(logPeakedSum({ logTerm: () => 0, tolerance: 1e-16 }, 0)).toBeNaN()
    expect(logPeakedSum({ logTerm: () => Number.NaN, tolerance: 1e-16 }, 0)).toBeNaN()
    expect(logPeakedSum({ logTerm: () => Number.NEGATIVE_INFINITY, tolerance: 1e-16 }, 0)).toBe(
      Number.NEGATIVE_INFINITY,
    )
  })
})
