import { uuidv7 } from '@helios/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parts, readTimeOrderedId } from './time-ordered-id.ts'

/** The example of RFC 9562, appendix A.6. */
const EXAMPLE = '017F22E2-79B0-7CC3-98C4-DC0C0C07398F'

describe('a UUIDv7', () => {
  it('is taken apart into its time and its random bits', () => {
    expect(readTimeOrderedId(EXAMPLE)).toBe(true)
    expect(parts).toEqual({
      time: Date.parse('2022-02-22T19:22:22Z'),
      a: 0xcc3,
      b: 0x18c4dc0c,
      c: 0x0c07398f,
    })
  })

  it('is the same in either case, and mixed', () => {
    for (const id of [EXAMPLE, EXAMPLE.toLowerCase(), EXAMPLE.slice(0, 9).toLowerCase() + EXAMPLE.slice(9)]) {
      parts.time = 0
      expect(readTimeOrderedId(id)).toBe(true)
      expect(parts).toMatchObject({ time: 1645557742000, c: 0x0c07398f })
    }
  })

  it('of any bits loses none of them', () => {
    const word = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 })
    const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
    fc.assert(
      fc.property(word(48), word(12), word(30), word(32), (time, a, b, c) => {
        const t = hex(time, 12)
        const variant = hex(0x8000 + Math.floor(b / 65_536), 4)
        const id = `${t.slice(0, 8)}-${t.slice(8)}-7${hex(a, 3)}-${variant}-${hex(b % 65_536, 4)}${hex(c, 8)}`
        expect(readTimeOrderedId(id)).toBe(true)
        expect(parts).toEqual({ time, a, b, c })
      }),
    )
  })

  it('made by a client is read back with its time', () => {
    const now = Date.parse('2026-03-01T10:00:00.123Z')
    expect(readTimeOrderedId(uuidv7(now))).toBe(true)
    expect(parts.time).toBe(now)
  })
})

describe('anything else', () => {
  it.each([
    ['nothing', ''],
    ['a word', 'order-17'],
    ['36 letters', 'x'.repeat(36)],
    ['another version', '017f22e2-79b0-4cc3-98c4-dc0c0c07398f'],
    ['another variant', '017f22e2-79b0-7cc3-c8c4-dc0c0c07398f'],
    ['an older variant', '017f22e2-79b0-7cc3-78c4-dc0c0c07398f'],
    ['no hyphens', '017f22e279b07cc398c4dc0c0c07398f'],
    ['a hyphen in another place', '017f22e27-9b0-7cc3-98c4-dc0c0c07398f'],
    ['braces', '{017f22e2-79b0-7cc3-98c4-dc0c0c07398}'],
    ['one digit too few', '017f22e2-79b0-7cc3-98c4-dc0c0c07398'],
    ['one digit too many', '017f22e2-79b0-7cc3-98c4-dc0c0c07398ff'],
    ['a letter beyond f', '017f22e2-79b0-7cc3-98c4-dc0c0c07398g'],
    ['a letter beyond ASCII', '017f22e2-79b0-7cc3-98c4-dc0c0c07398é'],
    ['a full-width digit', '017f22e2-79b0-7cc3-98c4-dc0c0c07398７'],
  ])('is none: %s', (_, id) => {
    expect(readTimeOrderedId(id)).toBe(false)
  })

  it('is none at each single place', () => {
    for (let i = 0; i < EXAMPLE.length; i++)
      expect(readTimeOrderedId(`${EXAMPLE.slice(0, i)} ${EXAMPLE.slice(i + 1)}`)).toBe(false)
  })
})
