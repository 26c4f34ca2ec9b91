import { uuidv7 } from '@helios/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MILLISECONDS } from '../clock.ts'
import { SeenIds } from './seen-ids.ts'

const START = Date.parse('2026-03-09T10:00:00Z')
const LATENESS = 2 * DAY_MILLISECONDS
const SECOND = 1000
const MINUTE = 60 * SECOND

/** Ids in memory, and a store for those that are not. */
function withStore() {
  const store = new Map<string, Uint8Array>()
  const load = async (name: string) => store.get(name)
  const save = (seen: SeenIds, now: number) => {
    const { parts, remove } = seen.changes(now)
    for (const name of remove) store.delete(name)
    for (const [name, bytes] of parts) store.set(name, bytes.slice())
    seen.settle(now)
  }
  const open = () => {
    const seen = new SeenIds(LATENESS, load)
    seen.restore([...store.keys(), 'projection/header'])
    return seen
  }
  return { store, save, open }
}

async function add(seen: SeenIds, id: string, now: number) {
  const verdict = seen.add(id, now)
  if (verdict !== 'unprepared') return verdict
  await seen.prepare([id])
  return seen.add(id, now)
}

const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('add' as const), id: fc.nat(19) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add and take back' as const), id: fc.nat(19) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 90 }) }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'save' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Seen ids beside the set that they should be. */
class Pair {
  readonly ids = Array.from({ length: 20 }, (_, i) => uuidv7(START - i * 10 * SECOND))
  readonly #store = withStore()
  #seen = this.#store.open()
  #known = new Set<string>()
  #saved = new Set<string>()
  #now = START

  async perform(each: Step): Promise<void> {
    switch (each.kind) {
      case 'wait':
        this.#now += each.seconds * SECOND
        return
      case 'save':
        this.#store.save(this.#seen, this.#now)
        this.#saved = new Set(this.#known)
        return
      case 'restart':
        this.#seen = this.#store.open()
        this.#known = new Set(this.#saved)
        return
      default:
        return this.#add(this.ids[each.id] as string, each.kind === 'add and take back')
    }
  }

  async #add(id: string, isTakenBack: boolean): Promise<void> {
    const isNew = !this.#known.has(id)
    expect(await add(this.#seen, id, this.#now)).toBe(isNew ? 'new' : 'duplicate')
    if (isNew && isTakenBack) this.#seen.remove(id)
    else this.#known.add(id)
  }
}

describe('ids that were seen', () => {
  it('are those that a set would know, saved, freed and brought back as they may be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120, size: 'max' }), async (steps) => {
        const pair = new Pair()
        for (const each of steps) await pair.perform(each)
      }),
      { numRuns: 100 },
    )
  })

  it('are known whatever the case of their letters', () => {
    const seen = withStore().open()
    const id = uuidv7(START)
    expect([seen.add(id, START), seen.add(id.toUpperCase(), START)]).toEqual(['new', 'duplicate'])
  })

  it('are left to the event log when they carry no time, or one that is far away', () => {
    const seen = withStore().open()
    const untimed = [
      'order-17',
      '9f0d8c1e-3b1a-4c55-8f5e-0a1b2c3d4e5f',
      uuidv7(START - LATENESS - DAY_MILLISECONDS - 1),
      uuidv7(START + DAY_MILLISECONDS + 1),
    ]
    for (const id of untimed) {
      expect(seen.add(id, START)).toBe('untimed')
      expect(seen.add(id, START)).toBe('untimed')
      seen.remove(id)
    }
    expect(seen.add(uuidv7(START - LATENESS - DAY_MILLISECONDS), START)).toBe('new')
    expect(seen.add(uuidv7(START + DAY_MILLISECONDS), START)).toBe('new')
  })

  it('are written once, freed when cold, and forgotten when too late to come again', async () => {
    const { store, save, open } = withStore()
    const seen = open()
    const old = uuidv7(START - 10 * MINUTE)
    seen.add(old, START)
    seen.add(uuidv7(START), START)
    save(seen, START)
    expect(store.size).toBe(2)
    expect(seen.changes(START).parts).toEqual([])
    expect(seen.add(old, START)).toBe('unprepared')
    expect(seen.add(uuidv7(START), START)).toBe('new')
    const inMemory = seen.byteLength
    await seen.prepare([old, 'order-17'])
    expect(seen.byteLength).toBeGreaterThan(inMemory)
    expect(seen.add(old, START)).toBe('duplicate')

    save(seen, START + LATENESS + 2 * DAY_MILLISECONDS)
    expect(store.size).toBe(0)
    expect(seen.byteLength).toBe(0)
    expect(seen.changes(START + LATENESS + 3 * DAY_MILLISECONDS)).toEqual({ parts: [], remove: [] })
  })

  it('of a part that the store lost count as new, not as an error', async () => {
    const { store, save, open } = withStore()
    const seen = open()
    const id = uuidv7(START - 10 * MINUTE)
    seen.add(id, START)
    save(seen, START)
    store.clear()
    expect(await add(seen, id, START)).toBe('new')
    expect(await add(seen, id, START)).toBe('duplicate')
  })

  it('are written out between snapshots when a million of them are in memory, most of them cold', () => {
    const seen = withStore().open()
    const random = () => 0.5
    const fill = (from: number, count: number) => {
      for (let i = 0; i < count; i++) seen.add(uuidv7(from + Math.floor(i / 100), random), START)
    }
    fill(START - 12 * SECOND, 1_000_000)
    expect(seen.shouldSpill(START)).toBe(false)
    expect(seen.shouldSpill(START + 10 * MINUTE)).toBe(true)
    seen.settle(START + 10 * MINUTE)
    expect(seen.shouldSpill(START + 10 * MINUTE)).toBe(false)
  })
})
