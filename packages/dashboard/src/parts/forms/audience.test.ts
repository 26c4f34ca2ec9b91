import { COMPARISON_OPERATORS, type Condition, conditionProblems } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import {
  type AudienceDraft,
  audienceDraftOf,
  audienceInMode,
  type ConditionRow,
  EVERYONE,
  readAudience,
  valueKindOf,
} from './audience.ts'

const row = (fields: Partial<ConditionRow>): ConditionRow => ({
  id: 1,
  attribute: 'country',
  operator: 'equals',
  type: 'text',
  values: ['DE'],
  ...fields,
})
const rows = (...all: readonly ConditionRow[]): AudienceDraft => ({ ...EVERYONE, mode: 'rows', rows: all })
const age: Condition = { attribute: 'age', operator: 'greaterOrEqual', value: 18 }
const country: Condition = { attribute: 'country', operator: 'in', value: ['DE', 'AT'] }

describe('an audience that is built', () => {
  it('is everyone, one comparison, or a group of them', () => {
    expect(readAudience(EVERYONE)).toEqual({ status: 'ok', condition: undefined })
    expect(readAudience(rows(row({})))).toEqual({
      status: 'ok',
      condition: { attribute: 'country', operator: 'equals', value: 'DE' },
    })
    const both = { ...rows(row({}), row({ id: 2, attribute: 'beta', type: 'boolean', values: ['true'] })) }
    expect(readAudience({ ...both, joiner: 'any' })).toEqual({
      status: 'ok',
      condition: {
        any: [
          { attribute: 'country', operator: 'equals', value: 'DE' },
          { attribute: 'beta', operator: 'equals', value: true },
        ],
      },
    })
  })

  it('gives numbers to operators that compare numbers, whatever type was chosen before', () => {
    expect(readAudience(rows(row({ attribute: 'age', operator: 'lessOrEqual', values: ['30'] })))).toEqual({
      status: 'ok',
      condition: { attribute: 'age', operator: 'lessOrEqual', value: 30 },
    })
  })

  it.each([
    [row({ attribute: ' ' }), 'attribute', 'Name an attribute.'],
    [row({ values: [''] }), 'value', 'Say a value.'],
    [row({ operator: 'greaterThan', values: ['old'] }), 'value', 'This must be a number.'],
    [row({ operator: 'in', type: 'number', values: ['1', 'two'] }), 'value', 'This must be a number.'],
    [row({ operator: 'versionAtLeast', values: ['new'] }), 'value', expect.stringContaining('version')],
  ] as const)('says what is wrong with a row: %j', (wrong, part, message) => {
    expect(readAudience(rows(wrong))).toEqual({ status: 'invalid', problems: [{ row: 1, part, message }] })
  })

  it('says what is wrong with JSON', () => {
    const json = (text: string) => readAudience({ ...EVERYONE, mode: 'json', json: text })
    expect(json('{')).toMatchObject({ status: 'invalid', problems: [{ message: 'This is not JSON yet.' }] })
    expect(json('{"all": [{}]}')).toMatchObject({
      problems: [{ message: expect.stringContaining('all[0]') }],
    })
    expect(json(JSON.stringify(age))).toEqual({ status: 'ok', condition: age })
  })

  it('reads every operator of a row as a condition that the engine takes', () => {
    for (const operator of COMPARISON_OPERATORS) {
      const values = valueKindOf(operator) === 'text' ? ['2.1.0'] : ['18']
      const reading = readAudience(rows(row({ operator, values })))
      expect(reading.status, operator).toBe('ok')
      expect(reading.status === 'ok' && conditionProblems(reading.condition)).toEqual([])
    }
  })

  it.each<Condition>([
    age,
    country,
    { all: [age, country] },
    { any: [country] },
    { all: [age, { not: country }] },
  ])('keeps its meaning when it is drafted: %j', (condition) => {
    const reading = readAudience(audienceDraftOf(condition))
    const members = 'any' in condition ? condition.any : []
    expect(reading).toEqual({ status: 'ok', condition: members.length === 1 ? members[0] : condition })
  })

  it('goes to JSON and back, but not back from what rows cannot say', () => {
    const there = audienceInMode(audienceDraftOf({ all: [age, country] }), 'json')
    expect(there?.mode).toBe('json')
    expect(there && audienceInMode(there, 'rows')).toMatchObject({ mode: 'rows', rows: [{}, {}] })
    expect(audienceInMode(audienceDraftOf({ not: age }), 'rows')).toBeUndefined()
    expect(audienceInMode(EVERYONE, 'rows')?.rows).toHaveLength(1)
  })
})
