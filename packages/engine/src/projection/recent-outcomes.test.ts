import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RecentOutcomes } from './recent-outcomes.ts'

const MINUTE = 60_000
const START = 29_000_000 * MINUTE

interface Entry {
  readonly unit: number
  readonly metric: number
  readonly value: number
  readonly at: number
  readonly receivedAt: number
}

function of(recent: RecentOutcomes, unit: number): [number, number, number][] {
  const found: [number, number, number][] = []
  recent.forEach(unit, (metric, value, at) => found.push([metric, value, at]))
  return found
}

function reloaded(recent: RecentOutcomes): RecentOutcomes {
  const parts = new Map(recent.snapshot().map(([name, bytes]) => [name, bytes.slice()]))
  const copy = new RecentOutcomes()
  copy.restore((name) => parts.get(name) as Uint8Array)
  return copy
}

const step = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      count: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 300, max: 900 })),
      unit: fc.oneof(fc.nat(5), fc.constantFrom(255, 256, 5000)),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 300 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('expire' as const), minutes: fc.integer({ min: 0, max: 12 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'reload' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('join' as const),
      from: fc.nat(5),
      into: fc.oneof(fc.nat(5), fc.constant(6000)),
    }),
  },
)

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Recent outcomes beside the list that they should be. */
class Pair {
  recent = new RecentOutcomes()
  list: Entry[] = []
  now = START
  #value = 0

  perform(each: Step): void {
    if (each.kind === 'wait') this.now += each.seconds * 1000
    else if (each.kind === 'reload') this.recent = reloaded(this.recent)
    else if (each.kind === 'join') this.#join(each.from, each.into)
    else if (each.kind === 'expire') this.#expire(this.now - each.minutes * MINUTE)
    else for (let i = 0; i < each.count; i++) this.#add(i % 3 === 2 ? (each.unit + i) % 5001 : each.unit, i)
  }

  #add(unit: number, i: number): void {
    const entry = { unit, metric: i % 4, value: this.#value++, at: this.now - i, receivedAt: this.now }
    this.recent.add(entry.unit, entry.metric, entry.value, entry.at, entry.receivedAt)
    this.list.push(entry)
  }

  #join(from: number, into: number): void {
    if (from === into) return
    this.recent.join(from, into)
    this.list = this.list.map((entry) => (entry.unit === from ? { ...entry, unit: into } : entry))
  }

  #expire(before: number): void {
    const minute = Math.floor(before / MINUTE)
    this.recent.expire(before)
    this.list = this.list.filter(({ receivedAt }) => Math.floor(receivedAt / MINUTE) >= minute)
  }
}

describe('recent outcomes', () => {
  it('are those of a list from which the old ones are struck, to the minute', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const pair = new Pair()
        for (const each of steps) {
          pair.perform(each)
          expect(pair.recent.length).toBe(pair.list.length)
        }
        for (const unit of [0, 1, 2, 3, 4, 5, 255, 256, 257, 5000, 6000]) {
          const own = pair.list.filter((entry) => entry.unit === unit)
          expect(of(pair.recent, unit)).toEqual(own.map(({ metric, value, at }) => [metric, value, at]))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('arriving by a clock that went back are kept with those before them', () => {
    const recent = new RecentOutcomes()
    recent.add(1, 0, 1, START, START + 5 * MINUTE)
    recent.add(1, 0, 2, START, START)
    recent.expire(START + 5 * MINUTE)
    expect(of(recent, 1).map(([, value]) => value)).toEqual([1, 2])
    recent.expire(START + 6 * MINUTE)
    expect(of(recent, 1)).toEqual([])
  })

  it('reuse their room once the old ones are gone', () => {
    const recent = new RecentOutcomes()
    for (let i = 0; i < 50_000; i++) {
      const now = START + i * 1000
      recent.add(i % 7, 0, i, now, now)
      recent.expire(now - 5 * MINUTE)
    }
    expect(recent.length).toBeLessThan(400)
    expect(recent.byteLength).toBeLessThan(100_000)
    expect(of(recent, 49_999 % 7).at(-1)?.[1]).toBe(49_999)
  })
})
