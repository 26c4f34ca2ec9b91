import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entry, matrixFromRows, times } from '../linear-algebra/matrix.ts'
import { simplexLeastSquares } from './simplex-least-squares.ts'
import { placeboTest, type SyntheticControl, syntheticControl } from './synthetic-control.ts'

const number = fc.double({ min: -10, max: 10, noNaN: true })
const problem = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 8 }))
  .chain(([rows, columns]) =>
    fc.tuple(
      fc.array(fc.array(number, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
      fc.array(number, { minLength: rows, maxLength: rows }),
    ),
  )

describe('simplexLeastSquares', () => {
  it('finds shares that no change of shares improves', () => {
    fc.assert(
      fc.property(problem, ([rows, target]) => {
        const a = matrixFromRows(rows)
        const weights = simplexLeastSquares(a, target)
        expect(weights.every((weight) => weight >= 0)).toBe(true)
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
        const residual = times(a, weights).map((value, i) => (target[i] as number) - value)
        const slopes = Array.from(weights, (_, j) =>
          residual.reduce((sum, value, i) => sum + value * entry(a, i, j), 0),
        )
        const common = slopes.reduce((sum, slope, j) => sum + slope * (weights[j] as number), 0)
        for (const slope of slopes) expect(slope - common).toBeLessThan(1e-7)
      }),
      { seed: 3, numRuns: 300 },
    )
  })

  it('finds a mixture that fits exactly', () => {
    const rows = [
      [1, 5, 2],
      [2, 1, 9],
      [4, 4, 1],
      [0, 3, 3],
    ]
    const weights = simplexLeastSquares(
      matrixFromRows(rows),
      rows.map(([a, b, c]) => 0.2 * (a as number) + 0.5 * (b as number) + 0.3 * (c as number)),
    )
    expect([...weights]).toEqual([expect.closeTo(0.2, 12), expect.closeTo(0.5, 12), expect.closeTo(0.3, 12)])
  })
})

const DONORS = Array.from({ length: 20 }, (_, t) =>
  Array.from({ length: 9 }, (_, j) => 10 + j + Math.sin(t * (1 + j / 3)) + 0.3 * Math.cos(7 * t + j * j)),
)
const TREATED = DONORS.map(
  (row, t) =>
    0.6 * (row[2] as number) + 0.4 * (row[5] as number) + 0.01 * Math.sin(5 * t) + (t >= 14 ? 3 : 0),
)

function answerOf(answer: SyntheticControl | string): SyntheticControl {
  if (typeof answer === 'string') throw new Error(answer)
  return answer
}

describe('syntheticControl', () => {
  it('finds the donors and the effect', () => {
    const answer = answerOf(syntheticControl({ treated: TREATED, donors: DONORS, periodsBefore: 14 }))
    expect(answer.label).toBe('observational')
    expect(answer.weights[2]).toBeCloseTo(0.6, 1)
    expect(answer.weights[5]).toBeCloseTo(0.4, 1)
    expect(answer.effect).toBeCloseTo(3, 1)
    expect(answer.ratio).toBeGreaterThan(100)
  })

  it('is the most unusual of ten units, and no test can say more', () => {
    const answer = placeboTest({ treated: TREATED, donors: DONORS, periodsBefore: 14 })
    if (typeof answer === 'string') throw new Error(answer)
    expect(answer.ratios).toHaveLength(9)
    expect(answer.pValue).toBeCloseTo(0.1, 12)
  })

  it('takes a single donor as it is', () => {
    const donors = [[1], [2], [3]]
    const answer = answerOf(syntheticControl({ treated: [2, 3, 5], donors, periodsBefore: 2 }))
    expect(answer.weights).toEqual([1])
    expect(answer.gaps).toEqual([1, 1, 2])
    expect(placeboTest({ treated: [2, 3, 5], donors, periodsBefore: 2 })).toBe('no-comparison')
  })

  it('says why it cannot answer', () => {
    const base = {
      treated: [1, 2, 3],
      donors: [
        [1, 2],
        [2, 1],
        [3, 3],
      ],
      periodsBefore: 2,
    }
    expect(syntheticControl({ ...base, donors: [] })).toBe('no-comparison')
    expect(syntheticControl({ ...base, treated: [1, Number.NaN, 3] })).toBe('invalid-values')
    expect(syntheticControl({ ...base, donors: [[1, 2], [2], [3, 3]] })).toBe('invalid-values')
    expect(syntheticControl({ ...base, periodsBefore: 3 })).toBe('too-few-rows')
    expect(syntheticControl({ ...base, periodsBefore: 0 })).toBe('too-few-rows')
  })
})
