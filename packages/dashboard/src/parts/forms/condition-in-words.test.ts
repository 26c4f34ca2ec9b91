import type { Condition } from '@helios/sdk'
import { COMPARISON_OPERATORS } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { conditionInWords, operatorInWords } from './condition-in-words.ts'

const adult: Condition = { attribute: 'age', operator: 'greaterOrEqual', value: 18 }
const german: Condition = { attribute: 'country', operator: 'in', value: ['DE', 'AT'] }
const beta: Condition = { attribute: 'beta', operator: 'equals', value: true }

describe('a condition in words', () => {
  it.each<[Condition, string]>([
    [adult, 'age is at least 18'],
    [german, 'country is one of “DE”, “AT”'],
    [beta, 'beta is true'],
    [{ attribute: 'age', operator: 'equals', value: '18' }, 'age is “18”'],
    [{ attribute: 'app', operator: 'versionAtLeast', value: '2.1' }, 'app is version “2.1” or later'],
    [{ attribute: 'plan', operator: 'exists', value: true }, 'plan is known'],
    [{ attribute: 'plan', operator: 'exists', value: false }, 'plan is not known'],
    [{ attribute: 'plan', operator: 'in', value: [] }, 'plan is one of nothing'],
    [{ all: [] }, 'everyone'],
    [{ any: [] }, 'nobody'],
    [{ any: [adult] }, 'age is at least 18'],
    [{ not: beta }, 'not (beta is true)'],
    [{ not: { all: [adult, beta] } }, 'not (age is at least 18 and beta is true)'],
    [{ not: { not: beta } }, 'not (not (beta is true))'],
    [
      { all: [{ any: [adult, beta] }, german] },
      '(age is at least 18 or beta is true) and country is one of “DE”, “AT”',
    ],
  ])('%j', (condition, words) => {
    expect(conditionInWords(condition)).toBe(words)
  })

  it('has different words for every operator', () => {
    expect(new Set(COMPARISON_OPERATORS.map(operatorInWords)).size).toBe(COMPARISON_OPERATORS.length)
  })
})
