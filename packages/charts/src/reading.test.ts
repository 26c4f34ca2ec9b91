import { describe, expect, it } from 'vitest'
import { readingOf } from './reading.ts'

describe('reading of an effect', () => {
  it.each([
    [1, 'increase', true, 'better'],
    [1, 'decrease', true, 'worse'],
    [-1, 'increase', true, 'worse'],
    [-1, 'decrease', true, 'better'],
    [1, 'increase', false, 'undecided'],
    [0, 'increase', true, 'undecided'],
    [null, 'increase', true, 'undecided'],
  ] as const)(
    'of %s where %s is better, significant %s: %s',
    (estimate, direction, isSignificant, reading) => {
      expect(readingOf({ estimate, direction, isSignificant })).toBe(reading)
    },
  )
})
