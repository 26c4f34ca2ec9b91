import { describe, expect, it } from 'vitest'
import { normalTwoSidedP } from '../../distributions/normal.ts'
import { efficacyBoundaries } from './boundaries.ts'
import { repeatedInterval, repeatedPValue } from './repeated.ts'

const TEST = { information: [0.25, 0.5, 0.75, 1], sides: 2, spending: { kind: 'obrien-fleming' } } as const

describe('repeatedPValue', () => {
  it('is alpha at the boundary of every look', () => {
    for (const sides of [1, 2] as const) {
      for (const alpha of [0.2, 0.05, 0.001]) {
        const boundaries = efficacyBoundaries({ ...TEST, sides, alpha })
        for (const [look, z] of boundaries.entries())
          expect(repeatedPValue({ ...TEST, sides, look, z }) / alpha).toBeCloseTo(1, 10)
      }
    }
  })

  it('is the plain one with a single look, and above it with more', () => {
    const single = { ...TEST, information: [1] }
    for (const z of [0.5, 2, -6, 30])
      expect(repeatedPValue({ ...single, look: 0, z }) / normalTwoSidedP(z)).toBeCloseTo(1, 8)
    expect(repeatedPValue({ ...TEST, look: 3, z: 2.5 })).toBeGreaterThan(normalTwoSidedP(2.5))
  })

  it('falls with |z|, from 1 to its least', () => {
    const pValues = [0, 0.5, 2, 4, 8, 45].map((z) => repeatedPValue({ ...TEST, look: 2, z: -z }))
    expect(pValues[0]).toBe(1)
    expect(pValues).toEqual(pValues.toSorted((a, b) => b - a))
    expect(pValues[5]).toBeLessThan(1e-199)
    expect(repeatedPValue({ ...TEST, look: 3, z: 45 })).toBeCloseTo(1e-200, 205)
  })

  it('answers NaN outside the domain', () => {
    expect(repeatedPValue({ ...TEST, look: 4, z: 2 })).toBeNaN()
    expect(repeatedPValue({ ...TEST, look: 1, z: Number.NaN })).toBeNaN()
    expect(repeatedPValue({ ...TEST, information: [0.5, 0.4], look: 1, z: 2 })).toBeNaN()
  })
})

describe('repeatedInterval', () => {
  it('reaches as many standard errors as the boundary', () => {
    expect(repeatedInterval(1, 0.5, 3)).toEqual({ low: -0.5, high: 2.5 })
    expect(repeatedInterval(1, 0.5, Number.POSITIVE_INFINITY).low).toBe(Number.NEGATIVE_INFINITY)
    expect(repeatedInterval(1, 0, 3).low).toBeNaN()
    expect(repeatedInterval(1, 0.5, Number.NaN).high).toBeNaN()
  })
})
