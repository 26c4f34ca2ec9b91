import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logBeta, logBinomialCoefficient } from './log-beta.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const parameter = fc.double({ min: 1e-6, max: 1e6, noNaN: true })

// Values: mpmath, 40 digits.
describe('logBeta', () => {
  it.each([
    [0.5, 0.5, 1.1447298858494002],
    [0.001, 1e9, 6.8864556195474068],
    [2.5, 1e6, -34.254095399436516],
    [1e8, 1e9, -335099715.32790866],
  ])('of %d and %d', (a, b, expected) => {
    expect(relativeError(logBeta(a, b), expected)).toBeLessThan(1e-14)
    expect(logBeta(b, a)).toBe(logBeta(a, b))
  })

  it('keeps B(a, b) = B(a + 1, b) + B(a, b + 1)', () => {
    fc.assert(
      fc.property(parameter, parameter, (a, b) => {
        const one = Math.exp(logBeta(a + 1, b) - logBeta(a, b))
        const other = Math.exp(logBeta(a, b + 1) - logBeta(a, b))
        const scale = Math.max(1, Math.abs(logBeta(a, b)))
        expect(Math.abs(one + other - 1)).toBeLessThan(1e-14 * scale)
      }),
    )
  })

  it('answers at the ends and NaN outside', () => {
    expect([logBeta(0, 2), logBeta(2, Number.POSITIVE_INFINITY)]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ])
    expect([logBeta(-1, 2), logBeta(Number.NaN, 2)]).toEqual([Number.NaN, Number.NaN])
  })
})

describe('logBinomialCoefficient', () => {
  it('is the logarithm of the number of choices', () => {
    expect(relativeError(logBinomialCoefficient(1000, 300), 607.27149626437476)).toBeLessThan(1e-14)
    expect(relativeError(logBinomialCoefficient(1e9, 5), 98.82883743195001)).toBeLessThan(1e-14)
    expect(logBinomialCoefficient(7, 3)).toBeCloseTo(Math.log(35), 14)
    expect([logBinomialCoefficient(7, 0), logBinomialCoefficient(7, 7)]).toEqual([0, 0])
  })

  it('is 0 of choices outside', () => {
    expect([logBinomialCoefficient(7, 8), logBinomialCoefficient(7, -1)]).toEqual(
      Array(2).fill(Number.NEGATIVE_INFINITY),
    )
    expect([logBinomialCoefficient(-1, 0), logBinomialCoefficient(3, Number.NaN)]).toEqual(
      Array(2).fill(Number.NaN),
    )
  })
})
