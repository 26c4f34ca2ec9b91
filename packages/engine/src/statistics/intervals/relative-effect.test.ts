import { describe, expect, it } from 'vitest'
import { relativeEffect } from './relative-effect.ts'

describe('relativeEffect', () => {
  it('has the variance of the delta method, by hand', () => {
    const effect = relativeEffect({ value: 10, variance: 0.04 }, { value: 12, variance: 0.09 }, 0.05)
    // 0.09 / 10² + 12² · 0.04 / 10⁴ = 0.001476; z = 1.959963984540054
    const margin = 1.959963984540054 * Math.sqrt(0.001476)
    expect(effect?.estimate).toBeCloseTo(0.2, 15)
    expect(effect?.low).toBeCloseTo(0.2 - margin, 14)
    expect(effect?.high).toBeCloseTo(0.2 + margin, 14)
  })

  it('keeps low below high for a negative control', () => {
    const effect = relativeEffect({ value: -10, variance: 1 }, { value: -12, variance: 1 }, 0.05)
    expect(effect?.estimate).toBeCloseTo(0.2, 15)
    expect(effect?.low).toBeLessThan(effect?.high as number)
  })

  it('is undefined where the control is 0 or too near', () => {
    expect(relativeEffect({ value: 0, variance: 1 }, { value: 1, variance: 1 }, 0.05)).toBeUndefined()
    expect(relativeEffect({ value: 5e-324, variance: 1 }, { value: 1, variance: 1 }, 0.05)).toBeUndefined()
    expect(
      relativeEffect({ value: Number.NaN, variance: 1 }, { value: 1, variance: 1 }, 0.05),
    ).toBeUndefined()
  })
})
