import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSlots, POINTS, shareToBound, slotsFromWeights } from './assignment.ts'
import type { Slot } from './wire.ts'

const weight = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 100 }),
  fc.double({ min: Number.MIN_VALUE, max: 1e300, noNaN: true }),
)
const weights = fc
  .dictionary(fc.string({ minLength: 1, maxLength: 8 }), weight, {
    minKeys: 1,
    maxKeys: 20,
    noNullPrototype: true,
  })
  .filter((all) => Object.values(all).some((one) => one > 0))

const widthsOf = (slots: readonly Slot[]): Map<string, number> =>
  new Map(slots.map(({ variant, from, to }) => [variant, to - from]))

describe('shareToBound', () => {
  it('takes no one at 0 and everyone at 1', () => {
    expect([0, 0.5, 1].map(shareToBound)).toEqual([0, 2 ** 31, POINTS])
  })

  it.each([-0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (share) => {
    expect(() => shareToBound(share)).toThrow(RangeError)
  })
})

describe('slotsFromWeights', () => {
  it('covers every point exactly once', () => {
    fc.assert(fc.property(weights, (all) => checkSlots(slotsFromWeights(Object.keys(all), all))))
  })

  it('gives every variant its quota to within a point, and a weight of 0 nothing', () => {
    fc.assert(
      fc.property(weights, (all) => {
        const widths = widthsOf(slotsFromWeights(Object.keys(all), all))
        const total = Object.values(all).reduce((sum, one) => sum + one, 0)
        for (const [variant, one] of Object.entries(all)) {
          const width = widths.get(variant) ?? 0
          expect(Math.abs(width - (one / total) * POINTS)).toBeLessThan(1.001)
          if (one === 0) expect(width).toBe(0)
        }
      }),
    )
  })

  it('gives the same widths in any order of variants and of weights', () => {
    fc.assert(
      fc.property(weights, (all) => {
        const reversed = Object.fromEntries(Object.entries(all).reverse())
        const forward = widthsOf(slotsFromWeights(Object.keys(all), all))
        const backward = widthsOf(slotsFromWeights(Object.keys(reversed), reversed))
        expect(new Map([...backward].reverse())).toEqual(forward)
      }),
    )
  })

  it('gives the odd point to the key that sorts first, in any order', () => {
    const [forward, backward] = [
      { a: 1, b: 1, c: 1 },
      { c: 1, b: 1, a: 1 },
    ]
    for (const all of [forward, backward]) {
      const widths = widthsOf(slotsFromWeights(['b', 'c', 'a'], all))
      expect(widths).toEqual(
        new Map([
          ['b', 1431655765],
          ['c', 1431655765],
          ['a', 1431655766],
        ]),
      )
    }
  })

  it('names the weight that is not valid', () => {
    for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY, '1' as never]) {
      expect(() => slotsFromWeights(['a', 'b'], { a: 1, b: bad })).toThrow("The weight of 'b'")
    }
  })

  it('refuses weights that are all 0, and a weight of no variant', () => {
    expect(() => slotsFromWeights(['a'], { a: 0 })).toThrow(RangeError)
    expect(() => slotsFromWeights([], {})).toThrow(RangeError)
    expect(() => slotsFromWeights(['a'], { a: 1, typo: 1 })).toThrow(RangeError)
  })
})

describe('checkSlots', () => {
  it.each([
    ['nothing', []],
    ['a late start', [{ from: 1, to: POINTS, variant: 'a' }]],
    ['an early end', [{ from: 0, to: POINTS - 1, variant: 'a' }]],
    [
      'a gap',
      [
        { from: 0, to: 5, variant: 'a' },
        { from: 6, to: POINTS, variant: 'b' },
      ],
    ],
    [
      'an overlap',
      [
        { from: 0, to: 5, variant: 'a' },
        { from: 4, to: POINTS, variant: 'b' },
      ],
    ],
    [
      'an empty slot',
      [
        { from: 0, to: 0, variant: 'a' },
        { from: 0, to: POINTS, variant: 'b' },
      ],
    ],
    [
      'half a point',
      [
        { from: 0, to: 0.5, variant: 'a' },
        { from: 0.5, to: POINTS, variant: 'b' },
      ],
    ],
  ])('refuses %s', (_, slots: Slot[]) => {
    expect(() => checkSlots(slots)).toThrow(RangeError)
  })
})
