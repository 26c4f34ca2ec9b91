import { describe, expect, it } from 'vitest'
import { isUuid, uuidv7 } from './uuid.ts'

/** A linear congruential generator (Numerical Recipes constants), enough to be repeatable. */
function repeatable(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

describe('uuidv7', () => {
  it('has the layout of RFC 9562, version 7', () => {
    for (let n = 0; n < 1000; n++) {
      expect(uuidv7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }
  })

  it('begins with the time', () => {
    // The time of the example in RFC 9562, appendix A.6.
    expect(uuidv7(0x017f22e279b0).slice(0, 13)).toBe('017f22e2-79b0')
    expect(uuidv7(0.9).slice(0, 13)).toBe('00000000-0000')
    expect(uuidv7(2 ** 48 - 1).slice(0, 13)).toBe('ffffffff-ffff')
  })

  it('ascends within a millisecond and from one to the next', () => {
    const ids = [5, 6].flatMap((now) => Array.from({ length: 20_000 }, () => uuidv7(now)))
    expect(ids.every((id, n) => n === 0 || id > (ids[n - 1] as string))).toBe(true)
  })

  it('repeats itself for the same times and source of chance, whatever others make', () => {
    const make = (random: () => number) =>
      [1, 1, 2, 2, 1].map((now) => {
        uuidv7(now)
        return uuidv7(now, random)
      })
    expect(make(repeatable(7))).toEqual(make(repeatable(7)))
    expect(make(repeatable(7))).not.toEqual(make(repeatable(8)))
  })

  it('starts anew when the counter of a millisecond is spent', () => {
    // Out of its range, the source puts the counter at its last value but one.
    const draws = [2 - 2 ** -24]
    const random = () => draws.pop() ?? 0.5
    const ids = Array.from({ length: 5 }, () => uuidv7(1, random))
    expect(ids.every((id) => isUuid(id) && id[14] === '7')).toBe(true)
  })

  it.each([-1, 2 ** 48, Number.NaN])('refuses the time %d', (now) => {
    expect(() => uuidv7(now)).toThrow(RangeError)
  })
})

describe('isUuid', () => {
  it('knows UUIDs of any version, in either case', () => {
    expect(isUuid(crypto.randomUUID())).toBe(true)
    expect(isUuid('017F22E2-79B0-7CC3-98C4-DC0C0C07398F')).toBe(true)
  })

  it.each(['', 'u42', '017f22e279b07cc398c4dc0c0c07398f', `${uuidv7()}\n`, ` ${uuidv7()}`, 7, null])(
    'refuses %j',
    (value) => {
      expect(isUuid(value)).toBe(false)
    },
  )
})
