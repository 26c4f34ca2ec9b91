import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cholesky, invertCholesky, solveCholesky } from './cholesky.ts'
import { leastSquares } from './least-squares.ts'
import { entry, matrixFromRows, product, rowsOf, times } from './matrix.ts'

const numbers = fc.double({ min: -10, max: 10, noNaN: true })
const design = fc
  .tuple(fc.integer({ min: 6, max: 20 }), fc.integer({ min: 1, max: 4 }))
  .chain(([n, p]) =>
    fc.tuple(
      fc.array(fc.array(numbers, { minLength: p, maxLength: p }), { minLength: n, maxLength: n }),
      fc.array(numbers, { minLength: n, maxLength: n }),
    ),
  )

describe('leastSquares', () => {
  it('finds a line', () => {
    const fit = leastSquares(matrixFromRows([0, 1, 2, 3].map((x) => [1, x])), [1, 3, 5, 7.5])
    expect(fit.coefficients[0]).toBeCloseTo(0.9, 12)
    expect(fit.coefficients[1]).toBeCloseTo(2.15, 12)
    expect(fit.residualSumOfSquares).toBeCloseTo(0.075, 12)
    expect(fit.rank).toBe(2)
  })

  it('leaves residuals that no column explains, and leverages that sum to the rank', () => {
    fc.assert(
      fc.property(design, ([rows, y]) => {
        const x = matrixFromRows(rows)
        const { residuals, leverages, rank } = leastSquares(x, y)
        for (let j = 0; j < x.columns; j++) {
          const along = rows.reduce((sum, row, i) => sum + (row[j] ?? 0) * (residuals[i] as number), 0)
          expect(Math.abs(along)).toBeLessThan(1e-7)
        }
        expect(leverages.reduce((sum, h) => sum + h, 0)).toBeCloseTo(rank, 9)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('leaves out a column that earlier ones determine', () => {
    const fit = leastSquares(matrixFromRows([1, 2, 3, 5].map((x) => [1, x, 2 * x + 1])), [1, 2, 3, 5])
    expect(fit.isIndependent).toEqual([true, true, false])
    expect(fit.coefficients[2]).toBe(0)
    expect(entry(fit.inverseGram, 2, 2)).toBe(0)
  })
})

describe('cholesky', () => {
  it('solves and inverts', () => {
    const a = matrixFromRows([
      [4, 2, 0.6],
      [2, 5, 1],
      [0.6, 1, 3],
    ])
    const lower = cholesky(a)
    if (!lower) throw new Error('not positive definite')
    const x = solveCholesky(lower, [1, 2, 3])
    for (const [i, value] of times(a, x).entries()) expect(value).toBeCloseTo(i + 1, 12)
    for (const [i, row] of rowsOf(product(a, invertCholesky(lower))).entries())
      for (const [j, value] of row.entries()) expect(value).toBeCloseTo(i === j ? 1 : 0, 12)
  })

  it('says when a matrix is not positive definite', () => {
    const rows = [
      [1, 2],
      [2, 4],
    ]
    expect(cholesky(matrixFromRows(rows))).toBeUndefined()
  })
})
