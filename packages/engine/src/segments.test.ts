import type { Segment } from '@helios/sdk'
import { beforeEach, describe, expect, it } from 'vitest'
import { MOST_NAMES } from './batch-writer.ts'
import { type ManualClock, manualClock } from './clock.ts'
import { Helios } from './defaults.ts'
import { MOST_DIMENSION_VALUES } from './dimensions.ts'
import { EventBatch } from './event-batch.ts'
import { memoryStorage } from './storage/memory.ts'
import type { Storage } from './storage.ts'

const START = Date.parse('2026-03-01T10:00:00Z')
/** Few units, compared once. */
const ONE_LOOK = { method: 'fixed-horizon' } as const
const VARIANTS = ['calm', 'warm'] as const

let clock: ManualClock
let storage: Storage
let helios: Helios
let serial = 0

async function open(): Promise<void> {
  helios = await Helios.open({ storage, clock, groupCommitMilliseconds: 0 })
}

beforeEach(async () => {
  clock = manualClock(START)
  storage = { ...memoryStorage(), close: async () => {} }
  await open()
})

async function start(dimensions: readonly string[]): Promise<void> {
  const variants = VARIANTS.map((key, i) => ({ key, control: i === 0 }))
  await helios.experiments.create({
    key: 'tone',
    variants,
    metrics: { primary: ['clicks'] },
    analysis: ONE_LOOK,
    dimensions,
  })
  await helios.experiments.start('tone')
}

/** Pairs of units, one per variant, that come with the same values; a unit of the treatment clicks once more. */
async function send(pairs: number, dimensions?: Readonly<Record<string, string>>): Promise<void> {
  const units = Array.from({ length: pairs * 2 }, (_, i) => ({ unit: `u${serial++}`, i }))
  const { rejected } = await helios.observe([
    ...units.map(({ unit, i }) => {
      const exposure = { type: 'exposure', id: `e${unit}`, experiment: 'tone', unit }
      return { ...exposure, variant: VARIANTS[i % 2], ...(dimensions ? { dimensions } : {}) }
    }),
    ...units.map(({ unit, i }) => {
      return { id: `o${unit}`, unit, metric: 'clicks', value: (i % 2) + (i % 4 < 2 ? 0 : 1) }
    }),
  ])
  expect(rejected).toEqual([])
}

async function segmentsOf(name: string): Promise<readonly Segment[]> {
  const { dimensions } = await helios.segments('tone', 'clicks', { evenIfMisleading: true })
  return dimensions.find((each) => each.name === name)?.segments ?? []
}

const shown = (segments: readonly Segment[]) =>
  segments.map(({ value, isRest, units }) => [isRest ? 'rest' : value, units['calm'], units['warm']])

describe('the segments of a metric', () => {
  it('are the values of each dimension, largest first, with those who came without', async () => {
    await start(['country', 'plan'])
    await send(4, { country: 'DE', plan: 'free' })
    await send(9, { country: 'FR' })
    await send(2, { country: '', undeclared: 'x' })
    await send(6)
    expect(shown(await segmentsOf('country'))).toEqual([
      ['FR', 9, 9],
      [undefined, 6, 6],
      ['DE', 4, 4],
      ['', 2, 2],
    ])
    expect(shown(await segmentsOf('plan'))).toEqual([
      [undefined, 17, 17],
      ['free', 4, 4],
    ])
    expect((await segmentsOf('country'))[0]?.variants['warm']).toMatchObject({ n: 9, mean: 13 / 9 })
  })

  it('have p-values adjusted over all comparisons of all dimensions', async () => {
    await start(['country', 'plan'])
    await send(40, { country: 'DE', plan: 'free' })
    await send(30, { country: 'FR', plan: 'paid' })
    await send(1, { country: 'IT' })
    const analysis = await helios.segments('tone', 'clicks')
    const comparisons = analysis.dimensions.flatMap(({ segments }) =>
      segments.map((segment) => segment.comparisons['warm']),
    )
    const computed = comparisons.flatMap((each) => (each?.status === 'ok' ? [each] : []))
    expect(comparisons.length).toBe(6)
    expect(analysis.correction).toEqual({ method: 'holm', comparisons: 4 })
    const smallest = Math.min(...computed.map(({ pValue }) => pValue))
    expect(Math.min(...computed.map(({ pValueAdjusted }) => pValueAdjusted))).toBeCloseTo(4 * smallest, 12)
    expect(analysis).toMatchObject({ status: 'ok', metric: 'clicks', role: 'primary', kind: 'count' })
  })

  it('tell thirty values apart, and count later ones together, last', async () => {
    await start(['user'])
    for (let i = 0; i < MOST_DIMENSION_VALUES; i++) await send(1, { user: `user ${i}` })
    await send(3, { user: 'one more' })
    await send(2, { user: 'yet another' })
    await send(1, { user: 'user 7' })
    await send(1)
    const segments = await segmentsOf('user')
    expect(segments).toHaveLength(MOST_DIMENSION_VALUES + 2)
    expect(shown(segments)[0]).toEqual(['user 7', 2, 2])
    expect(shown(segments).at(-1)).toEqual(['rest', 5, 5])
    expect(segments.filter(({ value, isRest }) => value === undefined && !isRest)).toHaveLength(1)
    await expect(helios.verify()).resolves.toMatchObject({ equal: true })
    await helios.close()
    await open()
    expect(await segmentsOf('user')).toEqual(segments)
    await expect(helios.verify()).resolves.toMatchObject({ equal: true })
  })

  it('do not make a name of every value that is told apart no more', async () => {
    await start(['user'])
    for (let i = 0; i < MOST_DIMENSION_VALUES; i++) await send(1, { user: `user ${i}` })
    await send(1, { user: 'the first of the rest' })
    const { names } = await saved()
    for (let i = 0; i < 20; i++) await send(1, { user: `another ${i}` })
    expect((await saved()).names).toBe(names)
  })

  it('take no new combination in when there are a quarter of a million names', async () => {
    await helios.observe([{ id: 'old', unit: 'old', metric: 'clicks', value: 1 }])
    const names = Array.from({ length: MOST_NAMES }, (_, i) => `["name ${i}"]`)
    for (let from = 0, position = 2; from < MOST_NAMES; from += 50_000, position++) {
      const batch = new EventBatch(position, START)
      batch.addOutcome(`o${from}`, START, 0, 0, 1)
      batch.firstNewUnit = 1
      batch.firstNewName = from + 1
      batch.newNames.push(...names.slice(from, from + 50_000))
      await storage.events.append(batch)
    }
    await open()
    await start(['country', 'plan'])
    await send(2, { country: 'DE', plan: 'free' })
    await send(1, { country: 'FR' })
    expect(shown(await segmentsOf('country'))).toEqual([['rest', 3, 3]])
    expect(shown(await segmentsOf('plan'))).toEqual([
      [undefined, 1, 1],
      ['rest', 2, 2],
    ])
    await expect(helios.verify()).resolves.toMatchObject({ equal: true })
  })

  it('follow the unit to its first exposure when that becomes known later', async () => {
    await start(['country'])
    clock.advance(3_600_000)
    const exposure = { type: 'exposure', experiment: 'tone', variant: 'calm', unit: 'ada' }
    await helios.observe([{ ...exposure, id: '1', dimensions: { country: 'DE' } }])
    await helios.observe([{ ...exposure, id: '2', at: START + 5, dimensions: { country: 'FR' } }])
    expect(shown(await segmentsOf('country'))).toEqual([['FR', 1, 0]])
    await helios.observe([{ ...exposure, id: '3', at: START + 1 }])
    expect(shown(await segmentsOf('country'))).toEqual([[undefined, 1, 0]])
  })

  it('go back to the start of the experiment when dimensions are declared later', async () => {
    await start(['country', 'plan'])
    await send(2, { country: 'DE', plan: 'free' })
    await helios.experiments.edit('tone', { dimensions: [] })
    expect((await helios.segments('tone', 'clicks')).dimensions).toEqual([])
    // What arrives while a dimension is not declared comes without it.
    await send(3, { country: 'FR' })
    await helios.experiments.edit('tone', { dimensions: ['country'] })
    expect(shown(await segmentsOf('country'))).toEqual([
      [undefined, 3, 3],
      ['DE', 2, 2],
    ])
    await expect(helios.verify()).resolves.toMatchObject({ equal: true })
  })

  it('are refused where the analysis is', async () => {
    await start(['country'])
    const units = Array.from({ length: 60 }, (_, i) => ({
      type: 'exposure',
      id: `x${i}`,
      experiment: 'tone',
      variant: 'calm',
      unit: `x${i}`,
      dimensions: { country: 'DE' },
    }))
    await helios.observe(units)
    expect(await helios.segments('tone', 'clicks')).toMatchObject({
      status: 'refused',
      refusals: [{ code: 'sample-ratio-mismatch' }],
      correction: { comparisons: 0 },
      dimensions: [],
    })
    expect(shown(await segmentsOf('country'))).toEqual([['DE', 60, 0]])
  })

  it('of a draft are none', async () => {
    const variants = VARIANTS.map((key, i) => ({ key, control: i === 0 }))
    await helios.experiments.create({
      key: 'draft',
      variants,
      metrics: { primary: ['clicks'] },
      dimensions: ['country'],
    })
    expect((await helios.segments('draft', 'clicks')).dimensions).toEqual([
      { name: 'country', heterogeneity: {}, segments: [] },
    ])
  })

  it('take names that are members of every object', async () => {
    await start(['__proto__', 'constructor'])
    await send(2, JSON.parse('{"__proto__": "a", "constructor": "b"}'))
    await send(1, {})
    expect(shown(await segmentsOf('__proto__'))).toEqual([
      ['a', 2, 2],
      [undefined, 1, 1],
    ])
    expect(shown(await segmentsOf('constructor'))[0]).toEqual(['b', 2, 2])
  })
})

async function saved(): Promise<{ names: number }> {
  await helios.snapshot()
  const header = await storage.snapshots.load('projection/header')
  return { names: JSON.parse(new TextDecoder().decode(header)).names.length }
}
