import { beforeEach, describe, expect, it } from 'vitest'
import { type ManualClock, manualClock } from './clock.ts'
import { Helios } from './defaults.ts'

const START = Date.parse('2026-03-01T10:00:00Z')
const HOUR = 3_600_000

let clock: ManualClock
let helios: Helios
let serial = 0

beforeEach(async () => {
  serial = 0
  clock = manualClock(START)
  helios = await Helios.open({ clock, groupCommitMilliseconds: 0 })
})

async function create(key: string, extra: object = {}): Promise<void> {
  const variants = [{ key: 'calm', control: true }, { key: 'warm' }, { key: 'brisk' }]
  const metrics = { primary: ['clicks', 'revenue'], guardrails: ['cost'] }
  await helios.experiments.create({ key, variants, metrics, analysis: { method: 'fixed-horizon' }, ...extra })
}

/** As many units per variant, of which the last variant clicks most. */
async function send(experiment: string, counts: readonly number[]): Promise<void> {
  const units = counts.flatMap((count, v) =>
    Array.from({ length: count }, (_, i) => ({ unit: `u${serial++}`, v, value: v + (i % 3) })),
  )
  const { rejected } = await helios.observe([
    ...units.map(({ unit, v }) => {
      const variant = ['calm', 'warm', 'brisk'][v]
      return { type: 'exposure', id: `e${unit}`, experiment, variant, unit }
    }),
    ...units.map(({ unit, value }) => ({ id: `o${unit}`, unit, metric: 'clicks', value })),
  ])
  expect(rejected).toEqual([])
}

describe('the summary of an experiment', () => {
  it('of a draft says what it is', async () => {
    await create('tone', { name: 'Tone', tags: ['voice'] })
    expect(helios.summary('tone')).toEqual({
      key: 'tone',
      name: 'Tone',
      status: 'draft',
      unit: 'user',
      version: 1,
      tags: ['voice'],
      variants: 3,
      metrics: 3,
      createdAt: START,
      units: 0,
      recentUnits: new Array(24).fill(0),
      health: { level: 'idle', findings: [] },
    })
    expect(() => helios.summary('voice')).toThrow(
      expect.objectContaining({ code: 'HEL_EXPERIMENT_NOT_FOUND' }),
    )
  })

  it('of one that runs has its units, its traffic and its clearest comparison', async () => {
    await create('tone', { minimumSample: 1000 })
    await helios.experiments.start('tone')
    await send('tone', [30, 30, 30])
    clock.advance(2 * HOUR)
    await send('tone', [2, 2, 2])
    const summary = helios.summary('tone')
    expect(summary).toMatchObject({ units: 96, health: { level: 'good', findings: [] }, startedAt: START })
    expect(summary.recentUnits.slice(-4)).toEqual([0, 90, 0, 6])
    const { metrics } = await helios.analyse('tone')
    const comparison = metrics['clicks']?.comparisons['brisk']
    if (comparison?.status !== 'ok') throw new Error('There is enough to compare')
    expect(summary.leading).toMatchObject({
      metric: 'clicks',
      variant: 'brisk',
      direction: 'increase',
      method: comparison.method,
      absolute: comparison.absolute,
      pValueAdjusted: comparison.pValueAdjusted,
      isSignificant: true,
    })
  })

  it('is bad where the analysis is refused, and shows no numbers then', async () => {
    await create('tone')
    await helios.experiments.start('tone')
    await send('tone', [90, 90, 10])
    const summary = helios.summary('tone')
    expect(summary.health).toMatchObject({ level: 'bad', findings: [{ code: 'sample-ratio-mismatch' }] })
    expect(summary).not.toHaveProperty('leading')
  })

  it('asks for attention where a warning should be read, also at the end', async () => {
    await create('tone', { maximumDurationDays: 1 })
    await helios.experiments.start('tone')
    await send('tone', [30, 30, 30])
    expect(helios.summary('tone').health.level).toBe('good')
    clock.advance(25 * HOUR)
    expect(helios.summary('tone').health).toMatchObject({
      level: 'attention',
      findings: [{ code: 'beyond-maximum-duration' }],
    })
    await helios.experiments.complete('tone', { ship: 'brisk' })
    expect(helios.summary('tone')).toMatchObject({
      status: 'completed',
      shipped: 'brisk',
      endedAt: START + 25 * HOUR,
      health: { level: 'attention' },
    })
  })

  it('is the same object until something changes, and never old', async () => {
    await create('tone')
    await create('other')
    for (const key of ['tone', 'other']) await helios.experiments.start(key)
    await send('tone', [5, 5, 5])
    const [tone, other] = [helios.summary('tone'), helios.summary('other')]
    expect(helios.summaries()).toEqual([tone, other])
    expect(helios.summary('tone')).toBe(tone)
    await helios.observe([{ id: 'late', unit: 'u0', metric: 'clicks', value: 100 }])
    expect(helios.summary('tone')).not.toEqual(tone)
    expect(helios.summary('other')).toBe(other)
    await helios.experiments.edit('other', { tags: ['new'] })
    expect(helios.summary('other').tags).toEqual(['new'])
    const before = helios.summary('tone')
    clock.advance(HOUR)
    expect(helios.summary('tone').recentUnits).not.toEqual(before.recentUnits)
    await helios.observe([{ type: 'identity', id: 'i', unit: 'u1', previous: 'u0' }])
    expect(helios.summary('tone').units).toBe(before.units - 1)
  })

  it('has no comparison where there is no primary metric or nothing to compare', async () => {
    await create('tone', { metrics: { secondary: ['clicks'] } })
    await helios.experiments.start('tone')
    await send('tone', [30, 30, 30])
    expect(helios.summary('tone')).not.toHaveProperty('leading')
    await create('small')
    await helios.experiments.start('small')
    await send('small', [1, 1, 1])
    expect(helios.summary('small')).not.toHaveProperty('leading')
  })
})
