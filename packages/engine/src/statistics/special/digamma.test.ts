import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digamma, trigamma } from './digamma.ts'

fc.configureGlobal({ seed: 7 })

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('digamma and trigamma', () => {
  // mpmath, 40 digits
  it.each([
    [0.001, -1000.5755719318103, 1000001.6425331958],
    [1, -0.57721566490153286, 1.6449340668482264],
    [1.4616321449683622, -9.2412655217294275e-17, 0.96767224544762125],
    [2.5, 0.70315664064524319, 0.49035775610023486],
    [1e6, 13.815510057964191, 1.0000005000001667e-6],
  ])('at %d', (x, first, second) => {
    expect(relativeError(digamma(x), first)).toBeLessThan(1e-14)
    expect(relativeError(trigamma(x), second)).toBeLessThan(1e-14)
  })

  it('step by 1/x and −1/x²', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (x) => {
        expect(Math.abs(digamma(x + 1) - digamma(x) - 1 / x)).toBeLessThan(1e-14 * (1 + 1 / x))
        expect(Math.abs(trigamma(x) - trigamma(x + 1) - 1 / (x * x))).toBeLessThan(1e-14 * (1 + 1 / (x * x)))
      }),
    )
  })

  it('answer at the ends and NaN outside', () => {
    expect([digamma(0), trigamma(0)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
    expect([digamma(Number.POSITIVE_INFINITY), trigamma(Number.POSITIVE_INFINITY)]).toEqual([
      Number.POSITIVE_INFINITY,
      0,
    ])
    expect([digamma(-1), trigamma(-0.5), digamma(Number.NaN), trigamma(Number.NaN)]).toEqual(
      Array(4).fill(Number.NaN),
    )
  })
})
