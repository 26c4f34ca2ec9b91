import { describe, expect, it } from 'vitest'
import { rowsOf } from '../linear-algebra/matrix.ts'
import { type Covariate, encode, learnEncoding } from './features.ts'

const COVARIATES: readonly Covariate[] = [
  { name: 'age', kind: 'number', values: [20, 40, Number.NaN, 60, Number.NaN] },
  { name: 'channel', kind: 'category', values: ['web', 'phone', 'web', 'mail', 'fax'] },
  { name: 'spend', kind: 'number', values: [1, 2, 3, 4, Number.NaN] },
]

describe('encode', () => {
  it('gives a column to each category, and to the lack of a number', () => {
    const encoding = learnEncoding(COVARIATES, [0, 1, 2, 3])
    expect(encoding.columns).toBe(2 + 3 + 1)
    expect(rowsOf(encode(encoding, COVARIATES, [0, 2, 3]))).toEqual([
      [20, 0, 0, 0, 1, 1],
      [40, 1, 0, 0, 1, 3],
      [60, 0, 1, 0, 0, 4],
    ])
  })

  it('knows only what it has learned', () => {
    const encoding = learnEncoding(COVARIATES, [0, 1, 2, 3])
    // A new category is none; a missing number where none was missing is the mean.
    expect(rowsOf(encode(encoding, COVARIATES, [4]))).toEqual([[40, 1, 0, 0, 0, 2.5]])
  })

  it('keeps the fifty commonest categories', () => {
    const values = Array.from({ length: 300 }, (_, i) => `c${i % 2 === 0 ? i % 20 : i}`)
    const encoding = learnEncoding([{ name: 'id', kind: 'category', values }], [...values.keys()])
    expect(encoding.columns).toBe(50)
  })
})
