import { describe, expect, it } from 'vitest'
import { type Draft, EMPTY_DRAFT, emptyVariant } from './draft.ts'
import { cautionsOf, linesOf, participantsInWords, startInWords } from './review.ts'
import { sampleSizeQuestion } from './sample-size.ts'

const draft = (fields: Partial<Draft>): Draft => ({ ...EMPTY_DRAFT, key: 'greeting', ...fields })
const wordsOf = (fields: Partial<Draft>, label: string) =>
  linesOf(draft(fields), new Map())
    .find((line) => line.label === label)
    ?.words.replaceAll('\u202f', ' ')

describe('a draft in words', () => {
  it('names variants with their shares, and counts those beyond', () => {
    expect(wordsOf({}, 'Variants')).toBe('2: control 50 %, the control; treatment 50 %')
    const variants = Array.from({ length: 1000 }, (_, id) => ({ ...emptyVariant([]), id, key: `v${id}` }))
    expect(wordsOf({ variants }, 'Variants')).toMatch(/^1,000: v0 0\.1 %, the control; .*, and 994 more$/)
  })

  it('says who takes part', () => {
    expect(participantsInWords(draft({}))).toBe('all users')
    const audience = {
      mode: 'rows',
      joiner: 'all',
      json: '',
      rows: [{ id: 0, attribute: 'age', operator: 'greaterOrEqual', type: 'number', values: ['18'] }],
    } as const
    expect(participantsInWords(draft({ audience, coveragePercent: 25, unit: 'conversation' }))).toBe(
      '25\u202f% of all conversations whose age is at least 18',
    )
    expect(startInWords(draft({}))).toContain('all users are assigned')
  })

  it('leaves out what is not used', () => {
    expect(wordsOf({}, 'Layer')).toBeUndefined()
    expect(wordsOf({ layer: { isUsed: true, key: 'checkout', percent: 50 } }, 'Layer')).toBe(
      '50 % of checkout',
    )
    expect(wordsOf({ minimumSample: 56520 }, 'Minimum sample')).toBe('56,520 units per variant')
  })

  it('says how the numbers will be judged', () => {
    expect(wordsOf({}, 'Analysis')).toBe(
      'Always valid: look whenever you like; correction Holm; nothing is concluded before 7 days',
    )
    const analysis = { ...EMPTY_DRAFT.analysis, method: 'group-sequential', minimumDurationDays: 0 } as const
    expect(wordsOf({ analysis }, 'Analysis')).toBe('Group sequential: 5 planned looks; correction Holm')
  })

  it('asks for a second thought about methods that would never be read, and durations that cross', () => {
    const analysis = { ...EMPTY_DRAFT.analysis, method: 'group-sequential' } as const
    expect(cautionsOf(draft({ analysis })).join(' ')).toContain('at which group sequential reads its numbers')
    expect(cautionsOf(draft({ maximumDurationDays: 3 })).join(' ')).toContain(
      'The maximum duration of 3 days is over before the minimum duration of 7 days.',
    )
  })

  it('asks for a second thought where one is due', () => {
    expect(cautionsOf(draft({})).join(' ')).toMatch(/primary metric.*hypothesis.*minimum sample/)
    const metrics = { primary: ['revenue'], secondary: [], guardrails: [] }
    expect(cautionsOf(draft({ metrics, hypothesis: 'Because.', minimumSample: 10 }))).toEqual([])
  })
})

describe('the question of the sample size', () => {
  const size = { ...EMPTY_DRAFT.size, baseline: 10 } as const

  it('is asked in shares, for the number of variants', () => {
    const query = sampleSizeQuestion(draft({ size: { ...size, unitsPerDay: 500 }, coveragePercent: 50 }), 2)
    expect(Object.fromEntries(query ?? [])).toEqual({
      kind: 'proportion',
      baseline: '0.1',
      minimumDetectableEffect: '0.1',
      variants: '2',
      alpha: '0.05',
      power: '0.8',
      unitsPerDay: '500',
      coverage: '0.5',
    })
  })

  it('needs the spread of a mean, which may be negative', () => {
    const mean = { ...size, kind: 'mean', baseline: -0.2 } as const
    expect(sampleSizeQuestion(draft({ size: mean }))).toBeUndefined()
    const query = sampleSizeQuestion(draft({ size: { ...mean, standardDeviation: 0.4 } }))
    expect(query?.get('baseline')).toBe('-0.2')
    expect(query?.get('standardDeviation')).toBe('0.4')
  })

  it.each([
    { baseline: '' },
    { baseline: 0 },
    { baseline: 100 },
    { effectPercent: '' },
    { effectPercent: 0 },
    { powerPercent: 100 },
    { alphaPercent: '' },
  ] as const)('is not asked with %j', (fields) => {
    expect(sampleSizeQuestion(draft({ size: { ...size, ...fields } }))).toBeUndefined()
  })
})
