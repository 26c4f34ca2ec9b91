import { describe, expect, it } from 'vitest'
import { findRoot } from './find-root.ts'
import { gaussLegendre, integrate } from './gauss-legendre.ts'

describe('gaussLegendre', () => {
  it.each([2, 3, 5, 16, 64, 201])('is exact for polynomials with %i points', (n) => {
    for (const degree of [0, 2, Math.min(2 * n - 2, 20)])
      expect(integrate((x) => x ** degree, -1, 1, n)).toBeCloseTo(2 / (degree + 1), 13)
    expect(gaussLegendre(n).weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(2, 13)
  })

  it('integrates a smooth function over any interval', () => {
    expect(integrate(Math.exp, 1, 3, 20)).toBeCloseTo(Math.exp(3) - Math.E, 12)
  })
})

describe('findRoot', () => {
  it('finds roots to the last digits', () => {
    expect(findRoot((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15)
    expect(findRoot((x) => Math.cos(x) - x, 0, 1)).toBeCloseTo(0.7390851332151607, 15)
    expect(findRoot((x) => (x - 1e-9) ** 3, -1, 1)).toBeCloseTo(1e-9, 7)
    expect(findRoot(Math.log, 1e-300, 1e3)).toBeCloseTo(1, 14)
  })

  it('answers NaN without a change of sign', () => {
    expect(findRoot((x) => x * x + 1, -1, 1)).toBeNaN()
    expect(findRoot(() => Number.NaN, -1, 1)).toBeNaN()
  })
})
