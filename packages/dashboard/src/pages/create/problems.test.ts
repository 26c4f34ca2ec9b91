import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../api/request.ts'
import { type Draft, EMPTY_DRAFT, emptyFactor, type VariantDraft } from './draft.ts'
import { problemsOf } from './problems.ts'
import { problemsOfRefusal } from './refusals.ts'

const GOOD: Draft = { ...EMPTY_DRAFT, key: 'greeting' }
const [CONTROL, TREATMENT] = EMPTY_DRAFT.variants as readonly [VariantDraft, VariantDraft]
const factorWith = (...keys: readonly string[]) => ({
  ...emptyFactor(0),
  key: 'tone',
  levels: keys.map((key, id) => ({ id, key, payload: { mode: 'text', text: '' } as const })),
})

describe('what is wrong with a draft', () => {
  it('is nothing when only the key is given', () => {
    expect(problemsOf(GOOD, new Set(['other']))).toEqual([])
  })

  it.each<[Partial<Draft>, string, string]>([
    [{ key: '' }, 'idea', 'key'],
    [{ key: 'Not a key' }, 'idea', 'key'],
    [{ key: 'taken' }, 'idea', 'key'],
    [{ name: 'x'.repeat(201) }, 'idea', 'name'],
    [{ hypothesis: 'x'.repeat(5001) }, 'idea', 'hypothesis'],
    [{ unit: 'Two words' }, 'idea', 'unit'],
    [{ tags: ['with space'] }, 'idea', 'tags'],
    [{ variants: [CONTROL] }, 'variants', 'add-variant'],
    [{ variants: [CONTROL, { ...TREATMENT, key: '' }] }, 'variants', 'variant-1-key'],
    [{ variants: [CONTROL, { ...TREATMENT, key: 'a b' }] }, 'variants', 'variant-1-key'],
    [{ variants: [CONTROL, { ...TREATMENT, key: 'control' }] }, 'variants', 'variant-0-key'],
    [
      { variants: [CONTROL, { ...TREATMENT, payload: { mode: 'json', text: '{' } }] },
      'variants',
      'variant-1-payload',
    ],
    [{ isWeighted: true, variants: [{ ...CONTROL, weight: 0 }, TREATMENT] }, 'variants', 'variant-0-weight'],
    [{ isWeighted: true, variants: [CONTROL, { ...TREATMENT, weight: '' }] }, 'variants', 'variant-1-weight'],
    [{ design: 'factors', factors: [] }, 'variants', 'add-factor'],
    [{ design: 'factors', factors: [factorWith('a', 'a')] }, 'variants', 'factor-0-level-0-key'],
    [{ design: 'factors', factors: [{ ...factorWith('a', 'b'), key: 'T' }] }, 'variants', 'factor-0-key'],
    [{ audience: { mode: 'json', json: '{', joiner: 'all', rows: [] } }, 'audience', 'audience'],
    [{ coveragePercent: '' }, 'audience', 'coverage'],
    [{ coveragePercent: 101 }, 'audience', 'coverage'],
    [{ layer: { isUsed: true, key: '', percent: 50 } }, 'audience', 'layer-key'],
    [{ holdout: { isUsed: true, key: 'h', percent: 100 } }, 'audience', 'holdout-share'],
    [{ dimensions: ['x'.repeat(65)] }, 'audience', 'dimensions'],
    [{ minimumSample: 1.5 }, 'size', 'minimum-sample'],
    [{ maximumDurationDays: 0 }, 'size', 'maximum-duration'],
    [{ size: { ...EMPTY_DRAFT.size, alphaPercent: 0 } }, 'size', 'alpha'],
  ])('%j is put right at %s, %s', (fields, step, field) => {
    const [first] = problemsOf({ ...GOOD, ...fields }, new Set(['taken']))
    expect(first).toMatchObject({ step, field })
  })

  it('counts too many combinations before making them', () => {
    const levels = Array.from({ length: 16 }, (_, i) => `l${i}`)
    const factors = Array.from({ length: 8 }, (_, id) => ({ ...factorWith(...levels), id, key: `f${id}` }))
    const problems = problemsOf({ ...GOOD, design: 'factors', factors }, new Set())
    expect(problems).toMatchObject([
      { field: 'add-factor', message: expect.stringContaining('combinations') },
    ])
  })
})

describe('what the server refuses', () => {
  const refusal = (code: string, detail: string, errors?: RefusedError['fields']) =>
    new RefusedError({ type: '', title: '', status: 400, code, detail, ...(errors ? { errors } : {}) })

  it.each([
    [refusal('HEL_EXPERIMENT_EXISTS', 'There is one already.'), 'idea', 'key'],
    [refusal('HEL_METRIC_NOT_FOUND', 'There is no metric "x".'), 'metrics', 'metrics-search'],
    [refusal('HEL_HOLDOUT_MISMATCH', 'Another share.'), 'audience', 'holdout-key'],
    [
      refusal('HEL_EXPERIMENT_INVALID', 'The experiment is not valid: variants.1.key must match pattern'),
      'variants',
      'variant-1-key',
    ],
    [refusal('HEL_EXPERIMENT_INVALID', 'Not valid: coverage must be <= 1'), 'audience', 'coverage'],
    [
      refusal('HEL_REQUEST_INVALID', 'Bad', [{ pointer: '/variants/0/payload', message: 'is wrong' }]),
      'variants',
      'variant-0-payload',
    ],
    [
      refusal('HEL_REQUEST_INVALID', 'Bad', [{ pointer: '/minimumSample', message: 'no' }]),
      'size',
      'minimum-sample',
    ],
  ])('%s is shown where it can be put right', (error, step, field) => {
    expect(problemsOfRefusal(error, GOOD)).toMatchObject([{ step, field }])
  })

  it('is not given a place that it does not name', () => {
    expect(problemsOfRefusal(refusal('HEL_INTERNAL', 'A fault.'), GOOD)).toEqual([])
    expect(
      problemsOfRefusal(refusal('X', '', [{ pointer: '/variants/9/key', message: 'm' }]), GOOD),
    ).toMatchObject([{ field: 'add-variant' }])
    expect(problemsOfRefusal(new Error('down'), GOOD)).toEqual([])
  })
})
