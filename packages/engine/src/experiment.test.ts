import type { Json } from '@helios/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixedWeights } from './allocation.ts'
import { HeliosError } from './errors.ts'
import {
  DEFAULT_ANALYSIS_SETTINGS,
  designExperiment,
  type ExperimentDesign,
  editDesign,
  sharesOf,
} from './experiment.ts'

const VARIANTS = [{ key: 'calm', control: true }, { key: 'warm' }]
const LEAST = { key: 'tone', variants: VARIANTS }

function design(extra: object = {}): ExperimentDesign {
  return designExperiment({ ...LEAST, ...extra })
}

function problemOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    expect(error).toMatchObject({ code: 'HEL_EXPERIMENT_INVALID' })
    return (error as HeliosError).message
  }
  throw new Error('It was taken')
}

const factor = (key: string, levels: number) => ({
  key,
  levels: Array.from({ length: levels }, (_, i) => ({ key: `${i}`, control: i === 0 })),
})

describe('a design of few words', () => {
  it('takes everyone, in equal parts', () => {
    expect(design()).toEqual({
      key: 'tone',
      name: 'tone',
      hypothesis: '',
      unit: 'user',
      variants: [
        { key: 'calm', name: 'calm', payload: null },
        { key: 'warm', name: 'warm', payload: null },
      ],
      control: 'calm',
      factors: [],
      allocation: { kind: 'equal' },
      coverage: 1,
      forced: {},
      sticky: false,
      dimensions: [],
      tags: [],
      metrics: { primary: [], secondary: [], guardrails: [] },
      analysis: DEFAULT_ANALYSIS_SETTINGS,
      minimumSample: 0,
      saltVersion: 1,
    })
  })

  it('fills in what is left open of a part', () => {
    const { metrics, analysis } = design({ metrics: { primary: ['clicks'] }, analysis: { alpha: 0.1 } })
    expect(metrics).toEqual({ primary: ['clicks'], secondary: [], guardrails: [] })
    expect(analysis).toEqual({ ...DEFAULT_ANALYSIS_SETTINGS, alpha: 0.1 })
  })

  it('takes a field that is undefined for one that is absent', () => {
    const open = { name: undefined, coverage: undefined, audience: undefined }
    expect(design({ ...open, metrics: { primary: undefined }, analysis: { alpha: undefined } })).toEqual(
      design(),
    )
  })

  it('has the control where its owner put it', () => {
    expect(design({ variants: [{ key: 'warm' }, { key: 'calm', control: true }] }).control).toBe('calm')
  })
})

describe('a design is refused', () => {
  it.each([
    ['without variants', { variants: undefined }, /variants or factors/],
    ['with variants and factors', { factors: [factor('f', 2)] }, /not both/],
    ['with one variant', { variants: [{ key: 'a', control: true }] }, /variants/],
    ['without a control', { variants: [{ key: 'a' }, { key: 'b' }] }, /exactly one .* not 0/],
    [
      'with two controls',
      { variants: VARIANTS.map((each) => ({ ...each, control: true })) },
      /exactly one .* not 2/,
    ],
    ['with a variant twice', { variants: [...VARIANTS, { key: 'warm' }] }, /warm appears twice/],
    [
      'with 1001 variants',
      { variants: Array.from({ length: 1001 }, (_, i) => ({ key: `v${i}`, control: i === 0 })) },
      /variants/,
    ],
    ['with a variant without a name', { variants: [{ key: '', control: true }, { key: 'b' }] }, /variants/],
    [
      'with a metric in two roles',
      { metrics: { primary: ['clicks'], guardrails: ['clicks'] } },
      /clicks appears twice/,
    ],
    ['with a metric twice in one role', { metrics: { secondary: ['clicks', 'clicks'] } }, /secondary/],
    ['with a forced variant that is none', { forced: { u1: 'cold' } }, /forced names cold/],
    ['with a forced prototype', { forced: JSON.parse('{"__proto__":"cold"}') }, /forced names cold/],
    ['with more than everyone', { coverage: 1.01 }, /coverage/],
    ['with everyone held out', { holdout: { key: 'h', share: 1 } }, /holdout/],
    ['with nothing of a layer', { layer: { key: 'l', share: 0 } }, /layer/],
    ['with an alpha of 0', { analysis: { alpha: 0 } }, /alpha/],
    [
      'with an audience that is a text',
      { audience: 'country = DE' },
      /audience: condition: must be an object/,
    ],
    [
      'with an operator that is none',
      { audience: { attribute: 'age', operator: '>', value: 1 } },
      /audience: condition: 'operator'/,
    ],
    [
      'with an audience without a value',
      { audience: { attribute: 'age', operator: 'equals' } },
      /audience: condition/,
    ],
    ['with an unknown field', { variant: [] }, /unknown fields: variant/],
    ['with a key that is no key', { key: 'Tone!' }, /key/],
  ])('%s', (_, extra, problem) => {
    expect(problemOf(() => design(extra))).toMatch(problem)
  })
})

describe('weights', () => {
  const keys = ['a', 'b']
  const weigh = (weights: Record<string, number>) => fixedWeights({ kind: 'weighted', weights }, keys, 'a')

  it('are equal, or as given', () => {
    expect(fixedWeights({ kind: 'equal' }, keys, 'a')).toEqual({ a: 1, b: 1 })
    expect(weigh({ a: 1, b: 0 })).toEqual({ a: 1, b: 0 })
  })

  it.each([
    ['name a stranger', { a: 1, b: 1, c: 1 }, /c, which is no variant/],
    ['leave one out', { a: 1 }, /lack b/],
    ['leave the control without traffic', { a: 0, b: 1 }, /control needs a positive weight/],
    ['name a prototype', JSON.parse('{"a":1,"b":1,"__proto__":1}'), /__proto__, which is no variant/],
  ])('that %s are refused', (_, weights, problem) => {
    expect(problemOf(() => weigh(weights))).toMatch(problem)
  })

  it.each([
    ['negative', -1],
    ['infinite', Number.POSITIVE_INFINITY],
    ['no number', '1'],
  ])('that are %s are refused', (_, b) => {
    problemOf(() => design({ allocation: { kind: 'weighted', weights: { calm: 1, warm: b } } }))
  })

  it('become shares in the order of the variants', () => {
    const slots = [
      { from: 0, to: 2 ** 30, variant: 'b' },
      { from: 2 ** 30, to: 2 ** 32, variant: 'a' },
    ]
    const variants = ['a', 'b', 'c'].map((key) => ({ key, name: key, payload: null }))
    expect(sharesOf({ slots, variants })).toEqual([0.75, 0.25, 0])
  })
})

describe('factors', () => {
  it('make every combination, with what each level carries', () => {
    const { variants, control, factors } = designExperiment({
      key: 'mail',
      factors: [
        {
          key: 'subject',
          levels: [
            { key: 'short', payload: 'Hi' },
            { key: 'long', payload: 'Dear all', control: true },
          ],
        },
        {
          key: 'hour',
          levels: [{ key: 'h9', payload: 9, control: true }, { key: 'h18', payload: null }, { key: 'any' }],
        },
      ],
    })
    expect(variants.map(({ key }) => key)).toEqual([
      'subject=short,hour=h9',
      'subject=short,hour=h18',
      'subject=short,hour=any',
      'subject=long,hour=h9',
      'subject=long,hour=h18',
      'subject=long,hour=any',
    ])
    expect(control).toBe('subject=long,hour=h9')
    expect(variants.map(({ payload }) => payload).slice(0, 3)).toEqual([
      { subject: 'Hi', hour: 9 },
      { subject: 'Hi', hour: null },
      { subject: 'Hi', hour: 'any' },
    ])
    expect(variants[4]?.levels).toEqual({ subject: 'long', hour: 'h18' })
    expect(factors).toHaveLength(2)
  })

  it('of any sizes multiply, and exactly one combination is all control', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 2, max: 5 }), { minLength: 1, maxLength: 4 }), (sizes) => {
        const { variants, control } = designExperiment({
          key: 'x',
          factors: sizes.map((size, i) => factor(`f${i}`, size)),
        })
        expect(new Set(variants.map(({ key }) => key)).size).toBe(
          sizes.reduce((product, size) => product * size, 1),
        )
        const cells = variants.filter(({ levels }) =>
          Object.values(levels ?? {}).every((level) => level === '0'),
        )
        expect(cells.map(({ key }) => key)).toEqual([control])
      }),
      { numRuns: 30 },
    )
  })

  it('may make 1000 combinations, not 1001', () => {
    const thousand = [factor('a', 10), factor('b', 10), factor('c', 10)]
    expect(designExperiment({ key: 'x', factors: thousand }).variants).toHaveLength(1000)
    const more = [factor('a', 7), factor('b', 11), factor('c', 13)]
    expect(problemOf(() => designExperiment({ key: 'x', factors: more }))).toMatch(/1001 combinations/)
  })

  it.each([
    ['twice', [factor('a', 2), factor('a', 2)], /factor a appears twice/],
    ['with one level', [factor('a', 1)], /levels/],
    [
      'with a level twice',
      [{ key: 'a', levels: [{ key: 'x', control: true }, { key: 'x' }] }],
      /level of a x appears twice/,
    ],
    [
      'without a control',
      [{ key: 'a', levels: [{ key: 'x' }, { key: 'y' }] }],
      /exactly one level of factor a/,
    ],
    [
      'that make names too long for exposures',
      Array.from({ length: 8 }, (_, i) => factor(`${i}${'x'.repeat(30)}`, 2)),
      /more than 200 characters/,
    ],
  ])('%s are refused', (_, factors, problem) => {
    expect(problemOf(() => designExperiment({ key: 'x', factors }))).toMatch(problem)
  })
})

describe('an edit', () => {
  const audience = { attribute: 'country', operator: 'equals', value: 'DE' }

  it('changes what it names and keeps the rest', () => {
    const before = design({
      audience,
      coverage: 0.5,
      metrics: { primary: ['clicks'] },
      forced: { u: 'warm' },
    })
    expect(editDesign(before, { name: 'Tone', metrics: { guardrails: ['cost'] } })).toEqual({
      ...before,
      name: 'Tone',
      metrics: { primary: ['clicks'], secondary: [], guardrails: ['cost'] },
    })
  })

  it('of nothing changes nothing', () => {
    const before = design({ audience })
    expect(editDesign(before, {})).toEqual(before)
  })

  it('removes an audience by null only', () => {
    const before = design({ audience })
    expect(editDesign(before, { audience: undefined }).audience).toEqual(audience)
    expect(editDesign(before, { audience: null })).not.toHaveProperty('audience')
  })

  it('replaces factors by variants and back', () => {
    const factorial = editDesign(design(), { factors: [factor('a', 2)] })
    expect(factorial.variants.map(({ key }) => key)).toEqual(['a=0', 'a=1'])
    const plain = editDesign(factorial, { variants: VARIANTS })
    expect(plain).toMatchObject({ factors: [], control: 'calm' })
  })

  it.each([
    ['the key', { key: 'other' }, /unknown fields: key/],
    ['the status', { status: 'running' }, /unknown fields: status/],
    [
      'forced units to a variant that is gone',
      { variants: [{ key: 'a', control: true }, { key: 'b' }] },
      /forced names warm/,
    ],
    ['roles until they overlap', { metrics: { secondary: ['clicks'] } }, /clicks appears twice/],
    ['to nothing', null, /must be object/],
  ])('cannot change %s', (_, edit, problem) => {
    const before = design({ forced: { u: 'warm' }, metrics: { primary: ['clicks'] } })
    expect(problemOf(() => editDesign(before, edit))).toMatch(problem)
  })
})

describe('payloads', () => {
  const payloadOf = (payload: unknown) =>
    design({ variants: [{ key: 'a', control: true, payload }, { key: 'b' }] }).variants[0]?.payload

  it('survive, whatever JSON they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        expect(JSON.stringify(payloadOf(payload))).toBe(JSON.stringify(payload))
      }),
      { numRuns: 200 },
    )
    const odd = JSON.parse('{"__proto__": {"x": 1}, "constructor": null, "": [[]], "\\ud800": "\\u0000"}')
    expect(JSON.stringify(payloadOf(odd))).toBe(JSON.stringify(odd))
  })

  it('are copies: what the caller does to his own changes nothing, and his stays his', () => {
    const payload = { words: ['hello'] }
    const kept = payloadOf(payload)
    payload.words.push('world')
    expect(kept).toEqual({ words: ['hello'] })
    expect(kept).not.toBe(payload)
  })

  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  it.each([
    ['NaN', Number.NaN],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a date', new Date(0)],
    ['a map', new Map([[1, 2]])],
    ['bytes', new Uint8Array(2)],
    ['a hole', [undefined]],
    ['a cycle', cycle],
    ['100,000 levels', JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))],
  ])('that JSON cannot hold are refused: %s', (_, payload) => {
    problemOf(() => payloadOf({ deep: payload }))
  })

  it('may be nested as deep as people nest', () => {
    const deep: Json = JSON.parse('['.repeat(90) + ']'.repeat(90))
    expect(payloadOf(deep)).toEqual(deep)
  })
})

describe('a hostile input', () => {
  it.each([null, undefined, [], 7, 'tone', true, () => LEAST, new Date(0), new Map()])(
    '%s is refused',
    (input) => {
      problemOf(() => designExperiment(input))
      problemOf(() => editDesign(design(), input))
    },
  )

  it('of any shape is either taken or refused as what it is', () => {
    const value = fc.oneof(
      fc.anything(),
      fc.constantFrom<unknown>('x', VARIANTS, { kind: 'equal' }, 0.5, { a: 'calm' }),
    )
    const fields = [
      'variants',
      'factors',
      'allocation',
      'audience',
      'forced',
      'metrics',
      'analysis',
      'layer',
      'coverage',
      'unit',
    ]
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields), value), (extra) => {
        let taken: ExperimentDesign
        try {
          taken = design(extra)
        } catch (error) {
          return error instanceof HeliosError && error.code === 'HEL_EXPERIMENT_INVALID'
        }
        return taken.variants.some(({ key }) => key === taken.control)
      }),
      { numRuns: 500 },
    )
  })

  it('says what is wrong in few words, however long it is', () => {
    const long = 'x'.repeat(1_000_000)
    for (const extra of [
      { [long]: 1 },
      { forced: { u: long } },
      { key: long },
      { audience: { [long]: 1 } },
    ]) {
      expect(problemOf(() => design(extra)).length).toBeLessThan(1100)
    }
  })
})
