import { describe, expect, it } from 'vitest'
import { displayName, escapeHtml, estimatedWidth, namesOf, shorten } from './names.ts'

describe('names', () => {
  it('are one line, without characters that turn the text around', () => {
    expect(displayName(' two\nlines\u202e and\u0000 more\t')).toBe('two lines  and  more')
    expect(displayName('x'.repeat(100_000))).toHaveLength(300)
  })

  it('are cut between characters as people see them', () => {
    expect(shorten('short', 5)).toBe('short')
    expect(shorten('a longer name', 9)).toBe('a longer…')
    expect(shorten('👩‍👩‍👧'.repeat(5), 3)).toBe('👩‍👩‍👧👩‍👩‍👧…')
    expect(shorten('👩‍👩‍👧'.repeat(3), 3)).toBe('👩‍👩‍👧'.repeat(3))
  })

  it('become HTML that holds no markup', () => {
    expect(escapeHtml(`<img src=x onerror="a('&')">`)).toBe(
      '&lt;img src=x onerror=&quot;a(&#39;&amp;&#39;)&quot;&gt;',
    )
  })

  it('fall back to the key when empty, and take it along when doubled', () => {
    const names = namesOf([
      { key: 'a', name: 'Same' },
      { key: 'b', name: 'Same' },
      { key: 'c', name: '  ' },
    ])
    expect([...names.values()]).toEqual(['Same (a)', 'Same (b)', 'c'])
  })

  it('are estimated to be wider in wide scripts', () => {
    expect(estimatedWidth('実験', 10)).toBe(20)
    expect(estimatedWidth('ab', 10)).toBe(12)
  })
})
