import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CrossMoments } from './cross-moments.ts'

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true })
const vectors = fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 40 })

function of(rows: readonly (readonly number[])[]): CrossMoments {
  const moments = new CrossMoments(1, rows[0]?.length ?? 1)
  for (const row of rows) moments.add(0, row, 1)
  return moments
}

function direct(rows: readonly (readonly number[])[], i: number, j: number): number {
  const mean = (k: number) => rows.reduce((sum, row) => sum + (row[k] as number), 0) / rows.length
  const [a, b] = [mean(i), mean(j)]
  return (
    rows.reduce((sum, row) => sum + ((row[i] as number) - a) * ((row[j] as number) - b), 0) /
    (rows.length - 1)
  )
}

describe('CrossMoments', () => {
  it('agrees with the two-pass formula', () => {
    fc.assert(
      fc.property(vectors, (rows) => {
        const moments = of(rows)
        const scale = Math.max(...rows.flat().map(Math.abs), 1) ** 2
        for (const [i, j] of [
          [0, 0],
          [0, 1],
          [1, 1],
        ] as const) {
          expect(Math.abs(moments.covariance(0, i, j) - direct(rows, i, j))).toBeLessThanOrEqual(
            1e-13 * scale,
          )
        }
      }),
    )
  })

  it('gives the same numbers whatever the order, the partition or what was taken out again', () => {
    fc.assert(
      fc.property(vectors, vectors, (kept, removed) => {
        const plain = of(kept)
        const other = of([...removed, ...kept.toReversed()])
        for (const row of removed) other.add(0, row, -1)
        const merged = of(kept.slice(0, 1))
        merged.merge(of(kept.slice(1)))
        const scale = Math.max(...kept.flat().map(Math.abs))
        // Of what was there in between, 32 digits are gone without a trace.
        const trace = Math.max(...removed.flat().map(Math.abs), scale) * 2 ** -50
        for (const again of [other, merged]) {
          expect(again.units(0)).toBe(kept.length)
          // One unit in the last place of a mean, two of a product of two.
          expect(Math.abs(again.mean(0, 0) - plain.mean(0, 0))).toBeLessThanOrEqual(
            2 ** -52 * scale + trace * 2 ** -50,
          )
          const difference = Math.abs(again.covariance(0, 0, 1) - plain.covariance(0, 0, 1))
          expect(difference).toBeLessThanOrEqual(2 ** -51 * scale ** 2 + trace ** 2)
        }
      }),
    )
  })

  it('keeps the variance where the mean is 1e12 times the standard deviation', () => {
    const moments = of([[1e12 + 1], [1e12 + 2], [1e12 + 3]])
    expect(moments.covariance(0, 0, 0)).toBe(1)
    expect(moments.mean(0, 0)).toBe(1e12 + 2)
  })

  it('is NaN, not zero, where there is nothing to say', () => {
    const moments = new CrossMoments(2, 1)
    moments.add(1, [5], 1)
    expect(moments.mean(0, 0)).toBeNaN()
    expect(moments.covariance(1, 0, 0)).toBeNaN()
  })

  it('keeps groups apart', () => {
    const moments = new CrossMoments(2, 2)
    moments.add(0, [1, 2], 1)
    moments.add(1, [10, 20], 1)
    moments.add(1, [30, 40], 1)
    expect(moments.summary(1)).toEqual({
      units: 2,
      mean: [20, 30],
      covariance: [
        [200, 200],
        [200, 200],
      ],
    })
    expect(moments.units(0)).toBe(1)
  })
})
