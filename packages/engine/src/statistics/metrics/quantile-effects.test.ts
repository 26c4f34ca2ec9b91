import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { QuantileSketch } from '../moments/quantile-sketch.ts'
import { clusteredQuantile } from './clustered-quantile.ts'
import { quantileEffect } from './quantile-effect.ts'
import { type QuantileEstimate, quantileEstimate, sorted } from './sample-quantile.ts'
import { sketchedQuantile, sketchedQuantileEffect } from './sketched-quantile.ts'

describe('clusteredQuantile', () => {
  it('with one value per unit has the variance of a share', () => {
    const clusters = Array.from({ length: 40 }, (_, i) => [i])
    const result = clusteredQuantile(clusters, 0.5, 0.05)
    expect(result?.value).toBe(19.5)
    // s² / n of 20 ones among 40
    expect(result?.shareVariance).toBeCloseTo((0.25 * 40) / 39 / 40, 14)
    expect(result?.designEffect).toBeCloseTo(40 / 39, 12)
    expect(result?.low).toBeGreaterThan(12)
    expect(result?.high).toBeLessThan(27)
  })

  it('counts the units, not the values', () => {
    const once = Array.from({ length: 40 }, (_, i) => [i])
    const often = once.map(([value]) => [value, value, value, value] as number[])
    const [one, other] = [clusteredQuantile(once, 0.5, 0.05), clusteredQuantile(often, 0.5, 0.05)]
    expect(other?.shareVariance).toBeCloseTo(one?.shareVariance as number, 14)
    expect(other?.designEffect).toBeCloseTo(4 * (one?.designEffect as number), 12)
  })

  it('has no limit where the sample is too small for one, and no answer below two units', () => {
    const few = clusteredQuantile([[1, 2], [3], [4], []], 0.99, 0.05)
    expect(few?.high).toBe(Number.POSITIVE_INFINITY)
    expect(clusteredQuantile([[1, 2], []], 0.5, 0.05)).toBeUndefined()
    expect(clusteredQuantile([[1], [2]], 1, 0.05)).toBeUndefined()
    expect(clusteredQuantile([[1], [2]], 0.5, 0)).toBeUndefined()
  })
})

describe('quantileEffect', () => {
  it('joins the intervals of the variants, by hand', () => {
    const effect = quantileEffect({ value: 10, low: 8, high: 13 }, { value: 15, low: 11, high: 17 }, 0.05)
    expect(effect?.estimate).toBe(5)
    expect(effect?.low).toBe(5 - Math.hypot(4, 3))
    expect(effect?.high).toBe(5 + Math.hypot(2, 2))
    expect(effect?.standardError).toBeCloseTo(Math.hypot(5, 6) / (2 * 1.959963984540054), 14)
    expect(effect?.relative?.estimate).toBe(0.5)
    expect(Number(effect?.relative?.low)).toBeLessThan(0.5)
  })

  it('is wrong in 5 % of A/A samples or less', () => {
    const random = new Random(9)
    const rounds = 500
    let misses = 0
    for (let i = 0; i < rounds; i++) {
      const [control, treatment] = [0, 1].map(() => {
        const values = sorted(Array.from({ length: 150 }, () => -Math.log(random.nextOpen())))
        return quantileEstimate(values, 0.75, 0.05)
      }) as [QuantileEstimate, QuantileEstimate]
      const effect = quantileEffect(control, treatment, 0.05)
      if (Number(effect?.low) > 0 || Number(effect?.high) < 0) misses++
    }
    // At most 25 of 500 are expected; 4 standard deviations more are 44.
    expect(misses).toBeLessThan(44)
    expect(misses).toBeGreaterThan(0)
  })

  it('has no relative effect where the control may be 0, and none at all without numbers', () => {
    const treatment = { value: 15, low: 11, high: 17 }
    expect(quantileEffect({ value: 10, low: 0, high: 13 }, treatment, 0.05)?.relative).toBeUndefined()
    expect(quantileEffect({ value: Number.NaN, low: 0, high: 1 }, treatment, 0.05)).toBeUndefined()
  })
})

describe('sketchedQuantile', () => {
  const value = fc.double({ min: 0.01, max: 1e6, noNaN: true })
  const values = fc.array(value, { minLength: 3, maxLength: 120 })
  const level = fc.constantFrom(0.1, 0.5, 0.9, 0.99)

  it('holds the interval of the values themselves, and so does the difference', () => {
    fc.assert(
      fc.property(values, values, level, (control, treatment, at) => {
        const sketch = new QuantileSketch(2)
        for (const each of control) sketch.add(0, each, 1)
        for (const each of treatment) sketch.add(1, each, 1)
        const raw = [control, treatment].map((all) => quantileEstimate(sorted(all), at, 0.05)) as [
          ReturnType<typeof quantileEstimate>,
          ReturnType<typeof quantileEstimate>,
        ]
        const [c, t] = [sketchedQuantile(sketch, 0, at, 0.05), sketchedQuantile(sketch, 1, at, 0.05)]
        expect(c.low <= raw[0].low && raw[0].high <= c.high).toBe(true)
        expect(c.valueLow <= raw[0].value && raw[0].value <= c.valueHigh).toBe(true)
        const [effect, exact] = [sketchedQuantileEffect(c, t, 0.05), quantileEffect(raw[0], raw[1], 0.05)]
        expect(effect && exact && effect.low <= exact.low && exact.high <= effect.high).toBe(true)
        if (effect?.relative && exact?.relative) {
          expect(effect.relative.low <= exact.relative.low).toBe(true)
          expect(exact.relative.high <= effect.relative.high).toBe(true)
        }
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('is NaN without values and outside', () => {
    const sketch = new QuantileSketch(1)
    expect(sketchedQuantile(sketch, 0, 0.5, 0.05).value).toBeNaN()
    sketch.add(0, 1, 1)
    expect(sketchedQuantile(sketch, 0, 1, 0.05).low).toBeNaN()
    expect(
      sketchedQuantileEffect(
        sketchedQuantile(sketch, 0, 1, 0.05),
        sketchedQuantile(sketch, 0, 0.5, 0.05),
        0.05,
      ),
    ).toBeUndefined()
  })
})
