import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorSpent, errorSpentAtEach, type Spending } from './spending.ts'

const SPENDINGS: readonly Spending[] = [
  { kind: 'obrien-fleming' },
  { kind: 'pocock' },
  { kind: 'power', exponent: 1 },
  { kind: 'power', exponent: 3 },
  { kind: 'hwang-shih-decani', gamma: -4 },
  { kind: 'hwang-shih-decani', gamma: 0 },
  { kind: 'hwang-shih-decani', gamma: 1 },
  { kind: 'hwang-shih-decani', gamma: -1e4 },
]

describe('errorSpent', () => {
  // mpmath
  it.each([
    [0, 0.2, 5.388712629058749e-7],
    [0, 0.05, 1.197360676423259e-23],
    [1, 0.5, 0.01550286267395694],
    [3, 0.4, 0.0016],
    [4, 0.5, 0.0029800730505529396],
  ] as const)('of function %d at %d', (index, fraction, expected) => {
    const spent = errorSpent(SPENDINGS[index] as Spending, fraction, 0.025)
    expect(Math.abs(spent / expected - 1)).toBeLessThan(1e-12)
  })

  it('grows from 0 to alpha', () => {
    const fractions = fc.tuple(
      fc.double({ min: 0, max: 1.5, noNaN: true }),
      fc.double({ min: 0, max: 1.5, noNaN: true }),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...SPENDINGS),
        fractions,
        fc.constantFrom(0.3, 0.025, 1e-9),
        (spending, pair, alpha) => {
          const [early, late] = [Math.min(...pair), Math.max(...pair)]
          const spent = errorSpent(spending, early, alpha)
          expect(spent).toBeGreaterThanOrEqual(0)
          expect(errorSpent(spending, late, alpha)).toBeGreaterThanOrEqual(spent * (1 - 1e-14))
          expect(errorSpent(spending, late, alpha)).toBeLessThanOrEqual(alpha * (1 + 1e-14))
          expect(errorSpent(spending, 0, alpha)).toBe(0)
          expect(errorSpent(spending, 1, alpha) / alpha).toBeCloseTo(1, 14)
        },
      ),
      { seed: 1 },
    )
  })

  it('answers NaN outside the domain', () => {
    for (const spending of SPENDINGS) {
      expect(errorSpent(spending, -0.1, 0.05)).toBeNaN()
      expect(errorSpent(spending, 0.5, 0)).toBeNaN()
      expect(errorSpent(spending, 0.5, 1)).toBeNaN()
    }
    expect(errorSpent({ kind: 'power', exponent: 0 }, 0.5, 0.05)).toBeNaN()
  })
})

describe('errorSpentAtEach', () => {
  it('adds up to what is spent at the last', () => {
    const each = errorSpentAtEach({ kind: 'pocock' }, [0.2, 0.5, 1], 0.05)
    expect(each.reduce((sum, error) => sum + error, 0)).toBeCloseTo(0.05, 15)
  })
})
