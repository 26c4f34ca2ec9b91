import { describe, expect, it } from 'vitest'
import { differenceFromMargins, ratioFromMargins } from './mover.ts'

const control = { value: 10, below: 3, above: 4 }
const treatment = { value: 12, below: 4, above: 3 }

describe('differenceFromMargins', () => {
  it('adds the margins that point the same way in squares', () => {
    expect(differenceFromMargins(control, treatment)).toEqual({
      low: 2 - Math.hypot(4, 4),
      high: 2 + Math.hypot(3, 3),
    })
  })

  it('has no limit where a margin is infinite', () => {
    const open = { ...control, above: Number.POSITIVE_INFINITY }
    expect(differenceFromMargins(open, treatment).low).toBe(Number.NEGATIVE_INFINITY)
  })
})

describe('ratioFromMargins', () => {
  it('touches where treatment − ratio × control touches 0', () => {
    const { low, high } = ratioFromMargins(control, treatment)
    expect(12 - low * 10 - Math.hypot(4, low * 4)).toBeCloseTo(0, 12)
    expect(12 - high * 10 + Math.hypot(3, high * 3)).toBeCloseTo(0, 12)
  })

  it('is open where the control may be 0 or a margin is infinite, NaN where the control is not above 0', () => {
    expect(ratioFromMargins({ ...control, below: 10 }, treatment).high).toBe(Number.POSITIVE_INFINITY)
    expect(ratioFromMargins({ ...control, above: Number.POSITIVE_INFINITY }, treatment).low).toBe(0)
    expect(ratioFromMargins({ ...control, value: 0 }, treatment).low).toBeNaN()
    expect(ratioFromMargins(control, { ...treatment, value: Number.NaN }).low).toBeNaN()
  })
})
