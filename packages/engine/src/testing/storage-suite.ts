import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventBatch } from '../event-batch.ts'
import type { AuditEntry } from '../life-cycle.ts'
import type { Storage } from '../storage.ts'

export interface StorageDriver {
  readonly name: string
  /** An empty store. */
  create(): Promise<Storage>
  /** The same store after the process was away; absent for drivers that forget. */
  reopen?(): Promise<Storage>
  /** Removes what `create` made. */
  dispose?(): Promise<void>
}

/** What every storage driver promises. */
export function storageSuite(driver: StorageDriver): void {
  describe(`storage: ${driver.name}`, () => {
    let storage: Storage

    beforeEach(async () => {
      storage = await driver.create()
    })
    afterEach(async () => {
      await storage.close()
      await driver.dispose?.()
    })

    /** The store as a new process finds it. */
    const restarted = async (): Promise<Storage> => {
      if (!driver.reopen) return storage
      await storage.close()
      storage = await driver.reopen()
      return storage
    }

    registryPromises(() => storage, restarted)
    eventLogPromises(() => storage, restarted)
    snapshotPromises(() => storage, restarted)
    statePromises(() => storage, restarted)
  })
}

type Current = () => Storage
type Restarted = () => Promise<Storage>

const LINE: AuditEntry = { subject: 'a', version: 1, action: 'create', at: 1, by: 'me', why: '' }

function documentOf(key: string, version: number, value: unknown = { key, version }) {
  return { collection: 'things', key, version, value }
}

function registryPromises(storage: Current, restarted: Restarted): void {
  describe('registry', () => {
    it('keeps every version and lists the latest, ordered by key', async () => {
      await storage().registry.write([documentOf('b', 1), documentOf('a', 1)], [])
      await storage().registry.write([documentOf('a', 2, { nested: [1, 'two', null, 'ünï'] })], [])
      const { registry } = await restarted()
      expect((await registry.list('things')).map(({ key, version }) => [key, version])).toEqual([
        ['a', 2],
        ['b', 1],
      ])
      expect(await registry.versions('things', 'a')).toEqual([
        documentOf('a', 1),
        documentOf('a', 2, { nested: [1, 'two', null, 'ünï'] }),
      ])
      expect(await registry.list('other')).toEqual([])
    })

    it('refuses a version that does not follow, and keeps nothing of that write', async () => {
      await storage().registry.write([documentOf('a', 1)], [LINE])
      const write = storage().registry.write([documentOf('b', 1), documentOf('a', 1)], [LINE])
      await expect(write).rejects.toMatchObject({ code: 'HEL_VERSION_CONFLICT' })
      await expect(storage().registry.write([documentOf('c', 2)], [])).rejects.toMatchObject({
        code: 'HEL_VERSION_CONFLICT',
      })
      expect(await storage().registry.list('things')).toHaveLength(1)
      expect(await storage().registry.audit()).toHaveLength(1)
    })

    it('keeps the audit in order, whole and per subject', async () => {
      const other: AuditEntry = { ...LINE, subject: 'b', action: 'start', why: "because 'quoted'" }
      await storage().registry.write([], [LINE, other])
      const { registry } = await restarted()
      expect(await registry.audit()).toEqual([LINE, other])
      expect(await registry.audit('b')).toEqual([other])
    })

    it('is not changed by what callers do to their objects afterwards', async () => {
      const value = { list: [1] }
      await storage().registry.write([documentOf('a', 1, value)], [])
      value.list.push(2)
      expect((await storage().registry.list('things'))[0]?.value).toEqual({ list: [1] })
    })
  })
}

const UUID = '01890a5d-ac96-774b-bcce-b302099a8057'

function sampleBatch(firstPosition: number, receivedAt: number): EventBatch {
  const batch = new EventBatch(firstPosition, receivedAt)
  batch.addExposure({
    id: UUID,
    at: receivedAt - 5,
    unit: 0,
    experiment: 0,
    variant: 1,
    version: 3,
    propensity: 0.25,
    policyVersion: 7,
    combination: 2,
  })
  batch.addOutcome('not a uuid ✓', receivedAt, 1, 1, -0.1)
  batch.addExposure({
    id: 'x',
    at: receivedAt,
    unit: 1,
    experiment: 0,
    variant: 0,
    version: 1,
    propensity: Number.NaN,
    policyVersion: -1,
    combination: 0,
  })
  batch.addIdentity('same', receivedAt, 1, 0)
  return batch
}

async function gather<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of iterable) items.push(item)
  return items
}

function rowsOf(batch: EventBatch): unknown[] {
  return batch.ids.map((id, i) => [
    id,
    ...[
      batch.kind,
      batch.at,
      batch.unit,
      batch.subject,
      batch.value,
      batch.variant,
      batch.version,
      batch.policyVersion,
      batch.combination,
    ].map((column) => column[i]),
  ])
}

function eventLogPromises(storage: Current, restarted: Restarted): void {
  describe('events', () => {
    it('gives back what was appended, commit by commit', async () => {
      const first = sampleBatch(1, 1_800_000_000_000)
      first.newUnits.push('u1', 'ünït')
      first.newNames.push('experiment', 'metric')
      const second = sampleBatch(5, 1_800_000_000_001)
      second.firstNewUnit = 2
      second.firstNewName = 2
      second.newUnits.push('u3')
      await storage().events.append(first)
      await storage().events.append(second)
      const { events } = await restarted()
      expect(await events.lastPosition()).toBe(8)
      const read = await gather(events.read(1))
      expect(
        read.map(({ firstPosition, lastPosition, receivedAt }) => [firstPosition, lastPosition, receivedAt]),
      ).toEqual([
        [1, 4, 1_800_000_000_000],
        [5, 8, 1_800_000_000_001],
      ])
      expect(read.map(rowsOf)).toEqual([first, second].map(rowsOf))
      expect((await gather(events.read(5))).map(({ firstPosition }) => firstPosition)).toEqual([5])
      expect((await gather(events.units(0))).flat()).toEqual(['u1', 'ünït', 'u3'])
      expect((await gather(events.units(2))).flat()).toEqual(['u3'])
      expect((await gather(events.names(0))).flat()).toEqual(['experiment', 'metric'])
    })

    it('is empty at first, and an empty batch changes nothing', async () => {
      await storage().events.append(new EventBatch(1, 1))
      expect(await storage().events.lastPosition()).toBe(0)
      expect(await gather(storage().events.read(1))).toEqual([])
    })

    it('remembers ids with the append and forgets those received before a time', async () => {
      const { events } = storage()
      events.rememberIds(['one'])
      await events.append(sampleBatch(1, 1000))
      events.rememberIds(['two'])
      await events.append(sampleBatch(5, 2000))
      expect(await (await restarted()).events.knownIds(['one', 'two', 'three'])).toEqual(
        new Set(['one', 'two']),
      )
      await storage().events.forgetIds(2000)
      expect(await storage().events.knownIds(['one', 'two'])).toEqual(new Set(['two']))
    })

    it('holds thousands of rows in one commit', async () => {
      const batch = new EventBatch(1, 5)
      for (let i = 0; i < 5000; i++) batch.addOutcome(`id-${i}`, i, i % 7, 0, i / 3)
      await storage().events.append(batch)
      const [read] = await gather((await restarted()).events.read(1))
      expect(read && rowsOf(read)).toEqual(rowsOf(batch))
    })
  })
}

function snapshotPromises(storage: Current, restarted: Restarted): void {
  describe('snapshots', () => {
    it('replaces parts, removes parts and moves the position together', async () => {
      const bytes = (...values: number[]) => Uint8Array.from(values)
      await storage().snapshots.save({
        position: 7,
        parts: [
          ['a', bytes(1, 2)],
          ['b', bytes()],
          ['c', bytes(3)],
        ],
        remove: [],
      })
      await storage().snapshots.save({ position: 9, parts: [['a', bytes(9)]], remove: ['c', 'never there'] })
      const { snapshots } = await restarted()
      expect(await snapshots.position()).toBe(9)
      expect(await snapshots.names()).toEqual(['a', 'b'])
      expect(await snapshots.load('a')).toEqual(bytes(9))
      expect(await snapshots.load('b')).toEqual(bytes())
      expect(await snapshots.load('c')).toBeUndefined()
    })

    it('keeps parts of many megabytes', async () => {
      const large = new Uint8Array(40 * 1024 * 1024).map((_, i) => i % 251)
      await storage().snapshots.save({ position: 1, parts: [['large', large]], remove: [] })
      const read = await (await restarted()).snapshots.load('large')
      expect(Buffer.compare(read as Uint8Array, large)).toBe(0)
    })
  })
}

function statePromises(storage: Current, restarted: Restarted): void {
  describe('state', () => {
    const one = Uint8Array.of(1)
    const two = Uint8Array.of(2)

    it('writes only over the version that the writer saw', async () => {
      expect(await storage().state.compareAndSet('k', 0, one, 10)).toBe(true)
      expect(await storage().state.compareAndSet('k', 0, two, 10)).toBe(false)
      expect(await storage().state.compareAndSet('k', 1, two, 10)).toBe(true)
      expect(await (await restarted()).state.get('k', 10)).toEqual({ version: 2, value: two })
    })

    it('forgets what expired, and lets it be written as new', async () => {
      await storage().state.compareAndSet('k', 0, one, 10, 20)
      expect(await storage().state.get('k', 19)).toEqual({ version: 1, value: one })
      expect(await storage().state.get('k', 20)).toBeUndefined()
      expect(await storage().state.compareAndSet('k', 1, two, 20)).toBe(false)
      expect(await storage().state.compareAndSet('k', 0, two, 20)).toBe(true)
    })
  })
}
