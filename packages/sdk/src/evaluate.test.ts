import { describe, expect, it } from 'vitest'
import { coverageSalt, holdoutSalt, layerSalt, POINTS, slotsFromWeights, variantSalt } from './assignment.ts'
import { compileExperiment, type DecideOptions, decide } from './evaluate.ts'
import { createHasher } from './murmur3.ts'
import type { Attributes, Decision, ExperimentDefinition, Json } from './wire.ts'

const base: ExperimentDefinition = {
  key: 'greeting-tone',
  version: 4,
  status: 'running',
  unit: 'user',
  salt: 'greeting-tone@2',
  variants: ['plain', 'warm', 'brisk'].map((key) => ({ key, payload: { tone: key } })),
  control: 'plain',
  slots: slotsFromWeights(['plain', 'warm'], { plain: 3, warm: 1 }),
  coverage: POINTS,
  sticky: true,
}

type Edit = Partial<ExperimentDefinition>

function decideWith(edit: Edit, options: DecideOptions = {}, unit = 'u1'): Decision {
  return decide(compileExperiment({ ...base, ...edit }), unit, options)
}

const everyone = { key: 'k', bound: POINTS }
const nobody = { key: 'k', ranges: [] }
const germans = { attribute: 'country', operator: 'equals', value: 'DE' } as const

describe('decide', () => {
  it('assigns by the slot of the variant point, with its share as propensity', () => {
    const [point, experiment] = [createHasher(variantSalt(base.salt)), compileExperiment(base)]
    for (let n = 0; n < 1000; n++) {
      const warm = point(`u${n}`) >= 3 * 2 ** 30
      expect(decide(experiment, `u${n}`)).toEqual({
        experiment: 'greeting-tone',
        version: 4,
        unit: `u${n}`,
        variant: warm ? 'warm' : 'plain',
        payload: { tone: warm ? 'warm' : 'plain' },
        propensity: warm ? 0.25 : 0.75,
        reason: 'assigned',
        tracked: true,
      })
    }
  })

  it('adds up the slots of a variant', () => {
    const quarters = ['plain', 'warm', 'plain', 'warm'].map((variant, n) => {
      return { from: n * 2 ** 30, to: (n + 1) * 2 ** 30, variant }
    })
    for (const unit of ['u1', 'u2', 'u3', 'u4']) {
      const at = Math.floor(createHasher(variantSalt(base.salt))(unit) / 2 ** 30)
      expect(decideWith({ slots: quarters }, {}, unit)).toMatchObject({
        variant: quarters[at]?.variant,
        propensity: 0.5,
      })
    }
  })

  /** Each row would be decided by its own step and by every later one; the first wins. */
  const steps: readonly (readonly [reason: string, variant: string, edit: Edit, options: DecideOptions])[] = [
    ['forced', 'brisk', {}, { forced: 'brisk' }],
    ['forced', 'warm', { forced: { u1: 'warm' } }, {}],
    ['not-running', 'plain', { status: 'paused' }, {}],
    ['held-out', 'plain', { holdout: everyone }, {}],
    ['outside-layer', 'plain', { layer: nobody }, {}],
    ['sticky', 'brisk', { sticky: false }, { carried: 'brisk' }],
    ['sticky', 'warm', {}, { sticky: 'warm' }],
    ['audience-mismatch', 'plain', { audience: germans }, { attributes: { country: 'FR' } }],
    ['outside-coverage', 'plain', { coverage: 0 }, {}],
    ['policy', 'plain', { policyVersion: 9, slots: slotsFromWeights(['plain'], { plain: 1 }) }, {}],
  ]

  it.each(steps.map((step, i) => [step[0], i] as const))(
    '%s comes before all steps after it (row %i)',
    (_, i) => {
      const later = steps.slice(i).reverse()
      const edit = Object.assign({}, ...later.map((step) => step[2]))
      const options = Object.assign({}, ...later.map((step) => step[3]))
      expect(decideWith(edit, options)).toMatchObject({ reason: steps[i]?.[0], variant: steps[i]?.[1] })
    },
  )

  it('tracks only what is or was drawn, and gives all else propensity 1', () => {
    for (const [reason, , edit, options] of steps) {
      const { tracked, propensity } = decideWith(edit, options)
      expect(tracked).toBe(['sticky', 'policy', 'assigned'].includes(reason))
      if (!tracked) expect(propensity).toBe(1)
    }
  })

  it('carries the policy version exactly when the policy drew', () => {
    expect(decideWith({ policyVersion: 9 })).toMatchObject({
      reason: 'policy',
      policyVersion: 9,
      tracked: true,
    })
    expect(decideWith({ policyVersion: 9 }, { sticky: 'warm' })).not.toHaveProperty('policyVersion')
    expect(decideWith({})).not.toHaveProperty('policyVersion')
  })

  it('ships the shipped variant when completed, the control in every other rest', () => {
    expect(decideWith({ status: 'completed', shipped: 'warm' }).variant).toBe('warm')
    expect(decideWith({ status: 'completed' }).variant).toBe('plain')
    for (const status of ['draft', 'paused', 'cancelled'] as const) {
      expect(decideWith({ status, shipped: 'warm' })).toMatchObject({
        variant: 'plain',
        reason: 'not-running',
      })
    }
  })

  it('ignores forced, sticky and carried keys that name no variant', () => {
    const unknown = { forced: 'toString', sticky: '__proto__', carried: 'constructor' }
    expect(decideWith({ forced: { u1: 'constructor' } }, unknown).reason).toBe('assigned')
    expect(decideWith({ forced: {} }, {}, 'constructor').reason).toBe('assigned')
  })

  it('forces a variant that has no traffic, and keeps one', () => {
    expect(decideWith({}, { forced: 'brisk' })).toMatchObject({
      variant: 'brisk',
      propensity: 1,
      tracked: false,
    })
    expect(decideWith({}, { sticky: 'warm' })).toMatchObject({ propensity: 0.25, tracked: true })
    expect(decideWith({ sticky: false }, { sticky: 'brisk' }).reason).toBe('assigned')
  })
})

describe('the dimensions of a decision', () => {
  const dimensions = ['country', 'plan']
  const carried = (attributes: Attributes, edit: Edit = {}) =>
    decideWith({ dimensions, ...edit }, { attributes }).dimensions

  it('are the declared attributes that are texts, numbers or booleans, as texts', () => {
    expect(carried({ country: 'DE', plan: 3, age: 40 })).toEqual({ country: 'DE', plan: '3' })
    expect(carried({ country: '', plan: false })).toEqual({ country: '', plan: 'false' })
    expect(carried({ country: null, plan: ['a'] })).toBeUndefined()
    expect(carried({ plan: undefined })).toBeUndefined()
  })

  it('are absent where none are declared or none is known', () => {
    for (const edit of [{ dimensions: [] }, {}]) {
      expect(decideWith(edit, { attributes: { age: 7 } })).not.toHaveProperty('dimensions')
    }
    expect(decideWith({ dimensions })).not.toHaveProperty('dimensions')
  })

  it('travel with every decision that counts, and only with those', () => {
    const attributes = { country: 'FR' }
    expect(decideWith({ dimensions }, { attributes, sticky: 'warm' }).dimensions).toEqual(attributes)
    expect(carried(attributes, { policyVersion: 2 })).toEqual(attributes)
    expect(decideWith({ dimensions }, { attributes, forced: 'warm' })).not.toHaveProperty('dimensions')
    expect(carried(attributes, { status: 'paused' })).toBeUndefined()
    expect(carried(attributes, { audience: germans })).toBeUndefined()
  })

  it('have at most 64 characters, none of them half', () => {
    expect(carried({ country: 'x'.repeat(65) })?.['country']).toBe('x'.repeat(64))
    expect(carried({ country: `${'x'.repeat(63)}😀` })?.['country']).toBe('x'.repeat(63))
    expect(carried({ country: `${'x'.repeat(62)}😀` })?.['country']).toBe(`${'x'.repeat(62)}😀`)
    expect(carried({ country: 'a\ud800b\udc00' })?.['country']).toBe('a\ufffdb\ufffd')
  })

  it('never come from a prototype', () => {
    const names = ['__proto__', 'constructor', 'toString']
    expect(decideWith({ dimensions: names }, { attributes: {} })).not.toHaveProperty('dimensions')
    const attributes = JSON.parse('{"__proto__": "x"}') as Attributes
    expect(Object.entries(decideWith({ dimensions: names }, { attributes }).dimensions ?? {})).toEqual([
      ['__proto__', 'x'],
    ])
  })
})

describe('a bound', () => {
  const pointOf = (salt: string): number => createHasher(salt)('u1')

  it('of coverage lets in the points below it', () => {
    const point = pointOf(coverageSalt(base.salt))
    expect(decideWith({ coverage: point }).reason).toBe('outside-coverage')
    expect(decideWith({ coverage: point + 1 }).reason).toBe('assigned')
  })

  it('of a holdout keeps out the points below it', () => {
    const point = pointOf(holdoutSalt('2026'))
    expect(decideWith({ holdout: { key: '2026', bound: point } }).reason).toBe('assigned')
    expect(decideWith({ holdout: { key: '2026', bound: point + 1 } }).reason).toBe('held-out')
  })

  it('of a layer belongs to the range above', () => {
    const point = pointOf(layerSalt('home'))
    const reasonIn = (from: number, to: number) =>
      decideWith({
        layer: {
          key: 'home',
          ranges: [
            { from: 0, to: 0 },
            { from, to },
          ],
        },
      }).reason
    expect(reasonIn(point, point + 1)).toBe('assigned')
    expect(reasonIn(0, point)).toBe('outside-layer')
    expect(reasonIn(point + 1, POINTS)).toBe('outside-layer')
  })

  it('of a slot belongs to the slot above', () => {
    const point = pointOf(variantSalt(base.salt))
    const split = (at: number) => [
      { from: 0, to: at, variant: 'plain' },
      { from: at, to: POINTS, variant: 'warm' },
    ]
    expect(decideWith({ slots: split(point) }).variant).toBe('warm')
    expect(decideWith({ slots: split(point + 1) }).variant).toBe('plain')
  })

  it('splits a layer without overlap', () => {
    const half = (from: number, to: number) =>
      compileExperiment({ ...base, layer: { key: 'home', ranges: [{ from, to }] } })
    const [left, right] = [half(0, 2 ** 31), half(2 ** 31, POINTS)]
    for (let n = 0; n < 2000; n++) {
      const inside = [left, right].filter((experiment) => decide(experiment, `u${n}`).reason === 'assigned')
      expect(inside).toHaveLength(1)
    }
  })
})

describe('compileExperiment', () => {
  it('hands out the payload itself, frozen in depth', () => {
    const payload = { list: [{ deep: true }] }
    const experiment = compileExperiment({
      ...base,
      variants: [
        { key: 'plain', payload },
        { key: 'warm', payload },
      ],
    })
    const decided = decide(experiment, 'u1').payload
    expect(decided).toBe(payload)
    expect([payload, payload.list, payload.list[0]].every(Object.isFrozen)).toBe(true)
  })

  it('takes payloads nested deeper than the stack, very wide ones and null', () => {
    let deep: Json = null
    for (let n = 0; n < 200_000; n++) deep = [deep]
    const wide = Array.from({ length: 500_000 }, (_, n) => n)
    const variants = [deep, wide, null].map((payload, n) => ({
      key: ['plain', 'warm', 'brisk'][n] as string,
      payload,
    }))
    expect(() => compileExperiment({ ...base, variants })).not.toThrow()
  })

  it.each<[string, Edit]>([
    ['a control', { control: 'none' }],
    ['a shipped variant', { status: 'completed', shipped: 'none' }],
    ['a slot', { slots: slotsFromWeights(['none'], { none: 1 }) }],
    ['slots', { slots: [] }],
  ])('refuses %s that cannot be', (_, edit) => {
    expect(() => compileExperiment({ ...base, ...edit })).toThrow(RangeError)
  })

  it('refuses an audience that is not valid', () => {
    expect(() => compileExperiment({ ...base, audience: { all: 7 } as never })).toThrow(TypeError)
  })
})
