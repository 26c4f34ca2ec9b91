import { beforeEach, describe, expect, it } from 'vitest'
import { DAY_MILLISECONDS, type ManualClock, manualClock } from '../clock.ts'
import { Helios } from '../defaults.ts'

const START = Date.parse('2026-03-02T00:00:00Z')
const MINUTE = 60_000
const VARIANTS = ['calm', 'warm'] as const

let clock: ManualClock
let helios: Helios
let serial = 0

beforeEach(async () => {
  clock = manualClock(START)
  helios = await Helios.open({ clock, groupCommitMilliseconds: 0 })
  const variants = VARIANTS.map((key, i) => ({ key, control: i === 0 }))
  await helios.experiments.create({ key: 'tone', variants, metrics: { primary: ['clicks'] } })
})

/** Units that are exposed now, in turn to one variant and the other, each with some clicks. */
async function send(count: number, clicks = (i: number) => i % 5): Promise<void> {
  const units = Array.from({ length: count }, (_, i) => ({ unit: `u${serial++}`, variant: VARIANTS[i % 2] }))
  const { rejected } = await helios.observe([
    ...units.map((each) => ({ type: 'exposure', id: `e${each.unit}`, experiment: 'tone', ...each })),
    ...units.map(({ unit }, i) => ({ id: `o${unit}`, unit, metric: 'clicks', value: clicks(i) })),
  ])
  expect(rejected).toEqual([])
}

async function week(): Promise<void> {
  await helios.experiments.start('tone')
  for (let day = 0; day < 5; day++) {
    await send(40)
    clock.advance(DAY_MILLISECONDS)
  }
}

describe('a checkup of an experiment', () => {
  it('is what the analysis judges health by, where that is asked for', async () => {
    await week()
    const checkup = await helios.checkup('tone')
    expect(checkup.novelty['warm']?.days).toBe(5)
    expect(checkup.weekday['warm']?.weekdays).toBe(5)
    expect(checkup.outliers.map(({ variant }) => variant)).toEqual(['calm', 'warm'])
    const checks = async (options: { readonly checkup?: boolean }) =>
      (await helios.analyse('tone', options)).health.parts.map(({ check }) => check)
    const closer = ['novelty', 'weekday', 'outliers']
    expect(await checks({ checkup: true })).toEqual(expect.arrayContaining(closer))
    expect((await checks({})).filter((check) => closer.includes(check))).toEqual([])
  })

  it('is kept while nothing changes, and for a minute when something does', async () => {
    await week()
    const first = await helios.checkup('tone')
    await send(2, (i) => (i === 0 ? 1e6 : 1))
    clock.advance(MINUTE - 1)
    expect(await helios.checkup('tone')).toBe(first)
    clock.advance(1)
    const second = await helios.checkup('tone')
    expect(second.outliers[0]?.influence).toBeGreaterThan(100 * (first.outliers[0]?.influence ?? Number.NaN))
    clock.advance(10 * MINUTE)
    expect(await helios.checkup('tone')).toBe(second)
    clock.advance(DAY_MILLISECONDS)
    expect(await helios.checkup('tone')).not.toBe(second)
  })

  it('is taken once for all who ask at the same time, and anew when the experiment changes', async () => {
    await week()
    const [one, other] = await Promise.all([helios.checkup('tone'), helios.checkup('tone')])
    expect(one).toBe(other)
    await helios.experiments.edit('tone', { metrics: { primary: ['revenue'] } })
    expect((await helios.checkup('tone')).outliers.map(({ metric }) => metric)).toEqual([
      'revenue',
      'revenue',
    ])
  })

  it('of a draft finds nobody, and of no experiment is an error', async () => {
    expect(await helios.checkup('tone')).toEqual({ novelty: {}, weekday: {}, outliers: [] })
    await expect(helios.checkup('nothing')).rejects.toMatchObject({ code: 'HEL_EXPERIMENT_NOT_FOUND' })
  })
})

describe('a replay of an experiment', () => {
  it('divides the units of its control', async () => {
    await week()
    const found = await helios.aaReplay('tone', { replays: 100, seed: 7 })
    expect(found).toMatchObject({ replays: 100, seed: 7, population: 'control', units: 100 })
    expect(found.metrics['clicks']).toMatchObject({ status: 'ok', replays: 100, method: "Welch's t" })
    expect(await helios.aaReplay('tone', { replays: 100, seed: 7 })).toEqual(found)
    expect(await helios.aaReplay('tone', { population: 'all' })).toMatchObject({ units: 200, replays: 200 })
    await expect(helios.aaReplay('tone', { replays: 1 })).rejects.toMatchObject({
      code: 'HEL_REQUEST_INVALID',
    })
  })
})
