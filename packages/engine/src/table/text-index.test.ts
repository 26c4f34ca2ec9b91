import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LONGEST_TEXT_BYTES, TextIndex } from './text-index.ts'

const encoder = new TextEncoder()

function intern(index: TextIndex, text: string): number {
  const bytes = encoder.encode(`<${text}>`)
  return index.intern(bytes, 1, bytes.length - 1)
}

describe('TextIndex', () => {
  it('numbers texts in the order of first sight, as a Map would', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 4 }), { maxLength: 300 }), (texts) => {
        const index = new TextIndex()
        const expected = new Map<string, number>()
        for (const text of texts) {
          if (!expected.has(text)) expected.set(text, expected.size)
          expect(intern(index, text)).toBe(expected.get(text))
        }
        expect(index.count).toBe(expected.size)
      }),
    )
  })

  it('keeps numbers through many pages and enlargements', () => {
    const index = new TextIndex()
    const texts = Array.from({ length: 50_000 }, (_, i) => `${i}${'x'.repeat(i % 37)}`)
    expect(texts.map((text) => intern(index, text))).toEqual(texts.map((_, i) => i))
    expect(texts.toReversed().map((text) => intern(index, text))).toEqual(texts.map((_, i) => i).reverse())
  })

  it('tells texts apart that differ in the last byte of many, and refuses those it cannot hold', () => {
    const index = new TextIndex()
    const long = 'x'.repeat(LONGEST_TEXT_BYTES - 1)
    expect(intern(index, `${long}a`)).toBe(0)
    expect(intern(index, `${long}b`)).toBe(1)
    expect(intern(index, `${long}a`)).toBe(0)
    expect(intern(index, `${long}ab`)).toBe(-1)
    expect(index.count).toBe(2)
  })
})
