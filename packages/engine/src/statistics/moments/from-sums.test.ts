import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CrossMoments } from './cross-moments.ts'
import { momentsFromSums } from './from-sums.ts'

describe('momentsFromSums', () => {
  it('agrees with moments of the values', () => {
    const whole = fc.integer({ min: -1000, max: 1000 })
    fc.assert(
      fc.property(fc.array(fc.tuple(whole, whole), { minLength: 2, maxLength: 50 }), (rows) => {
        const moments = new CrossMoments(1, 2)
        for (const row of rows) moments.add(0, row, 1)
        const sum = (f: (row: readonly number[]) => number) => rows.reduce((total, row) => total + f(row), 0)
        const products = [0, 1].map((i) => [0, 1].map((j) => sum((row) => Number(row[i]) * Number(row[j]))))
        const summary = momentsFromSums(
          rows.length,
          [sum((row) => Number(row[0])), sum((row) => Number(row[1]))],
          products,
        )
        const expected = moments.summary(0)
        for (const i of [0, 1]) {
          expect(summary.mean[i]).toBe(expected.mean[i])
          for (const j of [0, 1])
            expect(
              Math.abs(Number(summary.covariance[i]?.[j]) - Number(expected.covariance[i]?.[j])),
            ).toBeLessThan(1e-9)
        }
      }),
      { seed: 1 },
    )
  })

  it('loses nothing to the subtraction of two nearly equal numbers', () => {
    // 2²⁵, 2²⁵ + 1 and 2²⁵ + 2: Σx² is a double, (Σx)² is not
    const base = 2 ** 25
    const products = [[3 * base * base + 6 * base + 5]]
    expect(momentsFromSums(3, [3 * base + 3], products).covariance[0]?.[0]).toBe(1)
    // A Σx² that was rounded below (Σx)² / n
    expect(momentsFromSums(2, [2e9 + 4], [[2e18 + 8e9]]).covariance[0]?.[0]).toBe(0)
  })

  it('is NaN where no values have such sums, and below two units', () => {
    expect(momentsFromSums(10, [100], [[500]]).covariance[0]?.[0]).toBeNaN()
    expect(momentsFromSums(1, [1], [[1]]).covariance[0]?.[0]).toBeNaN()
    expect(momentsFromSums(0, [0], [[0]]).mean[0]).toBeNaN()
  })
})
