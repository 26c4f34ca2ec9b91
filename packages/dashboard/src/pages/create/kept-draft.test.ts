import { afterEach, describe, expect, it, vi } from 'vitest'
import { EMPTY_DRAFT } from './draft.ts'
import { forgetDraft, keepDraft, keptDraft } from './kept-draft.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

function storage(): Map<string, string> {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => kept.set(name, text),
    removeItem: (name: string) => kept.delete(name),
  })
  return kept
}

describe('a draft that is kept', () => {
  it('comes back, until it is forgotten', () => {
    storage()
    expect(keptDraft()).toBeUndefined()
    const draft = { ...EMPTY_DRAFT, name: 'Greeting', coveragePercent: '' as const, minimumSample: 12 }
    keepDraft(draft)
    expect(keptDraft()).toEqual(draft)
    forgetDraft()
    expect(keptDraft()).toBeUndefined()
  })

  it.each(['', '{', 'null', '[]', '{"name":1}', JSON.stringify({ ...EMPTY_DRAFT, variants: null })])(
    'is not read from what is no draft: %s',
    (text) => {
      const kept = storage()
      keepDraft(EMPTY_DRAFT)
      for (const name of kept.keys()) kept.set(name, text)
      expect(keptDraft()).toBeUndefined()
    },
  )

  it('is not missed where storage is blocked', () => {
    const refuse = () => {
      throw new Error('blocked')
    }
    vi.stubGlobal('sessionStorage', { getItem: refuse, setItem: refuse, removeItem: refuse })
    expect(keptDraft()).toBeUndefined()
    expect(() => keepDraft(EMPTY_DRAFT)).not.toThrow()
    expect(() => forgetDraft()).not.toThrow()
  })
})
