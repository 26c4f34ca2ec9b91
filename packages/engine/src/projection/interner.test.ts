import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Interner } from './interner.ts'

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 256 }).filter((each) => each.length <= 256),
  fc.constantFrom(
    '',
    'a',
    'A',
    'é',
    'e\u0301',
    '\0',
    'x'.repeat(256),
    '😀'.repeat(128),
    '\uffff'.repeat(256),
    '__proto__',
  ),
  fc.nat(500).map((i) => `user ${i}`),
)

function restored(interner: Interner, seed: number): Interner {
  const copy = new Interner(seed)
  const [offsets, arena] = interner.snapshot().map((bytes) => bytes.slice())
  copy.restore(offsets as Uint8Array, arena as Uint8Array)
  return copy
}

describe('an interner', () => {
  it('numbers texts as a map would, and gives them back', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 300, size: 'max' }), fc.integer(), (texts, seed) => {
        let interner = new Interner(seed)
        const map = new Map<string, number>()
        for (const [i, each] of texts.entries()) {
          if (i % 50 === 49) interner = restored(interner, seed + i)
          expect(interner.find(each)).toBe(map.get(each) ?? -1)
          if (!map.has(each)) map.set(each, map.size)
          expect(interner.intern(each)).toBe(map.get(each))
          expect(interner.find(each)).toBe(map.get(each))
        }
        expect(interner.count).toBe(map.size)
        for (const [each, id] of map) expect(interner.textOf(id)).toBe(each)
      }),
      { numRuns: 100 },
    )
  })

  it('holds many texts in little room', () => {
    const interner = new Interner(1)
    for (let i = 0; i < 100_000; i++) expect(interner.intern(`user ${i}`)).toBe(i)
    for (let i = 0; i < 100_000; i += 997) expect(interner.find(`user ${i}`)).toBe(i)
    expect(interner.find('user 100000')).toBe(-1)
    expect(interner.byteLength).toBeLessThan(45 * 100_000)
  })

  it('restored from nothing is empty and may be filled', () => {
    const interner = restored(new Interner(1), 2)
    expect(interner.count).toBe(0)
    expect([interner.intern(''), interner.intern('a'), interner.intern('')]).toEqual([0, 1, 0])
  })

  it('restored goes on numbering where it was', () => {
    const first = new Interner(1)
    for (let i = 0; i < 1000; i++) first.intern(`größe ${i}`)
    const second = restored(first, 99)
    expect(second.intern('neu')).toBe(1000)
    expect(first.count).toBe(1000)
    expect(second.textOf(999)).toBe('größe 999')
  })
})
