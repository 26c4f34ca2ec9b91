import { beforeEach, describe, expect, it } from 'vitest'
import { type ManualClock, manualClock } from './clock.ts'
import { Helios } from './defaults.ts'

const START = Date.parse('2026-03-01T10:00:00Z')
const MINUTE = 60_000

let clock: ManualClock
let helios: Helios
let serial = 0

beforeEach(async () => {
  clock = manualClock(START)
  helios = await Helios.open({ clock, groupCommitMilliseconds: 0 })
  await helios.experiments.create({
    analysis: { method: 'fixed-horizon' },
    key: 'tone',
    variants: [{ key: 'calm', control: true }, { key: 'warm' }],
    metrics: { primary: ['clicks'], guardrails: ['click_through_rate'] },
  })
})

/** Units per variant that are exposed now, each with some clicks. */
async function send(counts: readonly [number, number]): Promise<void> {
  const units = counts.flatMap((count, i) =>
    Array.from({ length: count }, () => ({ variant: ['calm', 'warm'][i], unit: `u${serial++}` })),
  )
  const { rejected } = await helios.observe([
    ...units.map((each) => ({ type: 'exposure', id: `e${each.unit}`, experiment: 'tone', ...each })),
    ...units.map(({ unit }, i) => ({ id: `o${unit}`, unit, metric: 'clicks', value: i % 4 })),
    ...units.map(({ unit }) => ({ id: `i${unit}`, unit, metric: 'impressions', value: 4 })),
  ])
  expect(rejected).toEqual([])
}

describe('the history of a metric', () => {
  it('shows the effect as it was at each moment, and now', async () => {
    await helios.experiments.start('tone')
    clock.advance(1000)
    await send([10, 10])
    const then = await helios.analyse('tone')
    clock.advance(MINUTE)
    await send([15, 15])
    clock.advance(MINUTE)
    const history = await helios.history('tone', 'clicks')
    expect(history).toMatchObject({
      status: 'ok',
      refusals: [],
      metric: 'clicks',
      role: 'primary',
      kind: 'count',
      direction: 'increase',
      control: 'calm',
      alpha: 0.05,
    })
    expect(history.points.map(({ at }) => at - START)).toEqual([10_000, 121_000])
    const before = then.metrics['clicks']
    expect(history.points[0]?.variants['warm']).toEqual({ n: 10, mean: before?.variants['warm']?.mean })
    expect(before?.comparisons['warm']).toMatchObject(history.points[0]?.effects['warm'] ?? {})
    expect(history.points[0]?.effects['warm']?.method).toBe("Welch's t")
    expect(Object.keys(history.points[0]?.effects['warm']?.relative ?? {})).toEqual([
      'estimate',
      'low',
      'high',
    ])
    expect(history.points[1]?.variants['calm']?.n).toBe(25)
    expect(await helios.history('tone', 'click_through_rate')).toMatchObject({
      role: 'guardrail',
      kind: 'ratio',
    })
  })

  it('has null where nothing could be computed yet', async () => {
    await helios.experiments.start('tone')
    await send([1, 1])
    const { points } = await helios.history('tone', 'clicks')
    expect(points).toHaveLength(1)
    expect(points[0]?.effects).toEqual({ warm: null })
  })

  it('stops where the experiment ended, and is empty before it starts', async () => {
    expect((await helios.history('tone', 'clicks')).points).toEqual([])
    await helios.experiments.start('tone')
    await send([5, 5])
    clock.advance(MINUTE)
    await helios.experiments.complete('tone')
    clock.advance(MINUTE)
    expect((await helios.history('tone', 'clicks')).points.map(({ at }) => at - START)).toEqual([MINUTE])
  })

  it('is refused where the analysis is, unless the numbers are wanted all the same', async () => {
    await helios.experiments.start('tone')
    await send([100, 10])
    expect(await helios.history('tone', 'clicks')).toMatchObject({
      status: 'refused',
      refusals: [{ code: 'sample-ratio-mismatch' }],
      points: [],
    })
    const shown = await helios.history('tone', 'clicks', { evenIfMisleading: true })
    expect(shown).toMatchObject({ status: 'refused', points: [{ variants: { calm: { n: 100 } } }] })
  })

  it('is that of metrics and experiments that are there', async () => {
    await expect(helios.history('voice', 'clicks')).rejects.toMatchObject({
      code: 'HEL_EXPERIMENT_NOT_FOUND',
    })
    for (const metric of ['revenue', 'joy', '__proto__']) {
      await expect(helios.history('tone', metric)).rejects.toMatchObject({ code: 'HEL_METRIC_NOT_FOUND' })
      await expect(helios.segments('tone', metric)).rejects.toMatchObject({ code: 'HEL_METRIC_NOT_FOUND' })
    }
  })

  it('of a metric that is added later goes back to the start', async () => {
    await helios.experiments.start('tone')
    await send([10, 10])
    clock.advance(MINUTE)
    await send([10, 10])
    await helios.experiments.edit('tone', { metrics: { secondary: ['impressions'] } })
    const { points, role } = await helios.history('tone', 'impressions')
    expect(role).toBe('secondary')
    expect(points.map(({ variants }) => variants['calm'])).toEqual([
      { n: 10, mean: 4 },
      { n: 20, mean: 4 },
    ])
  })

  it('of a thousand variants and many moments leaves others their turn', async () => {
    const variants = Array.from({ length: 1000 }, (_, i) => ({ key: `v${i}`, control: i === 0 }))
    await helios.experiments.create({ key: 'many', variants, metrics: { primary: ['clicks'] } })
    await helios.experiments.start('many')
    for (let i = 0; i < 6; i++) {
      await helios.observe([
        { type: 'exposure', id: `m${i}`, experiment: 'many', variant: 'v1', unit: `m${i}` },
      ])
      clock.advance(MINUTE)
    }
    let turns = 0
    const timer = setInterval(() => turns++, 0)
    const { points } = await helios.history('many', 'clicks', { evenIfMisleading: true })
    clearInterval(timer)
    expect(points).toHaveLength(6)
    expect(turns).toBeGreaterThan(0)
  })
})

describe('the traffic of an experiment', () => {
  it('is how many units came in each hour, of each variant', async () => {
    expect(helios.traffic('tone')).toEqual({ hours: [], units: { calm: 0, warm: 0 } })
    await helios.experiments.start('tone')
    await send([2, 1])
    clock.advance(90 * MINUTE)
    await send([1, 0])
    expect(helios.traffic('tone')).toEqual({
      hours: [
        { at: START, units: { calm: 2, warm: 1 } },
        { at: START + 60 * MINUTE, units: { calm: 1, warm: 0 } },
      ],
      units: { calm: 3, warm: 1 },
    })
    expect(() => helios.traffic('voice')).toThrow(
      expect.objectContaining({ code: 'HEL_EXPERIMENT_NOT_FOUND' }),
    )
  })
})
