import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayWidth, padEnd, printable, shorten, shortenAll, wrap } from './terminal-text.ts'

describe('terminal text', () => {
  it('knows how wide a text is', () => {
    expect(displayWidth('plain')).toBe(5)
    expect(displayWidth('größe')).toBe(5)
    expect(displayWidth('u\u0308')).toBe(1)
    expect(displayWidth('日本語')).toBe(6)
    expect(displayWidth('🚀')).toBe(2)
    expect(displayWidth('├─●─┤ ▲ ▼ ✓ ✗ − …')).toBe(17)
    expect(displayWidth('\u001b[32mgreen\u001b[39m')).toBe(5)
    expect(padEnd('日本', 6)).toBe('日本  ')
  })

  it('lets no control character of a file through', () => {
    expect(printable('a\u001b[31mb\nc\u0007')).toBe('a·[31mb·c·')
  })

  it('shortens in the middle, never beyond the width', () => {
    expect(shorten('Womens E-Mail', 8)).toBe('Women…il')
    expect(shorten('short', 8)).toBe('short')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        expect(displayWidth(shorten(printable(text), width))).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('keeps apart names that differ only in the middle', () => {
    const names = ['Variant number 1 with a long name', 'Variant number 2 with a long name']
    expect(shortenAll(names, 14)).toEqual(['…1 with a lon…', '…2 with a lon…'])
    expect(shortenAll(['a very long name', 'b very long name'], 8)).toEqual(['a ver…me', 'b ver…me'])
    expect(shortenAll(['same name here', 'same name here'], 8)).toEqual(['same …re', 'same …re'])
  })

  it('wraps between words, keeps every word, and never exceeds the width but for a longer word', () => {
    expect(wrap('  one two three', 9, '    ')).toEqual(['  one two', '    three'])
    const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom('a', 'b', 'ü', '-') })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 14, max: 40 }), (words, width) => {
        const lines = wrap(words.join(' '), width, '  ')
        expect(lines.map((line) => line.trim()).join(' ')).toBe(words.join(' '))
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
      }),
    )
  })
})
