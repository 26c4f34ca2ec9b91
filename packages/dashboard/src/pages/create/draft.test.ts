import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  combinationCount,
  combinationsOf,
  EMPTY_DRAFT,
  emptyLevel,
  emptyVariant,
  type FactorDraft,
  keyFromName,
  sharesOf,
} from './draft.ts'

describe('the key that a name suggests', () => {
  it.each([
    ['Greeting tone', 'greeting-tone'],
    ['  Grüße, März! ', 'gruesse-maerz'],
    ['Café — déjà vu', 'cafe-deja-vu'],
    ['日本語', ''],
    ['<img src=x>', 'img-src-x'],
  ])('%s gives %s', (name, key) => {
    expect(keyFromName(name)).toBe(key)
  })

  it('is a key that the engine takes, or empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        expect(keyFromName(name)).toMatch(/^(?:[a-z0-9][a-z0-9_.-]{0,63})?$/)
      }),
      { seed: 3 },
    )
  })
})

describe('combinations of factors', () => {
  const factor = (id: number, key: string, levels: readonly string[], control: number): FactorDraft => ({
    id,
    key,
    levels: levels.map((level, index) => ({ ...emptyLevel(index), key: level })),
    control,
  })
  const factors = [factor(0, 'tone', ['calm', 'warm'], 1), factor(1, 'length', ['short', 'long', 'none'], 0)]

  it('are all there, the last factor turning fastest, with one control', () => {
    expect(combinationCount(factors)).toBe(6)
    const all = combinationsOf(factors, 100)
    expect(all.map(({ key }) => key).slice(0, 3)).toEqual([
      'tone=calm,length=short',
      'tone=calm,length=long',
      'tone=calm,length=none',
    ])
    expect(all.filter(({ isControl }) => isControl).map(({ key }) => key)).toEqual(['tone=warm,length=short'])
  })

  it('are made only as many as are wanted', () => {
    const many = Array.from({ length: 8 }, (_, id) =>
      factor(
        id,
        `f${id}`,
        Array.from({ length: 16 }, (_, i) => `l${i}`),
        0,
      ),
    )
    expect(combinationCount(many)).toBe(16 ** 8)
    expect(combinationsOf(many, 24)).toHaveLength(24)
  })
})

describe('shares of traffic', () => {
  const variants = [1, 3, 0].map((weight, id) => ({ ...emptyVariant([]), id, weight }))

  it('follow the weights, or are equal', () => {
    expect(sharesOf({ variants, isWeighted: true })).toEqual([0.25, 0.75, 0])
    expect(sharesOf({ variants, isWeighted: false })).toEqual([1 / 3, 1 / 3, 1 / 3])
    expect(
      sharesOf({ variants: variants.map((variant) => ({ ...variant, weight: '' })), isWeighted: true }),
    ).toEqual([0, 0, 0])
  })

  it('give a new variant the part that the others have on average', () => {
    expect(emptyVariant(EMPTY_DRAFT.variants)).toMatchObject({ id: 2, weight: 50 })
  })
})
