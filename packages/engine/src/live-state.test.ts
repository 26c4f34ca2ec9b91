import { describe, expect, it } from 'vitest'
import { Helios } from './defaults.ts'
import { memoryStorage } from './storage/memory.ts'
import type { Storage } from './storage.ts'

/** A store that outlives its Helios, and whose parts fail on demand. */
function unreliableStorage(): { storage: Storage; failing: Set<'append' | 'save'> } {
  const kept = memoryStorage()
  const failing = new Set<'append' | 'save'>()
  const orFail =
    <A extends unknown[], R>(what: 'append' | 'save', work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (failing.has(what)) throw new Error(`no space for ${what}`)
      return work(...args)
    }
  const storage: Storage = {
    ...kept,
    events: { ...kept.events, append: orFail('append', kept.events.append) },
    snapshots: { ...kept.snapshots, save: orFail('save', kept.snapshots.save) },
    close: async () => {},
  }
  return { storage, failing }
}

const clicks = (id: string, unit: string) => ({ id, unit, metric: 'clicks', value: 1 })

describe('the state in memory', () => {
  it('is not saved with units that only a failed commit knows', async () => {
    const { storage, failing } = unreliableStorage()
    const first = await Helios.open({ storage })
    await first.observe([clicks('1', 'ann')])
    failing.add('append')
    await expect(first.observe([clicks('2', 'lost')])).rejects.toThrow('no space for append')
    failing.clear()
    await first.snapshot()
    await first.close()
    const second = await Helios.open({ storage })
    expect(second.status().units).toBe(1)
    await second.observe([clicks('3', 'bob')])
    expect(await second.verify()).toMatchObject({ equal: true, events: 2 })
  })

  it('says why a snapshot could not be saved, and saves the next one', async () => {
    const { storage, failing } = unreliableStorage()
    const helios = await Helios.open({ storage, eventsBetweenSnapshots: 1 })
    failing.add('save')
    expect(await helios.observe([clicks('1', 'ann')])).toMatchObject({ accepted: 1 })
    await helios.flush()
    expect(helios.status()).toMatchObject({ snapshotPosition: 0, snapshotError: 'no space for save' })
    failing.clear()
    await helios.observe([clicks('2', 'bob')])
    await helios.flush()
    expect(helios.status()).not.toHaveProperty('snapshotError')
    expect(helios.status().snapshotPosition).toBe(2)
  })

  it('is replayed from the log when the snapshot no longer fits the metrics', async () => {
    const { storage } = unreliableStorage()
    const first = await Helios.open({ storage })
    const variants = [{ key: 'calm', control: true }, { key: 'warm' }]
    await first.experiments.create({ key: 'tone', variants, metrics: { primary: ['clicks'] } })
    await first.experiments.start('tone')
    const { variant } = first.decide('tone', { unit: 'ann' })
    await first.observe([
      { type: 'exposure', id: 'e', experiment: 'tone', variant, unit: 'ann' },
      clicks('1', 'ann'),
    ])
    await first.close()
    const second = await Helios.open({ storage, latenessDays: 8 })
    expect(second.status()).toMatchObject({ snapshotPosition: 0, position: 2 })
    const { metrics } = await second.analyse('tone')
    expect(metrics['clicks']?.variants[variant]).toMatchObject({ n: 1, mean: 1 })
    expect(await second.observe([clicks('1', 'ann')])).toMatchObject({ duplicates: [0] })
  })

  it('is replayed from the log when the snapshot is of another form', async () => {
    const { storage } = unreliableStorage()
    const first = await Helios.open({ storage })
    await first.observe([clicks('1', 'ann'), clicks('2', 'bob')])
    await first.close()
    const header = JSON.parse(new TextDecoder().decode(await storage.snapshots.load('projection/header')))
    const { form, ...old } = header
    expect(form).toBe(3)
    for (const other of [old, { ...old, form: 2 }, { ...old, form: 4 }]) {
      const bytes = new TextEncoder().encode(JSON.stringify({ ...other, experiments: [{ key: 'gone' }] }))
      await storage.snapshots.save({ position: 2, parts: [['projection/header', bytes]], remove: [] })
      const second = await Helios.open({ storage })
      expect(second.status()).toMatchObject({ position: 2, snapshotPosition: 0, units: 2 })
      expect(await second.verify()).toMatchObject({ equal: true })
    }
  })

  it('leaves no part of an earlier snapshot behind', async () => {
    const { storage } = unreliableStorage()
    const parts = ['projection/old', 'other/7'].map((name) => [name, Uint8Array.of(1)] as const)
    await storage.snapshots.save({ position: 0, parts, remove: [] })
    const helios = await Helios.open({ storage })
    await helios.observe([clicks('1', 'ann')])
    await helios.snapshot()
    const names = await storage.snapshots.names()
    expect(names).toContain('projection/header')
    expect(names).not.toContain('projection/old')
    expect(names).toContain('other/7')
  })
})
