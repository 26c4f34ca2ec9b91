import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fiellerSet, relativeEffectSet } from './fieller.ts'
import { relativeEffect } from './relative-effect.ts'

const z = 1.959963984540054
const estimate = fc.record({
  value: fc.double({ min: -10, max: 10, noNaN: true }),
  variance: fc.double({ min: 0.01, max: 4, noNaN: true }),
})

describe('fiellerSet', () => {
  it('is the hand-made solution of the quadratic', () => {
    // (100 − z²·1) r² − 2·200 r + (400 − z²·4) ≤ 0
    const [a, b, c] = [100 - z * z, 200, 400 - 4 * z * z]
    const root = Math.sqrt(b * b - a * c)
    const set = fiellerSet({ value: 20, variance: 4 }, { value: 10, variance: 1 }, 0.05)
    expect(set?.kind).toBe('bounded')
    expect(set?.low).toBeCloseTo((b - root) / a, 12)
    expect(set?.high).toBeCloseTo((b + root) / a, 12)
  })

  it('holds exactly the ratios that the test of numerator − ratio × denominator does not reject', () => {
    fc.assert(
      fc.property(
        estimate,
        estimate,
        fc.double({ min: -50, max: 50, noNaN: true }),
        (numerator, denominator, ratio) => {
          const set = fiellerSet(numerator, denominator, 0.05)
          const distance = Math.abs(numerator.value - ratio * denominator.value)
          const margin = z * Math.sqrt(numerator.variance + ratio * ratio * denominator.variance)
          fc.pre(set !== undefined && Math.abs(distance - margin) > 1e-9 * margin)
          const { kind, low, high } = set as NonNullable<typeof set>
          const inside =
            kind === 'unbounded' ||
            (kind === 'bounded' ? ratio >= low && ratio <= high : ratio <= low || ratio >= high)
          expect(inside).toBe(distance < margin)
        },
      ),
      { seed: 2, numRuns: 500 },
    )
  })

  it('tells the three kinds apart', () => {
    const one = { value: 5, variance: 1 }
    expect(fiellerSet(one, { value: 5, variance: 1 }, 0.05)?.kind).toBe('bounded')
    expect(fiellerSet(one, { value: 1, variance: 1 }, 0.05)?.kind).toBe('exclusive')
    expect(fiellerSet({ value: 1, variance: 1 }, { value: 1, variance: 1 }, 0.05)).toEqual({
      kind: 'unbounded',
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
    })
  })

  it('does not depend on the units of measurement, and survives huge and tiny ones', () => {
    const plain = fiellerSet({ value: 20, variance: 4 }, { value: 10, variance: 1 }, 0.05)
    const scaled = fiellerSet({ value: 20e150, variance: 4e300 }, { value: 10e-150, variance: 1e-300 }, 0.05)
    expect(scaled?.kind).toBe('bounded')
    expect((scaled?.high as number) / 1e300).toBeCloseTo(plain?.high as number, 12)
  })

  it('is a point without variances, and undefined without a denominator', () => {
    const set = fiellerSet({ value: 3, variance: 0 }, { value: 4, variance: 0 }, 0.05)
    expect(set).toEqual({ kind: 'bounded', low: 0.75, high: 0.75 })
    expect(fiellerSet({ value: 0, variance: 0 }, { value: 4, variance: 1 }, 0.05)?.high).toBe(0)
    expect(fiellerSet({ value: 0, variance: 0 }, { value: 1, variance: 1 }, 0.05)?.kind).toBe('unbounded')
    expect(fiellerSet({ value: 3, variance: 1 }, { value: 0, variance: 0 }, 0.05)).toBeUndefined()
    expect(fiellerSet({ value: Number.NaN, variance: 1 }, { value: 1, variance: 1 }, 0.05)).toBeUndefined()
    expect(fiellerSet({ value: 1, variance: 1 }, { value: 1, variance: 1 }, 0)).toBeUndefined()
  })
})

describe('relativeEffectSet', () => {
  it('has the limits of the ratio less 1, and keeps the digits of a tiny effect', () => {
    fc.assert(
      fc.property(estimate, estimate, (control, treatment) => {
        const ratio = fiellerSet(treatment, control, 0.05)
        const effect = relativeEffectSet(control, treatment, 0.05)
        expect(effect?.kind).toBe(ratio?.kind)
        fc.pre(effect?.kind === 'bounded')
        const scale = 1 + Math.abs(ratio?.low as number) + Math.abs(ratio?.high as number)
        expect(Math.abs((effect?.low as number) - ((ratio?.low as number) - 1))).toBeLessThan(1e-10 * scale)
        expect(Math.abs((effect?.high as number) - ((ratio?.high as number) - 1))).toBeLessThan(1e-10 * scale)
      }),
      { seed: 3 },
    )
    const control = { value: 1, variance: 1e-20 }
    const treatment = { value: 1 + 2 ** -30, variance: 1e-20 }
    const set = relativeEffectSet(control, treatment, 0.05)
    const delta = relativeEffect(control, treatment, 0.05)
    expect(Math.abs((set?.low as number) / (delta?.low as number) - 1)).toBeLessThan(1e-8)
  })

  it('counts the covariance of the two', () => {
    // Perfectly shared error: the ratio 2 is known exactly.
    const set = relativeEffectSet({ value: 10, variance: 1 }, { value: 20, variance: 4 }, 0.05, undefined, 2)
    expect(set?.low).toBeCloseTo(1, 7)
    expect(set?.high).toBeCloseTo(1, 7)
  })
})
