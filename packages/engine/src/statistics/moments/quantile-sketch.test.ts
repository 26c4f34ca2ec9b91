import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleQuantile, sorted } from '../metrics/sample-quantile.ts'
import { QuantileSketch, RELATIVE_ERROR } from './quantile-sketch.ts'

const magnitude = fc.double({ min: -11.9, max: 14.9, noNaN: true }).map((power) => 10 ** power)
const positive = fc.array(magnitude, { minLength: 1, maxLength: 80 })
const signed = fc.array(
  fc.tuple(magnitude, fc.constantFrom(-1, 0, 1)).map(([size, sign]) => size * sign),
  { minLength: 1, maxLength: 80 },
)
const level = fc.double({ min: 0, max: 1, noNaN: true })

function sketchOf(values: readonly number[]): QuantileSketch {
  const sketch = new QuantileSketch(1)
  for (const value of values) sketch.add(0, value, 1)
  return sketch
}

const numbersOf = (sketch: QuantileSketch) => [...sketch.numbers(0)]

describe('QuantileSketch', () => {
  it('reads quantiles of values of one sign within 0.5 %', () => {
    fc.assert(
      fc.property(positive, level, fc.constantFrom(-1, 1), (sizes, at, sign) => {
        const values = sizes.map((size) => sign * size)
        const exact = sampleQuantile(sorted(values), at)
        const read = sketchOf(values).quantile(0, at)
        expect(Math.abs(read - exact)).toBeLessThanOrEqual(RELATIVE_ERROR * (1 + 1e-9) * Math.abs(exact))
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('bounds the values of every rank, of any sign', () => {
    fc.assert(
      fc.property(signed, (values) => {
        const sketch = sketchOf(values)
        const ranks = values.map((_, i) => i + 1)
        for (const [i, { low, high }] of sketch.atRanks(0, ranks).entries()) {
          const value = sorted(values)[i] as number
          expect(low <= value && value <= high).toBe(true)
          if (value !== 0) expect(high - low).toBeLessThan(0.0101 * Math.abs(value))
        }
      }),
      { seed: 2 },
    )
  })

  it('is the same whatever the order, the partition, or what was taken out again', () => {
    fc.assert(
      fc.property(signed, signed, (kept, removed) => {
        const plain = sketchOf(kept)
        const other = sketchOf([...removed, ...kept.toReversed()])
        for (const value of removed) other.add(0, value, -1)
        const merged = sketchOf(kept.slice(0, 3))
        merged.merge(sketchOf(kept.slice(3)))
        const restored = new QuantileSketch(1)
        expect(restored.addNumbers(0, plain.numbers(0))).toBe(true)
        for (const again of [other, merged, restored]) expect(numbersOf(again)).toEqual(numbersOf(plain))
        expect(plain.units(0)).toBe(kept.length)
      }),
      { seed: 3 },
    )
  })

  it('may hold in between less than nothing of a value, as parts of a sum do', () => {
    const part = new QuantileSketch(1)
    part.add(0, 5, -1)
    const whole = sketchOf([5, 7])
    whole.merge(part)
    expect(numbersOf(whole)).toEqual(numbersOf(sketchOf([7])))
  })

  it('bounds the number of values up to a limit', () => {
    fc.assert(
      fc.property(signed, magnitude, (values, limit) => {
        const count = values.filter((value) => value <= limit).length
        const { atLeast, atMost } = sketchOf(values).countAtMost(0, limit)
        expect(atLeast <= count && count <= atMost).toBe(true)
      }),
      { seed: 4 },
    )
  })

  it('has a bounded number of buckets, with open ends', () => {
    const sketch = new QuantileSketch(1)
    for (const edge of [-1e-12, 1e-12]) sketch.add(0, edge, 1)
    for (const sign of [-1, 1])
      for (let power = -320; power <= 308; power += 0.003) sketch.add(0, sign * 10 ** power, 1)
    expect(sketch.buckets).toBe(2 * 6218 + 1)
    const [lowest, highest] = sketch.atRanks(0, [1, sketch.units(0)])
    expect(lowest?.low).toBe(Number.NEGATIVE_INFINITY)
    expect(highest?.high).toBe(Number.POSITIVE_INFINITY)
    expect(Math.abs(sketch.quantile(0, 1) / 1e15 - 1)).toBeLessThan(0.011)
  })

  it('keeps groups apart and refuses what is no number', () => {
    const sketch = new QuantileSketch(2)
    expect(sketch.add(1, 3, 1)).toBe(true)
    expect(sketch.add(1, Number.NaN, 1)).toBe(false)
    expect(sketch.add(1, Number.POSITIVE_INFINITY, 1)).toBe(false)
    expect([sketch.units(0), sketch.units(1)]).toEqual([0, 1])
    expect(sketch.quantile(0, 0.5)).toBeNaN()
    expect(sketch.quantile(1, 1.5)).toBeNaN()
    expect(sketch.atRanks(1, [0, 2]).map(({ low }) => low)).toEqual([Number.NaN, Number.NaN])
    for (const wrong of [[1], [0.5, 1], [1, 0.5], [1e9, 1], [Number.NaN, 1]])
      expect(sketch.addNumbers(1, wrong)).toBe(false)
    expect(sketch.units(1)).toBe(1)
  })
})
