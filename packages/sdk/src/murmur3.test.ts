import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHasher } from './murmur3.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 60 })

describe('createHasher', () => {
  // Printed by the reference algorithm in C and by mmh3 5.3.0 for Python, which agree with this file on
  // 10,000 random texts of all lengths and scripts as well.
  it.each([
    ['', '', 1728089222],
    ['greeting-tone@1/variant', 'u42', 1074647165],
    ['greeting-tone@1/coverage', 'u42', 1013848313],
    ['layer/checkout', 'user-000001', 2496398620],
    ['holdout/2026', 'Zo\u00eb', 3822178994],
    ['a@1/variant', '\u{1f469}\u200d\u{1f680}', 2641668571],
    ['a@1/variant', '01920000-0000-7000-8000-000000000000', 2575590580],
    ['a@1/variant', 'x'.repeat(300), 2426012266],
    ['a@1/variant', '\ud83d', 2620030277],
  ])('gives the point of the reference for %j and %j', (salt, unit, point) => {
    expect(createHasher(salt)(unit)).toBe(point)
  })

  it('hashes salt, slash and unit as one text, wherever the blocks fall', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (a, b, c) => {
        expect(createHasher(a)(`${b}/${c}`)).toBe(createHasher(`${a}/${b}`)(c))
      }),
    )
  })

  it('takes long units as it takes short ones', () => {
    for (const length of [231, 232, 233, 247, 248, 249, 1000]) {
      const filler = 'y'.repeat(length)
      expect(createHasher('a')(`${filler}/z`)).toBe(createHasher(`a/${filler}`)('z'))
    }
  })

  it('hashes a lone surrogate as U+FFFD', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0xd800, max: 0xdfff }), (before, surrogate) => {
        const hash = createHasher('salt')
        expect(hash(`${before}${String.fromCharCode(surrogate)}!`)).toBe(hash(`${before}\ufffd!`))
      }),
    )
  })

  it('refuses a unit that is no text', () => {
    for (const unit of [42, null, undefined, ['u42']]) {
      expect(() => createHasher('salt')(unit as never)).toThrow(TypeError)
    }
  })

  it('keeps hashers apart when they take turns', () => {
    const [a, b] = [createHasher('a'), createHasher('a-longer-salt-than-one-block')]
    const alone = [a('u1'), b('u1')]
    expect([a('u1'), b('u1'), a('u1'), b('u1')]).toEqual([...alone, ...alone])
  })
})
