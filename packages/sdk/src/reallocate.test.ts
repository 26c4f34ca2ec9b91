import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSlots, POINTS, slotsFromWeights, type Weights, widthsFromWeights } from './assignment.ts'
import { reallocate } from './reallocate.ts'
import type { Slot } from './wire.ts'

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f']
const weights = fc
  .dictionary(
    fc.constantFrom(...KEYS),
    fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 10, noNaN: true })),
    {
      minKeys: 1,
      noNullPrototype: true,
    },
  )
  .filter((all) => Object.values(all).some((one) => one > 0))
const histories = fc.array(weights, { minLength: 2, maxLength: 8 })

function follow(history: readonly Weights[]): Slot[][] {
  const layouts = [slotsFromWeights(KEYS, history[0] as Weights)]
  for (const next of history.slice(1)) layouts.push(reallocate(layouts.at(-1) as Slot[], next))
  return layouts
}

function widthsOf(slots: readonly Slot[]): Map<string, number> {
  const widths = new Map<string, number>()
  for (const { variant, from, to } of slots) widths.set(variant, (widths.get(variant) ?? 0) + to - from)
  return widths
}

/** Points whose variant differs, counted between all bounds of both layouts. */
function movedPoints(before: readonly Slot[], after: readonly Slot[]): number {
  const bounds = [...new Set([...before, ...after].map(({ to }) => to))].sort((a, b) => a - b)
  const variantBelow = (slots: readonly Slot[], to: number) => slots.find((slot) => to <= slot.to)?.variant
  let moved = 0
  let from = 0
  for (const to of bounds) {
    if (variantBelow(before, to) !== variantBelow(after, to)) moved += to - from
    from = to
  }
  return moved
}

function halfOfChange(before: readonly Slot[], after: readonly Slot[]): number {
  const [old, now] = [widthsOf(before), widthsOf(after)]
  return KEYS.reduce((sum, key) => sum + Math.abs((now.get(key) ?? 0) - (old.get(key) ?? 0)), 0) / 2
}

describe('reallocate', () => {
  it('gives exactly the widths of the new weights, over all points', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const [i, slots] of follow(history).entries()) {
          checkSlots(slots)
          const wanted = [...widthsFromWeights(history[i] as Weights)].filter(([, width]) => width > 0)
          expect(widthsOf(slots)).toEqual(new Map(wanted))
        }
      }),
    )
  })

  it('moves half of the sum of changes of width: no layout can move less', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const layouts = follow(history)
        for (const [i, slots] of layouts.slice(1).entries()) {
          const before = layouts[i] as Slot[]
          expect(movedPoints(before, slots)).toBe(halfOfChange(before, slots))
        }
      }),
    )
  })

  it('leaves no two neighbours of one variant', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const slots of follow(history)) {
          for (const [i, slot] of slots.slice(1).entries()) expect(slot.variant).not.toBe(slots[i]?.variant)
        }
      }),
    )
  })

  it('changes nothing for the same weights, and does not touch what it is given', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const slots = follow(history).at(-1) as Slot[]
        const frozen = slots.map((slot) => Object.freeze({ ...slot }))
        expect(reallocate(frozen, history.at(-1) as Weights)).toEqual(slots)
      }),
    )
  })

  it('moves one border between two variants however often weights change', () => {
    let slots = slotsFromWeights(['a', 'b'], { a: 1, b: 1 })
    for (let n = 1; n <= 200; n++) slots = reallocate(slots, { a: 1 + ((n * 37) % 101), b: 50 })
    expect(slots.map(({ variant }) => variant)).toEqual(['a', 'b'])
  })

  it('keeps slots few over thousands of changes', () => {
    const keys = Array.from({ length: 8 }, (_, n) => `v${n}`)
    let slots = slotsFromWeights(keys, Object.fromEntries(keys.map((key) => [key, 1])))
    let most = 0
    for (let n = 0; n < 3000; n++) {
      const next = keys.map((key, k) => [key, 2 + Math.sin(n * (0.11 + 0.07 * k))] as const)
      slots = reallocate(slots, Object.fromEntries(next))
      most = Math.max(most, slots.length)
    }
    expect(most).toBeLessThan(keys.length ** 2)
  })

  it('handles a thousand variants', () => {
    const keys = Array.from({ length: 1000 }, (_, n) => `v${n}`)
    const before = slotsFromWeights(keys, Object.fromEntries(keys.map((key) => [key, 1])))
    const after = reallocate(before, Object.fromEntries(keys.map((key, n) => [key, n])))
    checkSlots(after)
    expect(after.length).toBeLessThan(3000)
  })

  it('refuses slots with gaps', () => {
    expect(() => reallocate([{ from: 0, to: POINTS - 1, variant: 'a' }], { a: 1 })).toThrow(RangeError)
  })
})
