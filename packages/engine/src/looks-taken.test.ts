import { beforeEach, describe, expect, it } from 'vitest'
import { type ManualClock, manualClock } from './clock.ts'
import { Helios } from './defaults.ts'

const START = Date.UTC(2026, 0, 5)
const MINUTE = 60_000
const HOUR = 60 * MINUTE

let clock: ManualClock
let helios: Helios
let serial = 0

beforeEach(async () => {
  clock = manualClock(START)
  helios = await Helios.open({ clock, groupCommitMilliseconds: 0 })
  await helios.experiments.create({
    key: 'tone',
    variants: [{ key: 'calm', control: true }, { key: 'warm' }],
    metrics: { primary: ['clicks'] },
    analysis: { method: 'group-sequential', looks: 4 },
    minimumSample: 200,
  })
  await helios.experiments.start('tone')
})

/** So many units of each variant, an hour later; those of `warm` click more. */
async function send(units: number): Promise<void> {
  clock.advance(HOUR)
  const both = ['calm', 'warm'].flatMap((variant) =>
    Array.from({ length: units }, () => ({ variant, unit: `u${serial++}` })),
  )
  const receipt = await helios.observe([
    ...both.map((each) => ({ type: 'exposure', id: `e${each.unit}`, experiment: 'tone', ...each })),
    ...both.map(({ unit, variant }, i) => ({
      id: `o${unit}`,
      unit,
      metric: 'clicks',
      value: (i % 7) + (variant === 'warm' ? 1.5 : 0),
    })),
  ])
  expect(receipt.rejected).toEqual([])
  clock.advance(MINUTE)
}

async function comparison() {
  const { metrics } = await helios.analyse('tone')
  return metrics['clicks']?.comparisons['warm']
}

describe('a group-sequential experiment', () => {
  it('says nothing before its first look', async () => {
    await send(49)
    expect(await comparison()).toMatchObject({ status: 'not-computable', reason: 'no-look-yet' })
    expect((await helios.history('tone', 'clicks')).points).toEqual([])
  })

  it('reads what was there at a look, and nothing newer until the next', async () => {
    await send(60)
    await send(10)
    await send(10)
    const first = await comparison()
    expect(first).toMatchObject({ status: 'ok', look: { number: 1, of: 4, informationFraction: 0.3 } })
    const { metrics } = await helios.analyse('tone')
    expect(metrics['clicks']?.variants['warm']?.n).toBe(60)
    await send(25)
    expect(await comparison()).toMatchObject({ look: { number: 2, informationFraction: 105 / 200 } })
  })

  it('counts a burst over several shares as one look', async () => {
    await send(160)
    expect(await comparison()).toMatchObject({ look: { number: 1, informationFraction: 0.8 } })
  })

  it('looks for the last time at the end, planned or not', async () => {
    await send(60)
    await send(60)
    await helios.experiments.complete('tone', { ship: 'warm' })
    expect(await comparison()).toMatchObject({ look: { number: 2, informationFraction: 0.6 } })
  })

  it('is the same after a restart of the state', async () => {
    for (let i = 0; i < 5; i++) await send(45)
    const before = await helios.analyse('tone')
    expect(await helios.verify()).toMatchObject({ equal: true })
    expect(await helios.analyse('tone')).toEqual(before)
    const { points } = await helios.history('tone', 'clicks')
    expect(points.map(({ variants }) => variants['warm']?.n)).toEqual([90, 135, 180, 225])
  })
})
