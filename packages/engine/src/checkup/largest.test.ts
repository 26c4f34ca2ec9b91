import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Largest } from './largest.ts'

describe('the largest of many', () => {
  it('are those that sorting would put first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 200 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 60 }),
        (values, kept, asked) => {
          const largest = new Largest(kept)
          for (const value of values) largest.add(value)
          const first = values.toSorted((a, b) => b - a).slice(0, Math.min(kept, asked))
          expect(largest.sum(asked)).toBe(first.reduce((sum, value) => sum + value, 0))
        },
      ),
      { seed: 1 },
    )
  })
})
