import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ValueColumn, WholeColumn } from './paged-column.ts'

describe('ValueColumn', () => {
  it('gives back every number exactly, and NaN where none was set', () => {
    const money = fc.integer({ min: -(2 ** 32), max: 2 ** 32 }).map((cents) => cents / 100)
    const value = fc.oneof(
      fc.integer({ min: -2, max: 257 }),
      money,
      fc.double({ noNaN: true }),
      fc.constant(-0),
    )
    const writes = fc.array(fc.tuple(fc.integer({ min: 0, max: 140_000 }), value), { maxLength: 50 })
    fc.assert(
      fc.property(writes, (given) => {
        const column = new ValueColumn()
        const expected = new Map<number, number>()
        for (const [index, number] of given) {
          column.set(index, number)
          expected.set(index, number)
        }
        for (const [index, number] of expected) expect(column.get(index)).toBe(number)
        expect(column.get(999_999)).toBeNaN()
        const unset = [...Array(100).keys()].find((index) => !expected.has(index)) as number
        expect(column.get(unset)).toBeNaN()
      }),
      { numRuns: 50 },
    )
  })
})

describe('WholeColumn', () => {
  it('grows page by page', () => {
    const column = new WholeColumn(16)
    for (let i = 0; i < 140_000; i++) column.set(i, i % 65_536)
    expect([0, 65_535, 65_536, 139_999].map((i) => column.get(i))).toEqual([0, 65_535, 0, 139_999 - 131_072])
  })
})
