import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equivalenceTest, nonInferiorityTest, nonSuperiorityTest } from './equivalence.ts'

const EFFECT = { estimate: 0.1, standardError: Math.hypot(0.1, 0.1), degreesOfFreedom: 198 }

const effects = fc.record({
  estimate: fc.double({ min: -5, max: 5, noNaN: true }),
  standardError: fc.double({ min: 0.01, max: 5, noNaN: true }),
  degreesOfFreedom: fc.constantFrom(1.5, 10, 1000, Number.POSITIVE_INFINITY),
})

describe('equivalenceTest', () => {
  // scipy.stats.t: sf(0.6 / se, 198), cdf(-0.4 / se, 198), 0.1 - ppf(0.95, 198) se
  it('agrees with SciPy', () => {
    const test = equivalenceTest(EFFECT, { low: -0.5, high: 0.5 }, 0.05)
    expect(Math.abs(test.pValueLow / 1.6954121251745736e-5 - 1)).toBeLessThan(1e-12)
    expect(Math.abs(test.pValueHigh / 0.00257942445601523 - 1)).toBeLessThan(1e-12)
    expect(test.pValue).toBe(test.pValueHigh)
    expect(Math.abs(test.low / -0.1337109228177329 - 1)).toBeLessThan(1e-12)
  })

  it('finds equivalence exactly where the interval lies within the margins', () => {
    fc.assert(
      fc.property(effects, fc.double({ min: 0.01, max: 10, noNaN: true }), (effect, margin) => {
        const { pValue, low, high } = equivalenceTest(effect, { low: -margin, high: 2 * margin }, 0.05)
        fc.pre(Math.abs(pValue - 0.05) > 1e-9)
        expect(-margin < low && high < 2 * margin).toBe(pValue < 0.05)
      }),
      { seed: 1 },
    )
  })

  it('takes the worse side by its logarithm where both p underflow', () => {
    const sharp = { estimate: 1, standardError: 1e-3, degreesOfFreedom: Number.POSITIVE_INFINITY }
    const test = equivalenceTest(sharp, { low: 0, high: 1.5 }, 0.05)
    expect(test.pValue).toBe(0)
    expect(test.log10PValue).toBe(test.log10PValueHigh)
    expect(test.log10PValueHigh).toBeGreaterThan(test.log10PValueLow)
  })

  it('answers NaN outside', () => {
    for (const test of [
      equivalenceTest(EFFECT, { low: 1, high: -1 }, 0.05),
      equivalenceTest(EFFECT, { low: -1, high: 1 }, 0.5),
      equivalenceTest({ ...EFFECT, standardError: 0 }, { low: -1, high: 1 }, 0.05),
      equivalenceTest({ ...EFFECT, degreesOfFreedom: 0 }, { low: -1, high: 1 }, 0.05),
      equivalenceTest({ ...EFFECT, estimate: Number.NaN }, { low: -1, high: 1 }, 0.05),
    ]) {
      expect([test.pValue, test.low, test.high]).toEqual([Number.NaN, Number.NaN, Number.NaN])
    }
  })
})

describe('nonInferiorityTest and nonSuperiorityTest', () => {
  it('are each other seen in a mirror', () => {
    fc.assert(
      fc.property(effects, fc.double({ min: -3, max: 3, noNaN: true }), (effect, margin) => {
        const mirrored = { ...effect, estimate: -effect.estimate }
        expect(nonInferiorityTest(effect, margin)).toEqual(nonSuperiorityTest(mirrored, -margin))
      }),
      { seed: 2 },
    )
  })

  it('is one half at the margin', () => {
    expect(nonInferiorityTest(EFFECT, 0.1).pValue).toBe(0.5)
  })
})
