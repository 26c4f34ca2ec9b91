import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fisherExact, fisherExactOneSided, sampleOddsRatio } from './fisher-exact.ts'

/** The definition in whole numbers: counts of arrangements, compared without rounding. */
function enumerate(a: number, b: number, c: number, d: number): number {
  const ways = (n: number, k: number): bigint => (k === 0 ? 1n : (ways(n - 1, k - 1) * BigInt(n)) / BigInt(k))
  const observed = ways(a + b, a) * ways(c + d, c)
  let asExtreme = 0n
  for (let x = Math.max(0, a - d); x <= Math.min(a + b, a + c); x++) {
    const probability = ways(a + b, x) * ways(c + d, a + c - x)
    if (probability <= observed) asExtreme += probability
  }
  return Number((asExtreme * 10n ** 40n) / ways(a + b + c + d, a + c)) / 1e40
}

describe('fisherExact', () => {
  // scipy.stats.fisher_exact
  it.each([
    [[3, 1], [1, 3], 0.4857142857142857],
    [[0, 100], [5, 95], 0.059383210468586585],
    [[250, 750], [500, 500], 4.996219259617191e-31],
    [[1, 1999], [10, 1990], 0.011611543203664865],
  ] as const)('of %j and %j', (top, bottom, expected) => {
    const { pValue, log10PValue } = fisherExact([top, bottom])
    expect(Math.abs(pValue / expected - 1)).toBeLessThan(1e-13)
    expect(log10PValue).toBeCloseTo(Math.log10(expected), 12)
  })

  it('is the sum over all tables that are at most as probable', () => {
    const count = fc.nat({ max: 30 })
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const { pValue } = fisherExact([
          [a, b],
          [c, d],
        ])
        expect(Math.abs(pValue / enumerate(a, b, c, d) - 1)).toBeLessThan(1e-12)
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('does not depend on the order of rows and columns, nor on which is which', () => {
    const count = fc.nat({ max: 100_000 })
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const { log10PValue } = fisherExact([
          [a, b],
          [c, d],
        ])
        for (const other of [
          fisherExact([
            [c, d],
            [a, b],
          ]),
          fisherExact([
            [b, a],
            [d, c],
          ]),
          fisherExact([
            [a, c],
            [b, d],
          ]),
        ]) {
          expect(Math.abs(other.log10PValue - log10PValue)).toBeLessThan(
            1e-11 * Math.max(1, Math.abs(log10PValue)),
          )
        }
      }),
      { seed: 2 },
    )
  })

  it('is 1 where no other table exists, or all are as extreme', () => {
    for (const table of [
      [
        [0, 100],
        [0, 50],
      ],
      [
        [5, 0],
        [7, 0],
      ],
      [
        [0, 0],
        [3, 4],
      ],
      [
        [0, 0],
        [0, 0],
      ],
      [
        [5, 5],
        [5, 5],
      ],
    ] as const) {
      expect(fisherExact(table)).toEqual({ pValue: 1, log10PValue: 0 })
    }
  })

  it('goes on as a logarithm in tables of ten million', () => {
    const { pValue, log10PValue } = fisherExact([
      [5, 4_999_995],
      [4_999_000, 1000],
    ])
    expect(pValue).toBe(0)
    expect(log10PValue).toBeLessThan(-3e6)
    // Near independence the test is the chi-square test with continuity correction: p = 0.5275
    expect(
      fisherExact([
        [2_500_000, 2_500_000],
        [2_501_000, 2_499_000],
      ]).pValue,
    ).toBeCloseTo(0.5275, 4)
  })

  it('answers NaN to what is no count', () => {
    for (const wrong of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(
        fisherExact([
          [wrong, 1],
          [1, 1],
        ]).pValue,
      ).toBeNaN()
    }
  })
})

describe('fisherExactOneSided', () => {
  // scipy.stats.fisher_exact([[12, 5], [7, 9]], alternative='less' | 'greater')
  it('agrees with SciPy', () => {
    const { pValueLess, pValueGreater } = fisherExactOneSided([
      [12, 5],
      [7, 9],
    ])
    expect(Math.abs(pValueLess / 0.9727818886255797 - 1)).toBeLessThan(1e-13)
    expect(Math.abs(pValueGreater / 0.11367380825716177 - 1)).toBeLessThan(1e-13)
  })

  it('shares the observed table between its sides, which turn around with the columns', () => {
    const count = fc.nat({ max: 300 })
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const one = fisherExactOneSided([
          [a, b],
          [c, d],
        ])
        const other = fisherExactOneSided([
          [b, a],
          [d, c],
        ])
        expect(other.pValueGreater).toBe(one.pValueLess)
        expect(one.pValueLess + one.pValueGreater).toBeGreaterThan(1 - 1e-12)
        const beyond =
          b > 0 && c > 0
            ? fisherExactOneSided([
                [a + 1, b - 1],
                [c - 1, d + 1],
              ]).pValueGreater
            : 0
        expect(one.pValueLess + beyond).toBeCloseTo(1, 11)
      }),
      { seed: 3 },
    )
  })

  it('is certain where no other table exists, and NaN for what is no count', () => {
    const only = fisherExactOneSided([
      [0, 100],
      [0, 100],
    ])
    expect([only.pValueLess, only.pValueGreater]).toEqual([1, 1])
    expect(
      fisherExactOneSided([
        [0.5, 1],
        [1, 1],
      ]).pValueLess,
    ).toBeNaN()
  })
})

describe('sampleOddsRatio', () => {
  it('is ad / bc', () => {
    expect(
      sampleOddsRatio([
        [3, 1],
        [1, 3],
      ]),
    ).toBe(9)
    expect(
      sampleOddsRatio([
        [10, 0],
        [0, 10],
      ]),
    ).toBe(Number.POSITIVE_INFINITY)
    expect(
      sampleOddsRatio([
        [0, 10],
        [0, 12],
      ]),
    ).toBeNaN()
  })
})
