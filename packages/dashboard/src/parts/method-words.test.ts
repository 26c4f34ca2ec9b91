import type { Correction, InferenceMethod } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { adjustedInWords, METHODS, whenToLook } from './method-words.ts'

describe('when numbers may be read', () => {
  it('is told by the method of the comparison, or by its look', () => {
    const look = { number: 3, of: 5, informationFraction: 0.6, at: 0, boundary: 2.7 }
    expect(whenToLook({ inference: 'always-valid' })).toBe('Always valid: look whenever you like')
    expect(whenToLook({ inference: 'fixed-horizon' })).toBe('Fixed horizon: look once')
    expect(whenToLook({ inference: 'group-sequential', look })).toBe('Group sequential: look 3 of 5')
  })

  it('is the name that came where a newer server has another method', () => {
    expect(whenToLook({ inference: 'constructor' as InferenceMethod })).toBe('constructor')
  })

  it('lets only methods that allow looking say so', () => {
    const free = Object.entries(METHODS).filter(([, { when }]) => when === 'look whenever you like')
    expect(free.map(([method]) => method)).toEqual(['always-valid', 'mixture-sprt'])
  })
})

describe('the correction', () => {
  it('is named', () => {
    expect(adjustedInWords('benjamini-hochberg', '3 comparisons')).toBe(
      'adjusted by Benjamini–Hochberg for 3 comparisons',
    )
    expect(adjustedInWords('none', '3 comparisons')).toBe('not adjusted for the number of comparisons')
    expect(adjustedInWords('toString' as Correction, '1 comparison')).toContain('toString')
  })
})
