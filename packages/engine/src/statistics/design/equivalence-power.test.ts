import { describe, expect, it } from 'vitest'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { studentTQuantile } from '../distributions/student-t-quantile.ts'
import { equivalencePower } from './equivalence-power.ts'

describe('power of two one-sided tests', () => {
  // SciPy: quad over the chi distribution of the estimated standard deviation.
  it.each([
    [0.5, 0, 20, 0.05, 0.030321177577127392],
    [0.5, 0.1, 70, 0.05, 0.7315739191306997],
    [0.3, -0.05, 250, 0.025, 0.770801864872843],
    [1, 0.2, 6, 0.05, 0.10302981768406431],
    [2, 0, 3, 0.05, 0.381498358224303],
  ])('margin %d, effect %d, %d units, alpha %d', (margin, effect, units, alpha, expected) => {
    const degreesOfFreedom = 2 * units - 2
    const standardError = Math.sqrt(2 / units)
    const critical = -studentTQuantile(alpha, degreesOfFreedom)
    const power = equivalencePower(margin / standardError, effect / standardError, critical, degreesOfFreedom)
    expect(Math.abs(power - expected)).toBeLessThan(1e-10)
  })

  it('is that of the normal distribution with many units', () => {
    const critical = -normalQuantile(0.05)
    const known = equivalencePower(3, 0.5, critical, Number.POSITIVE_INFINITY)
    expect(equivalencePower(3, 0.5, -studentTQuantile(0.05, 1e9), 1e9)).toBeCloseTo(known, 8)
    expect(equivalencePower(1, 0, critical, Number.POSITIVE_INFINITY)).toBe(0)
  })

  it('answers NaN where the effect lies outside the margins', () => {
    expect(equivalencePower(1, 1, 1.6, 10)).toBeNaN()
    expect(equivalencePower(0, 0, 1.6, 10)).toBeNaN()
    expect(equivalencePower(1, 0, 1.6, 0)).toBeNaN()
  })
})
