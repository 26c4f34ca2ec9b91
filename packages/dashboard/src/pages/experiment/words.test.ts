import { describe, expect, it } from 'vitest'
import { experimentFixture } from '../../testing/experiment-fixture.ts'
import { movedShare, sharesOf } from './shares.ts'
import { counted, listed, pluralOf, shareInWords } from './words.ts'

describe('words', () => {
  it('counts', () => {
    expect(counted(1, 'user')).toBe('1 user')
    expect(counted(1234, 'user')).toBe('1,234 users')
    expect(['story', 'day', 'box', 'batch'].map(pluralOf)).toEqual(['stories', 'days', 'boxes', 'batches'])
  })

  it('lists', () => {
    expect(listed([])).toBe('')
    expect(listed(['a'])).toBe('a')
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c')
  })

  it.each([
    [0.5, '50 %'],
    [1, '100 %'],
    [0, '0 %'],
    [1 / 3, '33.3 %'],
    [0.125, '12.5 %'],
    [0.0205, '2.05 %'],
    [0.1, '10 %'],
  ])('writes the share %d as %s', (share, text) => {
    expect(shareInWords(share).replace('\u202f', ' ')).toBe(text)
  })
})

describe('shares', () => {
  it('come from the slots, in the order of the variants', () => {
    expect(sharesOf(experimentFixture(0)).map(({ key, share }) => [key, share])).toEqual([
      ['calm', 0.5],
      ['warm', 0.25],
      ['playful', 0.25],
    ])
  })

  it('move where another variant holds the point afterwards', () => {
    const half = 2 ** 31
    const all = 2 ** 32
    const before = [
      { from: 0, to: half, variant: 'a' },
      { from: half, to: all, variant: 'b' },
    ]
    const after = [
      { from: 0, to: half / 2, variant: 'a' },
      { from: half / 2, to: all, variant: 'b' },
    ]
    expect(movedShare(before, before)).toBe(0)
    expect(movedShare(before, after)).toBe(0.25)
    expect(movedShare(after, before)).toBe(0.25)
    expect(movedShare(before, [{ from: 0, to: all, variant: 'c' }])).toBe(1)
  })
})
