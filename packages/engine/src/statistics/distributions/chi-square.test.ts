import { describe, expect, it } from 'vitest'
import { goodnessOfFit, independence } from '../hypothesis-tests/chi-square-tests.ts'
import { chiSquareCdf, chiSquareLog10Sf, chiSquareSf } from './chi-square.ts'

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('chiSquareSf', () => {
  // mpmath.gammainc(df / 2, x / 2, regularized=True), 40 digits
  it.each([
    [3.841458820694124, 1, 0.050000000000000057],
    [100, 3, 1.5541594313896049e-21],
    [2000, 2000, 0.49579475581978449],
  ])('of %d with %d degrees of freedom', (x, df, expected) => {
    expect(relativeError(chiSquareSf(x, df), expected)).toBeLessThan(1e-13)
    expect(chiSquareCdf(x, df)).toBeCloseTo(1 - expected, 15)
  })

  it('goes on as a logarithm, and has nothing below 0', () => {
    expect(relativeError(chiSquareLog10Sf(5000, 10), -1073.5239608161078)).toBeLessThan(1e-14)
    expect([chiSquareSf(-1, 2), chiSquareCdf(-1, 2)]).toEqual([1, 0])
    expect([chiSquareSf(Number.NaN, 2), chiSquareSf(1, 0)]).toEqual([Number.NaN, Number.NaN])
  })
})

describe('goodnessOfFit', () => {
  // scipy.stats.chisquare([5000, 5200])
  it('agrees with SciPy', () => {
    const test = goodnessOfFit([5000, 5200], [5100, 5100])
    expect(test).toMatchObject({ degreesOfFreedom: 1 })
    expect(test.statistic).toBeCloseTo(3.9215686274509802, 14)
    expect(test.pValue).toBeCloseTo(0.04767038065616145, 14)
    expect(test.log10PValue).toBeCloseTo(-1.321751380143225, 13)
  })

  it('leaves cells that expect nothing out of the degrees of freedom', () => {
    expect(goodnessOfFit([5000, 5200, 0], [5100, 5100, 0])).toEqual(goodnessOfFit([5000, 5200], [5100, 5100]))
  })

  it('finds a count in such a cell impossible', () => {
    const impossible = {
      statistic: Number.POSITIVE_INFINITY,
      pValue: 0,
      log10PValue: Number.NEGATIVE_INFINITY,
    }
    expect(goodnessOfFit([50, 50, 1], [50, 50, 0])).toMatchObject(impossible)
    expect(goodnessOfFit([50, 1], [51, 0])).toMatchObject(impossible)
  })

  it('says nothing where there is nothing to compare', () => {
    for (const [observed, expected] of [
      [[], []],
      [[5], [5]],
      [
        [0, 0],
        [0, 0],
      ],
      [[1, 2], [1]],
      [
        [-1, 2],
        [1, 1],
      ],
      [
        [1, Number.NaN],
        [1, 1],
      ],
    ] as const) {
      expect(goodnessOfFit(observed, expected).pValue).toBeNaN()
    }
  })
})

describe('independence', () => {
  // scipy.stats.chi2_contingency([[12, 5, 7, 9], [8, 8, 8, 8], [15, 2, 6, 9]], correction=False)
  const table = [
    [12, 5, 7, 9],
    [8, 8, 8, 8],
    [15, 2, 6, 9],
  ]

  it('agrees with SciPy', () => {
    const test = independence(table)
    expect(test.degreesOfFreedom).toBe(6)
    expect(test.statistic).toBeCloseTo(6.119127747252747, 13)
    expect(test.pValue).toBeCloseTo(0.40997859924887975, 13)
  })

  it('leaves out rows and columns without counts', () => {
    const padded = [...table.map((row) => [...row, 0]), [0, 0, 0, 0, 0]]
    expect(independence(padded)).toEqual(independence(table))
  })

  it('does not depend on which side is rows', () => {
    const transposed = table[0]?.map((_, j) => table.map((row) => row[j] as number)) ?? []
    expect(independence(transposed).pValue).toBeCloseTo(independence(table).pValue, 14)
  })

  it('says nothing where there is nothing to compare', () => {
    for (const empty of [
      [],
      [[]],
      [[1, 2]],
      [[1], [2]],
      [
        [1, 2],
        [0, 0],
      ],
      [[1, 2], [3]],
      [
        [1, -2],
        [3, 4],
      ],
    ]) {
      expect(independence(empty).pValue).toBeNaN()
    }
  })
})
