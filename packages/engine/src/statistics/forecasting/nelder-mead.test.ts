import { describe, expect, it } from 'vitest'
import { nelderMead } from './nelder-mead.ts'

describe('nelderMead', () => {
  it('finds the bottom of the Rosenbrock valley', () => {
    const valley = ([x = 0, y = 0]: readonly number[]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2 + 1
    const { point, value } = nelderMead(valley, [-1.2, 1], [0.5, 0.5], 1e-14, 2000)
    expect(value).toBeCloseTo(1, 10)
    expect(point[0]).toBeCloseTo(1, 4)
  })

  it('finds the bottom of a bowl in one and in four dimensions, the same each time', () => {
    const bowl = (point: readonly number[]) => point.reduce((sum, x, i) => sum + (i + 1) * (x - i) ** 2, 3)
    expect(nelderMead(bowl, [5], [1]).point[0]).toBeCloseTo(0, 4)
    const four = nelderMead(bowl, [9, 9, 9, 9], [1, 1, 1, 1])
    for (const [i, x] of four.point.entries()) expect(x).toBeCloseTo(i, 3)
    expect(nelderMead(bowl, [9, 9, 9, 9], [1, 1, 1, 1])).toEqual(four)
  })

  it('keeps away from where the function is not defined', () => {
    const edge = ([x = 0]: readonly number[]) => (x < 2 ? Number.NaN : x)
    const { point } = nelderMead(edge, [5], [1], 1e-12)
    expect(point[0]).toBeGreaterThanOrEqual(2)
    expect(point[0]).toBeLessThan(2.1)
  })
})
