import { beforeEach, describe, expect, it } from 'vitest'
import { type ManualClock, manualClock } from './clock.ts'
import { Helios } from './defaults.ts'

const START = Date.parse('2026-03-01T10:00:00Z')
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let clock: ManualClock
let helios: Helios
let serial = 0

const METRICS = [
  { key: 'best', kind: 'mean', source: 'rating', aggregation: 'maximum' },
  { key: 'worst', kind: 'mean', source: 'rating', aggregation: 'minimum' },
  { key: 'latest', kind: 'mean', source: 'rating', aggregation: 'last' },
  { key: 'ratings', kind: 'count', source: 'rating', aggregation: 'count' },
  { key: 'rating', kind: 'mean', aggregation: 'mean' },
] as const

beforeEach(async () => {
  clock = manualClock(START)
  helios = await Helios.open({ clock, groupCommitMilliseconds: 0 })
  for (const metric of METRICS) await helios.metrics.create(metric)
  await helios.experiments.create({
    key: 'tone',
    variants: [{ key: 'calm', control: true }, { key: 'warm' }],
    metrics: { primary: METRICS.map(({ key }) => key) },
    sticky: true,
  })
  await helios.experiments.start('tone')
})

const expose = (unit: string, variant = 'calm') =>
  helios.observe([{ type: 'exposure', id: `e${serial++}`, experiment: 'tone', variant, unit }])
const rate = (unit: string, value: number, extra: object = {}) =>
  helios.observe([{ id: `o${serial++}`, unit, metric: 'rating', value, ...extra }])
const identify = (unit: string, previous: string, extra: object = {}) =>
  helios.observe([{ type: 'identity', id: `i${serial++}`, unit, previous, ...extra }])
const means = async (variant = 'calm') => {
  const { metrics } = await helios.analyse('tone', { evenIfMisleading: true })
  return Object.fromEntries(
    Object.entries(metrics).map(([key, { variants }]) => [key, variants[variant]?.mean]),
  )
}

describe('two names of one unit', () => {
  it('count as one: what was counted under both is taken together', async () => {
    await expose('anon')
    clock.advance(MINUTE)
    await rate('anon', 3)
    await expose('ada')
    await rate('ada', 9)
    clock.advance(MINUTE)
    await rate('anon', 5)
    expect((await helios.analyse('tone')).units).toBe(2)
    expect(await identify('ada', 'anon')).toMatchObject({ accepted: 1 })
    expect(await helios.analyse('tone')).toMatchObject({ units: 1, crossover: { units: 0 } })
    expect(await means()).toEqual({ best: 9, worst: 3, latest: 5, ratings: 3, rating: 17 / 3 })
    expect(helios.status().units).toBe(1)
    await rate('anon', 11)
    expect(await means()).toMatchObject({ best: 11, ratings: 4 })
    expect(await helios.verify()).toMatchObject({ equal: true })
  })

  it('keep the variant that was met first, and count as crossover when they met two', async () => {
    await expose('anon', 'warm')
    clock.advance(MINUTE)
    await expose('ada', 'calm')
    await identify('ada', 'anon')
    const analysis = await helios.analyse('tone', { evenIfMisleading: true })
    expect(analysis).toMatchObject({ units: 1, crossover: { units: 1 }, status: 'refused' })
    expect(analysis.sampleRatio.counts).toEqual({ calm: 0, warm: 1 })
    for (const unit of ['ada', 'anon'])
      expect(helios.decide('tone', { unit })).toMatchObject({ reason: 'sticky', variant: 'warm' })
  })

  it('may be three and more, told in any order, and circles change nothing', async () => {
    await expose('a')
    await identify('b', 'a')
    await identify('c', 'b')
    await identify('d', 'a')
    await identify('a', 'd')
    await identify('b', 'c')
    await rate('d', 4)
    expect(await means()).toMatchObject({ ratings: 1, rating: 4 })
    expect((await helios.analyse('tone')).units).toBe(1)
    expect(helios.status().units).toBe(1)
  })

  it('earn what one name did after the other one was exposed', async () => {
    await expose('anon')
    clock.advance(MINUTE)
    await rate('ada', 7)
    await rate('ada', 1, { at: START - MINUTE })
    expect(await means()).toMatchObject({ ratings: 0 })
    await identify('ada', 'anon')
    expect(await means()).toMatchObject({ ratings: 1, rating: 7 })
  })

  it('leave an experiment that had ended as it was', async () => {
    await expose('anon', 'warm')
    await expose('ada', 'calm')
    await rate('ada', 2)
    clock.advance(MINUTE)
    await helios.experiments.complete('tone')
    const before = await helios.analyse('tone')
    clock.advance(MINUTE)
    await identify('ada', 'anon')
    expect(await helios.analyse('tone')).toEqual(before)
    expect(await helios.verify()).toMatchObject({ equal: true })
    // Said before the end, though it arrives after it.
    await identify('bob', 'ada', { at: START + 1 })
    await identify('eve', 'zoe', { at: START + 1 })
    expect(await helios.analyse('tone')).toEqual(before)
    expect(await helios.verify()).toMatchObject({ equal: true })
  })

  it('may each be sent again without harm', async () => {
    await expose('anon')
    const event = { type: 'identity', id: 'same', unit: 'ada', previous: 'anon' }
    expect(await helios.observe([event])).toMatchObject({ accepted: 1 })
    expect(await helios.observe([event])).toMatchObject({ accepted: 0, duplicates: [0] })
    expect(await identify('ada', 'anon')).toMatchObject({ accepted: 1 })
    expect((await helios.analyse('tone')).units).toBe(1)
  })

  it('are known when the unit is exposed only afterwards', async () => {
    await identify('ada', 'anon')
    clock.advance(DAY)
    await expose('anon', 'warm')
    await expose('ada', 'warm')
    await rate('ada', 3)
    expect((await helios.analyse('tone', { evenIfMisleading: true })).units).toBe(1)
    expect(await means('warm')).toMatchObject({ ratings: 1 })
  })
})
