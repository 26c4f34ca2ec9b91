import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryStorage } from './storage.ts'
import { type FakePlatform, START } from './testing/fake-platform.ts'
import { type Fate, fakeServer } from './testing/fake-server.ts'
import { type Started, startClient } from './testing/start-client.ts'

/**
 * Whatever happens in whatever order: an event that was observed below the limit is sent until the server
 * acknowledged it, counts once, and is not sent again afterwards.
 */

const EVENTS = '/v1/events'

type Step =
  | { readonly kind: 'observe'; readonly count: number; readonly tab: number }
  | { readonly kind: 'flush' | 'close' | 'crash' | 'hide' | 'leave'; readonly tab: number }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  | { readonly kind: 'fate'; readonly fate: Fate }

const tab = fc.nat(1)
const fate: fc.Arbitrary<Fate> = fc.constantFrom<Fate[]>(
  'answer',
  'unreachable',
  'answer-lost',
  { status: 500 },
  { status: 401 },
  { status: 429, headers: { 'retry-after': '7' } },
  { status: 200, text: '<html>' },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('observe' as const),
      count: fc.integer({ min: 1, max: 130 }),
      tab,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      milliseconds: fc.integer({ min: 0, max: 90_000 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('fate' as const), fate }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'flush' as const,
        'close' as const,
        'crash' as const,
        'hide' as const,
        'leave' as const,
      ),
      tab,
    }),
  },
)

describe('the queue', () => {
  it.each([true, false])(
    'loses nothing below its limit and counts nothing twice (locks: %s)',
    async (hasLocks) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
          const world = await startWorld(hasLocks)
          for (const one of steps) await world.take(one)
          await world.heal()
          expect(new Set(world.server.events.keys())).toEqual(new Set(world.observed))
          expect(world.leftovers()).toEqual([])
          const arrivals = world.server.arrivals.length
          await world.wait(300_000)
          expect(world.server.arrivals.length, 'sent again after it was acknowledged').toBe(arrivals)
          expect(world.codes().filter((code) => code !== 'unreachable' && code !== 'key-refused')).toEqual([])
        }),
        { seed: 20_260_115, numRuns: 150 },
      )
    },
  )
})

async function startWorld(hasLocks: boolean) {
  const storage = memoryStorage()
  const time = { now: START }
  const locks = new Set<string>()
  const server = fakeServer(time)
  const errors: Started[] = []
  const observed: string[] = []
  const start = async (): Promise<Started> => {
    const started = await startClient({ storage, time, server, query: '', ...(hasLocks && { locks }) })
    errors.push(started)
    return started
  }
  const tabs = [await start(), await start()]

  async function wait(milliseconds: number): Promise<void> {
    const platforms: FakePlatform[] = tabs.map(({ platform }) => platform)
    const end = time.now + milliseconds
    // In turns, for one clock moves them both.
    while (time.now < end) {
      const from = time.now
      for (const platform of platforms) {
        time.now = from
        await platform.advance(Math.min(1000, end - from))
      }
    }
  }

  async function take(one: Step): Promise<void> {
    if (one.kind === 'fate') {
      server.fates[EVENTS] = one.fate
      return
    }
    if (one.kind === 'wait') return wait(one.milliseconds)
    const { client, platform } = tabs[one.tab] as Started
    if (one.kind === 'observe') {
      for (let i = 0; i < one.count; i++) {
        const id = `event-${observed.length}`
        observed.push(id)
        client.observe({ id, unit: `u${i}`, metric: 'clicks', value: 1 })
      }
    } else if (one.kind === 'flush') {
      void client.flush()
    } else if (one.kind === 'hide') {
      platform.show('hidden')
      platform.show('visible')
    } else {
      // What a program observed in one go is in the storage before anything else happens to it.
      await undefined
      if (one.kind === 'close') await client.close()
      if (one.kind === 'leave') platform.show('leaving')
      platform.kill()
      tabs[one.tab] = await start()
    }
  }

  async function heal(): Promise<void> {
    server.fates = {}
    await wait(700_000)
  }

  const leftovers = (): string[] => [...storage.keys()].filter((key) => /journal/.test(key))
  const codes = (): string[] => errors.flatMap((started) => started.codes())
  return { server, observed, take, wait, heal, leftovers, codes }
}
