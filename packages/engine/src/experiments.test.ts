import { POINTS } from '@helios/sdk'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type ManualClock, manualClock } from './clock.ts'
import { Helios } from './defaults.ts'
import type { Experiment } from './experiment.ts'
import { exposureOf } from './expose.ts'
import { ACTIONS, type Action, type ChangeNote } from './life-cycle.ts'
import { memoryStorage } from './storage/memory.ts'
import type { Storage } from './storage.ts'

const START = Date.parse('2026-03-01T10:00:00Z')
const HOUR = 3_600_000
const VARIANTS = [{ key: 'calm', control: true }, { key: 'warm' }]
const UNITS = Array.from({ length: 20_000 }, (_, i) => `user ${i}`)

let clock: ManualClock
let storage: Storage
let helios: Helios

/** The same store, as the next process finds it. */
async function open(): Promise<void> {
  helios = await Helios.open({ storage, clock, groupCommitMilliseconds: 0 })
}

beforeEach(async () => {
  clock = manualClock(START)
  storage = memoryStorage()
  await open()
})

function create(extra: object = {}, note?: ChangeNote): Promise<Experiment> {
  return helios.experiments.create({ key: 'tone', variants: VARIANTS, ...extra }, note)
}

async function started(extra: object = {}): Promise<Experiment> {
  const { key } = await create(extra)
  return helios.experiments.start(key)
}

const refusal = (code: string) => ({ code })
const variantsOf = (key = 'tone') => UNITS.map((unit) => helios.decide(key, { unit }).variant)
const reasonsOf = (key: string) => UNITS.map((unit) => helios.decide(key, { unit }).reason)

describe('the life of an experiment', () => {
  const PATHS = {
    draft: [],
    running: ['start'],
    paused: ['start', 'pause'],
    completed: ['start', 'complete'],
    cancelled: ['cancel'],
  } as const satisfies Record<string, Action[]>
  const ALLOWED: Record<string, Partial<Record<Action, string>>> = {
    draft: { start: 'running', cancel: 'cancelled' },
    running: { pause: 'paused', complete: 'completed', cancel: 'cancelled' },
    paused: { resume: 'running', complete: 'completed', cancel: 'cancelled' },
    completed: {},
    cancelled: {},
  }
  const cases = Object.entries(PATHS).flatMap(([status, path]) =>
    ACTIONS.map((action) => ({ status, path, action })),
  )

  it.each(cases)('$status: $action', async ({ status, path, action }) => {
    await create()
    for (const step of path) await helios.experiments[step]('tone')
    const before = helios.experiments.get('tone')
    const audit = await helios.experiments.audit('tone')
    expect(before.status).toBe(status)
    const next = ALLOWED[status]?.[action]
    if (next) {
      expect(await helios.experiments[action]('tone')).toMatchObject({
        status: next,
        version: before.version + 1,
      })
      return
    }
    await expect(helios.experiments[action]('tone')).rejects.toMatchObject(
      refusal('HEL_TRANSITION_NOT_ALLOWED'),
    )
    expect(helios.experiments.get('tone')).toBe(before)
    expect(await helios.experiments.audit('tone')).toEqual(audit)
    expect(await helios.experiments.versions('tone')).toHaveLength(before.version)
  })

  it('has its times from the clock', async () => {
    await create()
    clock.advance(HOUR)
    await helios.experiments.start('tone')
    clock.advance(HOUR)
    await helios.experiments.complete('tone')
    expect(helios.experiments.get('tone')).toMatchObject({
      createdAt: START,
      startedAt: START + HOUR,
      endedAt: START + 2 * HOUR,
      updatedAt: START + 2 * HOUR,
    })
  })

  it('tells everyone the control before it runs, and nothing counts', async () => {
    await create()
    expect(helios.decide('tone', { unit: 'u' })).toMatchObject({
      variant: 'calm',
      reason: 'not-running',
      tracked: false,
    })
    await helios.experiments.start('tone')
    expect(helios.decide('tone', { unit: 'u' })).toMatchObject({
      reason: 'assigned',
      tracked: true,
      propensity: 0.5,
    })
  })

  it('ends with the shipped variant for all, or with the control', async () => {
    await started()
    await started({ key: 'other' })
    await helios.experiments.complete('tone', { ship: 'warm' })
    await helios.experiments.complete('other')
    expect(new Set(variantsOf('tone'))).toEqual(new Set(['warm']))
    expect(new Set(variantsOf('other'))).toEqual(new Set(['calm']))
  })

  it('goes on when the variant to ship is none', async () => {
    await started()
    const ship = helios.experiments.complete('tone', { ship: 'hot' })
    await expect(ship).rejects.toMatchObject(refusal('HEL_VARIANT_NOT_FOUND'))
    expect(helios.experiments.get('tone').status).toBe('running')
  })

  it('does not begin twice, nor without a known metric or policy', async () => {
    await create()
    await expect(create()).rejects.toMatchObject(refusal('HEL_EXPERIMENT_EXISTS'))
    const metrics = { primary: ['joy'] }
    await expect(create({ key: 'x', metrics })).rejects.toMatchObject(refusal('HEL_METRIC_NOT_FOUND'))
    await expect(helios.experiments.edit('tone', { metrics })).rejects.toMatchObject(
      refusal('HEL_METRIC_NOT_FOUND'),
    )
    const allocation = { kind: 'dynamic', policy: { kind: 'oracle' } }
    await expect(create({ key: 'x', allocation })).rejects.toMatchObject(refusal('HEL_POLICY_NOT_FOUND'))
    await expect(helios.experiments.edit('tone', { allocation })).rejects.toMatchObject(
      refusal('HEL_POLICY_NOT_FOUND'),
    )
    expect(helios.experiments.list().map(({ key, version }) => [key, version])).toEqual([['tone', 1]])
  })

  it('is asked for in vain when it never began', async () => {
    const notFound = refusal('HEL_EXPERIMENT_NOT_FOUND')
    for (const action of ACTIONS)
      await expect(helios.experiments[action]('tone')).rejects.toMatchObject(notFound)
    await expect(helios.experiments.edit('tone', {})).rejects.toMatchObject(notFound)
    await expect(helios.experiments.versions('tone')).rejects.toMatchObject(notFound)
    await expect(helios.experiments.audit('tone')).rejects.toMatchObject(notFound)
    await expect(helios.analyse('tone')).rejects.toMatchObject(notFound)
    expect(() => helios.decide('tone', { unit: 'u' })).toThrow(expect.objectContaining(notFound))
  })
})

describe('what was', () => {
  it('is kept: who changed what, when and why', async () => {
    await create({}, { by: 'Ada', why: 'hypothesis 12' })
    clock.advance(HOUR)
    await helios.experiments.edit('tone', { coverage: 0.5 }, { by: 'Bo' })
    await helios.experiments.start('tone', { why: 'Monday' })
    await expect(helios.experiments.start('tone')).rejects.toThrow()
    expect(await helios.experiments.audit('tone')).toEqual([
      { subject: 'tone', version: 1, action: 'create', at: START, by: 'Ada', why: 'hypothesis 12' },
      { subject: 'tone', version: 2, action: 'edit', at: START + HOUR, by: 'Bo', why: '' },
      { subject: 'tone', version: 3, action: 'start', at: START + HOUR, by: 'unknown', why: 'Monday' },
    ])
  })

  it('is kept in versions that never change, also across a restart', async () => {
    const input = {
      metrics: { primary: ['clicks'] },
      variants: [{ key: 'a', control: true, payload: { words: ['hi'] } }, { key: 'b' }],
    }
    await create(input)
    const first = structuredClone(helios.experiments.get('tone'))
    input.metrics.primary.push('revenue')
    await helios.experiments.edit('tone', { coverage: 0.5 })
    await helios.experiments.start('tone')
    expect(helios.experiments.version('tone', 1)).toEqual(first)
    const before = structuredClone(await helios.experiments.versions('tone'))
    expect(before.map(({ version, coverage, status }) => [version, coverage, status])).toEqual([
      [1, 1, 'draft'],
      [2, 0.5, 'draft'],
      [3, 0.5, 'running'],
    ])
    await helios.close()
    await open()
    expect(await helios.experiments.versions('tone')).toEqual(before)
    expect(await helios.experiments.audit('tone')).toHaveLength(3)
  })

  it('stays when the store cannot keep a change', async () => {
    const { write } = storage.registry
    await create()
    const before = helios.experiments.get('tone')
    Object.assign(storage.registry, { write: () => Promise.reject(new Error('disk full')) })
    await expect(helios.experiments.start('tone')).rejects.toThrow('disk full')
    expect(helios.experiments.get('tone')).toBe(before)
    expect(helios.decide('tone', { unit: 'u' }).reason).toBe('not-running')
    Object.assign(storage.registry, { write })
    expect(await helios.experiments.start('tone')).toMatchObject({ version: 2, status: 'running' })
  })
})

describe('edits', () => {
  it('made against an older version are refused', async () => {
    await create()
    await helios.experiments.edit('tone', { name: 'Tone' }, { expectedVersion: 1 })
    const late = helios.experiments.edit('tone', { name: 'Voice' }, { expectedVersion: 1 })
    await expect(late).rejects.toMatchObject({ code: 'HEL_VERSION_CONFLICT', details: { version: 2 } })
    expect(helios.experiments.get('tone').name).toBe('Tone')
  })

  it('at the same time come one after the other, each on what the one before left', async () => {
    await create()
    const edits = Array.from({ length: 20 }, (_, i) =>
      helios.experiments.edit('tone', i % 2 ? { coverage: i / 20 } : { name: `${i}` }),
    )
    const versions = (await Promise.all(edits)).map(({ version }) => version)
    expect(versions).toEqual(Array.from({ length: 20 }, (_, i) => i + 2))
    expect(helios.experiments.get('tone')).toMatchObject({ name: '18', coverage: 0.95 })
  })

  it('at the same time against the same version: one is made', async () => {
    await create()
    const edits = ['a', 'b', 'c'].map((name) =>
      helios.experiments.edit('tone', { name }, { expectedVersion: 1 }),
    )
    const results = await Promise.allSettled(edits)
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(helios.experiments.get('tone')).toMatchObject({ name: 'a', version: 2 })
  })

  const layer = { key: 'l', share: 0.5 }
  it.each([
    ['variants', { variants: [...VARIANTS, { key: 'cold' }] }],
    ['variants', { variants: [{ key: 'calm', control: true, payload: 1 }, { key: 'warm' }] }],
    ['control', { variants: [{ key: 'calm' }, { key: 'warm', control: true }] }],
    ['variants', { factors: [{ key: 'f', levels: [{ key: 'x', control: true }, { key: 'y' }] }] }],
    ['unit', { unit: 'conversation' }],
    ['layer', { layer: { ...layer, share: 0.6 } }],
    ['holdout', { holdout: { key: 'h', share: 0.1 } }],
    ['saltVersion', { saltVersion: 2 }],
  ])('of the %s are for drafts', async (field, edit) => {
    await create({ layer })
    await helios.experiments.edit('tone', edit)
    await started({ key: 'other', layer })
    const late = helios.experiments.edit('other', edit)
    await expect(late).rejects.toMatchObject({ code: 'HEL_EDIT_NOT_ALLOWED', details: { field } })
    expect(helios.experiments.get('other').version).toBe(2)
  })

  it.each(['running', 'paused'])('of everything else are taken while %s', async (status) => {
    await started()
    if (status === 'paused') await helios.experiments.pause('tone')
    const edit = {
      name: 'Tone',
      hypothesis: 'Warm is better',
      coverage: 0.5,
      audience: { attribute: 'country', operator: 'equals', value: 'DE' },
      forced: { tester: 'warm' },
      sticky: true,
      metrics: { primary: ['clicks'], secondary: [], guardrails: ['cost'] },
      analysis: { alpha: 0.01, sampleRatioAlpha: 0.01, crossoverShare: 0.1 },
      allocation: { kind: 'weighted', weights: { calm: 1, warm: 3 } },
      minimumSample: 100,
      maximumDurationDays: 14,
    }
    expect(await helios.experiments.edit('tone', edit)).toMatchObject({
      ...edit,
      status,
      version: status === 'paused' ? 4 : 3,
    })
  })

  it.each(['complete', 'cancel'] as const)('come to an end with %s', async (action) => {
    await started()
    await helios.experiments[action]('tone')
    await expect(helios.experiments.edit('tone', { name: 'x' })).rejects.toMatchObject(
      refusal('HEL_TRANSITION_NOT_ALLOWED'),
    )
  })

  it('take an audience away again', async () => {
    await started({ audience: { attribute: 'country', operator: 'equals', value: 'DE' } })
    expect(helios.decide('tone', { unit: 'u' }).reason).toBe('audience-mismatch')
    expect(await helios.experiments.edit('tone', { audience: null })).not.toHaveProperty('audience')
    expect(helios.decide('tone', { unit: 'u' }).reason).toBe('assigned')
  })
})

describe('traffic', () => {
  it('that is reweighed moves as few units as it can, all of them towards what grows', async () => {
    await started()
    const before = variantsOf()
    await helios.experiments.edit('tone', { allocation: { kind: 'weighted', weights: { calm: 7, warm: 3 } } })
    const after = variantsOf()
    const moved = UNITS.flatMap((_, i) => (before[i] === after[i] ? [] : [`${before[i]} to ${after[i]}`]))
    expect(new Set(moved)).toEqual(new Set(['warm to calm']))
    // 20 % have to; five standard deviations of a binomial.
    expect(Math.abs(moved.length / UNITS.length - 0.2)).toBeLessThan(
      5 * Math.sqrt((0.2 * 0.8) / UNITS.length),
    )
    await helios.experiments.edit('tone', { allocation: { kind: 'equal' } })
    expect(variantsOf()).toEqual(before)
  })

  it('that is reweighed among many moves only what the winner gains', async () => {
    const variants = ['a', 'b', 'c', 'd'].map((key, i) => ({ key, control: i === 0 }))
    await started({ variants })
    const before = variantsOf()
    await helios.experiments.edit('tone', {
      allocation: { kind: 'weighted', weights: { a: 1, b: 1, c: 1, d: 3 } },
    })
    const after = variantsOf()
    const moved = UNITS.flatMap((_, i) => (before[i] === after[i] ? [] : [after[i]]))
    expect(new Set(moved)).toEqual(new Set(['d']))
    expect(Math.abs(moved.length / UNITS.length - 0.25)).toBeLessThan(
      5 * Math.sqrt((0.25 * 0.75) / UNITS.length),
    )
  })

  it('that grows in coverage moves nobody who was in', async () => {
    await started({ coverage: 0.3 })
    const before = UNITS.map((unit) => helios.decide('tone', { unit }))
    await helios.experiments.edit('tone', { coverage: 0.8 })
    const after = UNITS.map((unit) => helios.decide('tone', { unit }))
    const entered = before.filter(({ tracked }) => tracked).length
    expect(Math.abs(entered / UNITS.length - 0.3)).toBeLessThan(5 * Math.sqrt((0.3 * 0.7) / UNITS.length))
    expect(after.filter(({ tracked }) => tracked).length).toBeGreaterThan(2 * entered)
    const differing = before.filter(
      ({ tracked, variant }, i) => tracked && !(after[i]?.tracked && after[i]?.variant === variant),
    )
    expect(differing).toEqual([])
  })

  it('is laid out anew while it is a draft', async () => {
    await create()
    const weights = { calm: 1, warm: 3 }
    const { slots } = await helios.experiments.edit('tone', { allocation: { kind: 'weighted', weights } })
    expect(slots.map(({ variant, to }) => [variant, to / POINTS])).toEqual([
      ['calm', 0.25],
      ['warm', 1],
    ])
  })

  it('of a uniform policy is equal for every arm', async () => {
    const variants = ['a', 'b', 'c'].map((key, i) => ({ key, control: i === 0 }))
    const { slots } = await started({
      variants,
      allocation: { kind: 'dynamic', policy: { kind: 'uniform' } },
    })
    for (const { from, to } of slots) expect((to - from) / POINTS).toBeCloseTo(1 / 3, 8)
    expect(helios.decide('tone', { unit: 'u' }).propensity).toBeCloseTo(1 / 3, 8)
  })

  it('of forced units is theirs and never counts', async () => {
    await started({ forced: { tester: 'warm' }, coverage: 0 })
    expect(helios.decide('tone', { unit: 'tester' })).toMatchObject({
      variant: 'warm',
      reason: 'forced',
      tracked: false,
    })
    expect(helios.decide('tone', { unit: 'other' })).toMatchObject({
      variant: 'calm',
      reason: 'outside-coverage',
    })
    expect(await helios.expose(helios.decide('tone', { unit: 'tester' }))).toEqual({
      accepted: 0,
      duplicates: [],
      rejected: [],
    })
    await helios.experiments.edit('tone', { forced: {} })
    expect(helios.decide('tone', { unit: 'tester' }).reason).toBe('outside-coverage')
  })

  it('keeps exposed units where they are when it is sticky, also after a restart', async () => {
    await started({ sticky: true })
    const warm = UNITS.filter((unit) => helios.decide('tone', { unit }).variant === 'warm')
    const [exposed = '', fresh = ''] = warm
    await helios.expose(helios.decide('tone', { unit: exposed }))
    await helios.experiments.edit('tone', { allocation: { kind: 'weighted', weights: { calm: 1, warm: 0 } } })
    expect(helios.decide('tone', { unit: fresh })).toMatchObject({ variant: 'calm', reason: 'assigned' })
    await helios.close()
    await open()
    const decision = helios.decide('tone', { unit: exposed })
    expect(decision).toMatchObject({ variant: 'warm', reason: 'sticky', tracked: true, propensity: 0 })
    expect(await helios.expose(decision)).toMatchObject({ accepted: 1, rejected: [] })
  })
})

describe('a layer', () => {
  const inLayer = (key: string, share: number, extra: object = {}) =>
    started({ key, layer: { key: 'banner', share }, ...extra })

  it('gives no unit to two experiments, and every unit to one when it is full', async () => {
    const keys = Array.from({ length: 10 }, (_, i) => `x${i}`)
    for (const key of keys) await inLayer(key, 0.1)
    const counts = UNITS.map((unit) => keys.filter((key) => helios.decide(key, { unit }).tracked).length)
    expect(new Set(counts)).toEqual(new Set([1]))
  })

  it('is full at some point, and free again when one ends', async () => {
    await inLayer('one', 0.7)
    await create({ key: 'two', layer: { key: 'banner', share: 0.4 } })
    const full = helios.experiments.start('two')
    await expect(full).rejects.toMatchObject({
      code: 'HEL_LAYER_FULL',
      details: { free: '30 %', share: '40 %' },
    })
    expect(helios.experiments.get('two')).toMatchObject({ status: 'draft', version: 1 })
    await helios.experiments.pause('one')
    await expect(helios.experiments.start('two')).rejects.toMatchObject(refusal('HEL_LAYER_FULL'))
    await helios.experiments.complete('one')
    expect(await helios.experiments.start('two')).toMatchObject({ status: 'running' })
  })

  it('is not held by drafts, nor by what was cancelled', async () => {
    await create({ key: 'idea', layer: { key: 'banner', share: 1 } })
    await inLayer('wrong', 1)
    await helios.experiments.cancel('wrong')
    expect((await inLayer('right', 1)).layerRanges).toEqual([{ from: 0, to: POINTS }])
  })

  it('divides one kind of unit', async () => {
    await inLayer('one', 0.5)
    await expect(inLayer('two', 0.5, { unit: 'conversation' })).rejects.toMatchObject(
      refusal('HEL_LAYER_UNIT_MISMATCH'),
    )
    await inLayer('three', 0.5)
  })

  it('lets experiments of other layers share its units', async () => {
    await inLayer('one', 0.5)
    await started({ key: 'two', layer: { key: 'footer', share: 0.5 } })
    const both = UNITS.filter((unit) => ['one', 'two'].every((key) => helios.decide(key, { unit }).tracked))
    expect(Math.abs(both.length / UNITS.length - 0.25)).toBeLessThan(
      5 * Math.sqrt((0.25 * 0.75) / UNITS.length),
    )
  })

  it('never overlaps, whatever starts and ends', async () => {
    const step = fc.record({ percent: fc.integer({ min: 1, max: 60 }), ends: fc.nat(9) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12, size: 'max' }), async (steps) => {
        helios = await Helios.open({ storage: memoryStorage(), clock })
        const running: Experiment[] = []
        for (const [i, { percent, ends }] of steps.entries()) {
          const used = running.reduce((sum, { layer }) => sum + (layer?.share ?? 0), 0)
          const start = inLayer(`x${i}`, percent / 100)
          if (used + percent / 100 > 1 + 1e-9)
            await expect(start).rejects.toMatchObject(refusal('HEL_LAYER_FULL'))
          else running.push(await start)
          const ended = running.length > 2 ? running.splice(ends % running.length, 1) : []
          for (const { key } of ended) await helios.experiments.complete(key)
          expectApart(running)
        }
      }),
      { numRuns: 40 },
    )
  })

  function expectApart(running: readonly Experiment[]): void {
    const ranges = running.flatMap(({ layerRanges }) => layerRanges).toSorted((a, b) => a.from - b.from)
    for (const [i, { from }] of ranges.entries()) expect(from).toBeGreaterThanOrEqual(ranges[i - 1]?.to ?? 0)
    for (const { layer, layerRanges } of running) {
      const width = layerRanges.reduce((sum, { from, to }) => sum + to - from, 0)
      expect(width).toBe(Math.floor((layer?.share ?? 0) * POINTS))
    }
  }
})

describe('a holdout', () => {
  const holdout = { key: 'quarter', share: 0.1 }

  it('keeps the same units out of every experiment that shares it', async () => {
    await started({ holdout })
    await started({ key: 'other', holdout })
    const heldOut = reasonsOf('tone').map((reason) => reason === 'held-out')
    expect(reasonsOf('other').map((reason) => reason === 'held-out')).toEqual(heldOut)
    const share = heldOut.filter(Boolean).length / UNITS.length
    expect(Math.abs(share - 0.1)).toBeLessThan(5 * Math.sqrt((0.1 * 0.9) / UNITS.length))
  })

  it.each([
    ['another share', { holdout: { ...holdout, share: 0.2 } }],
    ['another kind of unit', { holdout, unit: 'conversation' }],
  ])('is refused with %s', async (_, extra) => {
    await create({ holdout })
    await expect(create({ key: 'other', ...extra })).rejects.toMatchObject(refusal('HEL_HOLDOUT_MISMATCH'))
    await create({ key: 'other' })
    await expect(helios.experiments.edit('other', extra)).rejects.toMatchObject(
      refusal('HEL_HOLDOUT_MISMATCH'),
    )
  })

  it('may change once nothing uses it any more', async () => {
    await create({ holdout })
    await helios.experiments.edit('tone', { holdout: { ...holdout, share: 0.3 } })
    await helios.experiments.cancel('tone')
    expect(await create({ key: 'other', holdout })).toMatchObject({ holdout })
  })
})

describe('an analysis', () => {
  it('asked for while a metric is being added waits for it', async () => {
    await started()
    const unit = UNITS.find((each) => helios.decide('tone', { unit: each }).variant === 'calm') as string
    await helios.expose(helios.decide('tone', { unit }))
    await helios.observe([{ id: 'c1', unit, metric: 'clicks', value: 3 }])
    const edit = helios.experiments.edit('tone', { metrics: { primary: ['clicks'] } })
    for (let i = 0; i < 20; i++) {
      const { metrics } = await helios.analyse('tone')
      const variants = metrics['clicks']?.variants
      expect([undefined, 3]).toContain(variants?.['calm']?.mean)
    }
    await edit
    expect((await helios.analyse('tone')).metrics['clicks']?.variants['calm']).toMatchObject({
      n: 1,
      mean: 3,
    })
  })
})

describe('an experiment from an earlier release', () => {
  it('that knew neither tags nor dimensions has none', async () => {
    const { tags, dimensions, ...old } = await started({ tags: ['x'], dimensions: ['country'] })
    expect([tags, dimensions]).toEqual([['x'], ['country']])
    await storage.registry.write(
      [{ collection: 'experiments', key: 'tone', version: 3, value: { ...old, version: 3 } }],
      [],
    )
    await open()
    expect(helios.experiments.get('tone')).toMatchObject({ version: 3, tags: [], dimensions: [] })
    expect(helios.experiments.definition('tone')).not.toHaveProperty('dimensions')
    const edited = await helios.experiments.edit('tone', { tags: ['found'] })
    expect(edited).toMatchObject({ version: 4, tags: ['found'], dimensions: [] })
  })
})

describe('the dimensions of an experiment', () => {
  it('travel to clients, with each decision and with its exposure', async () => {
    await started({ dimensions: ['country', 'plan'] })
    expect(helios.experiments.definition('tone').dimensions).toEqual(['country', 'plan'])
    const decision = helios.decide('tone', { unit: 'ada', context: { country: 'DE', age: 36 } })
    expect(decision.dimensions).toEqual({ country: 'DE' })
    expect(exposureOf(decision, START)?.dimensions).toEqual({ country: 'DE' })
    expect(exposureOf(helios.decide('tone', { unit: 'bob' }), START)).not.toHaveProperty('dimensions')
  })

  it.each([
    ['more than five', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['twice the same', ['a', 'a']],
    ['one without a name', ['']],
  ])('are refused: %s', async (_, dimensions) => {
    await expect(create({ dimensions })).rejects.toMatchObject(refusal('HEL_EXPERIMENT_INVALID'))
  })
})
