import { type Receipt, uuidv7 } from '@helios/sdk'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { DAY_MILLISECONDS, type ManualClock, manualClock } from './clock.ts'
import { Helios, type HeliosOptions } from './defaults.ts'
import type { EventBatch } from './event-batch.ts'
import { MAXIMUM_BATCH } from './observe.ts'
import { memoryStorage } from './storage/memory.ts'
import { sqliteStorage } from './storage/sqlite.ts'
import type { Storage } from './storage.ts'

const START = Date.parse('2026-03-09T10:00:00Z')
const MINUTE = 60_000

let clock: ManualClock
let helios: Helios
let store: FragileStorage

beforeEach(async () => {
  clock = manualClock(START - 2 * DAY_MILLISECONDS)
  store = fragileStorage()
  helios = await open()
  await helios.experiments.create({
    key: 'tone',
    variants: [{ key: 'calm', control: true }, { key: 'warm' }],
    metrics: { primary: ['clicks', 'satisfaction_rating'] },
  })
  await helios.experiments.create({ key: 'draft', variants: [{ key: 'a', control: true }, { key: 'b' }] })
  await helios.experiments.start('tone')
  clock.set(START)
})

function open(options: HeliosOptions = {}): Promise<Helios> {
  return Helios.open({ storage: store, clock, groupCommitMilliseconds: 0, ...options })
}

/** A store in memory that can be told to fail, to wait, and that outlives those who close it. */
interface FragileStorage extends Storage {
  failing: boolean
  failingSnapshots: boolean
  gate: Promise<void>
  readonly appended: EventBatch[]
}

function fragileStorage(kept: Storage = memoryStorage()): FragileStorage {
  const storage: FragileStorage = {
    ...kept,
    close: async () => {},
    failing: false,
    failingSnapshots: false,
    gate: Promise.resolve(),
    appended: [],
    events: {
      ...kept.events,
      append: async (batch) => {
        await storage.gate
        if (storage.failing) throw new Error('disk full')
        await kept.events.append(batch)
        storage.appended.push(batch)
      },
    },
    snapshots: {
      ...kept.snapshots,
      save: async (snapshot) => {
        if (storage.failingSnapshots) throw new Error('disk full')
        return kept.snapshots.save(snapshot)
      },
    },
  }
  return storage
}

let serial = 0
const outcome = (extra: object = {}) => ({
  id: `o${serial++}`,
  unit: 'ada',
  metric: 'clicks',
  value: 1,
  ...extra,
})
const exposure = (extra: object = {}) => ({
  type: 'exposure',
  id: `e${serial++}`,
  unit: 'ada',
  experiment: 'tone',
  variant: 'calm',
  ...extra,
})
const identity = (extra: object = {}) => ({
  type: 'identity',
  id: `i${serial++}`,
  unit: 'ada',
  previous: 'anon',
  ...extra,
})
const all = (accepted: number): Receipt => ({ accepted, duplicates: [], rejected: [] })
const clicks = async () =>
  (await helios.analyse('tone', { evenIfMisleading: true })).metrics['clicks']?.variants['calm']

describe('an event that cannot be taken', () => {
  const text = (length: number) => 'x'.repeat(length)
  const cases: [what: string, event: () => unknown, code: string][] = [
    ['nothing', () => undefined, 'HEL_EVENT_INVALID'],
    ['null', () => null, 'HEL_EVENT_INVALID'],
    ['a number', () => 7, 'HEL_EVENT_INVALID'],
    ['a text', () => 'click', 'HEL_EVENT_INVALID'],
    ['an array', () => [outcome()], 'HEL_EVENT_ID_INVALID'],
    ['an empty object', () => ({}), 'HEL_EVENT_ID_INVALID'],
    ['an id that is a number', () => outcome({ id: 7 }), 'HEL_EVENT_ID_INVALID'],
    ['an empty id', () => outcome({ id: '' }), 'HEL_EVENT_ID_INVALID'],
    ['half a character as id', () => outcome({ id: 'x\ud800' }), 'HEL_EVENT_ID_INVALID'],
    ['an id of 129 characters', () => outcome({ id: text(129) }), 'HEL_EVENT_TOO_LARGE'],
    ['no unit', () => outcome({ unit: undefined }), 'HEL_UNIT_INVALID'],
    ['an empty unit', () => outcome({ unit: '' }), 'HEL_UNIT_INVALID'],
    ['a unit that is a number', () => outcome({ unit: 42 }), 'HEL_UNIT_INVALID'],
    ['half a character as unit', () => outcome({ unit: '\udc00' }), 'HEL_UNIT_INVALID'],
    ['a unit of 257 characters', () => outcome({ unit: text(257) }), 'HEL_EVENT_TOO_LARGE'],
    ['a type that is none', () => outcome({ type: 'click' }), 'HEL_EVENT_INVALID'],
    ['a type that is null', () => outcome({ type: null }), 'HEL_EVENT_INVALID'],
    ['no metric', () => outcome({ metric: undefined }), 'HEL_EVENT_INVALID'],
    ['a metric that nobody defined', () => outcome({ metric: 'joy' }), 'HEL_METRIC_NOT_FOUND'],
    ['a prototype as metric', () => outcome({ metric: '__proto__' }), 'HEL_METRIC_NOT_FOUND'],
    [
      'a metric that is computed from others',
      () => outcome({ metric: 'click_through_rate' }),
      'HEL_EVENT_INVALID',
    ],
    ['a metric of 201 characters', () => outcome({ metric: text(201) }), 'HEL_EVENT_TOO_LARGE'],
    ['no value', () => outcome({ value: undefined }), 'HEL_VALUE_NOT_FINITE'],
    ['a value that is a text', () => outcome({ value: '1' }), 'HEL_VALUE_NOT_FINITE'],
    ['a value that is a bigint', () => outcome({ value: 1n }), 'HEL_VALUE_NOT_FINITE'],
    ['NaN', () => outcome({ value: Number.NaN }), 'HEL_VALUE_NOT_FINITE'],
    ['Infinity', () => outcome({ value: Number.POSITIVE_INFINITY }), 'HEL_VALUE_NOT_FINITE'],
    ['a value whose square overflows', () => outcome({ value: 1e155 }), 'HEL_VALUE_OUT_OF_RANGE'],
    [
      'a value above its range',
      () => outcome({ metric: 'satisfaction_rating', value: 1.01 }),
      'HEL_VALUE_OUT_OF_RANGE',
    ],
    [
      'a value below its range',
      () => outcome({ metric: 'sentiment_score', value: -1.01 }),
      'HEL_VALUE_OUT_OF_RANGE',
    ],
    ['a time too long ago', () => outcome({ at: START - 7 * DAY_MILLISECONDS - 1 }), 'HEL_EVENT_TOO_LATE'],
    ['a time in seconds', () => outcome({ at: START / 1000 }), 'HEL_EVENT_TOO_LATE'],
    ['a time to come', () => outcome({ at: START + 5 * MINUTE + 1 }), 'HEL_EVENT_IN_FUTURE'],
    ['a time that is NaN', () => outcome({ at: Number.NaN }), 'HEL_EVENT_TIME_INVALID'],
    ['a time in words', () => outcome({ at: 'yesterday' }), 'HEL_EVENT_TIME_INVALID'],
    ['a time without a zone', () => outcome({ at: '2026-03-09T09:00:00' }), 'HEL_EVENT_TIME_INVALID'],
    ['a day that does not exist', () => outcome({ at: '2026-02-30T09:00:00Z' }), 'HEL_EVENT_TIME_INVALID'],
    ['a time that is a date object', () => outcome({ at: new Date(START) }), 'HEL_EVENT_TIME_INVALID'],
    [
      'a time that cannot be written',
      () => outcome({ at: { toString: 1, valueOf: 1 } }),
      'HEL_EVENT_TIME_INVALID',
    ],
    ['a time that is a symbol', () => outcome({ at: Symbol('now') }), 'HEL_EVENT_TIME_INVALID'],
    ['an exposure of nothing', () => exposure({ experiment: undefined }), 'HEL_EVENT_INVALID'],
    ['an exposure to a number', () => exposure({ variant: 1 }), 'HEL_EVENT_INVALID'],
    ['an unknown experiment', () => exposure({ experiment: 'voice' }), 'HEL_EXPERIMENT_NOT_FOUND'],
    ['an experiment of 201 characters', () => exposure({ experiment: text(201) }), 'HEL_EVENT_TOO_LARGE'],
    ['an unknown variant', () => exposure({ variant: 'hot' }), 'HEL_VARIANT_NOT_FOUND'],
    ['a variant of 201 characters', () => exposure({ variant: text(201) }), 'HEL_EVENT_TOO_LARGE'],
    [
      'an exposure in a draft',
      () => exposure({ experiment: 'draft', variant: 'a' }),
      'HEL_EXPERIMENT_NOT_STARTED',
    ],
    [
      'an exposure before the start',
      () => exposure({ at: START - 3 * DAY_MILLISECONDS }),
      'HEL_EXPERIMENT_NOT_STARTED',
    ],
    ['a negative propensity', () => exposure({ propensity: -0.1 }), 'HEL_EVENT_INVALID'],
    ['a propensity above one', () => exposure({ propensity: 1.1 }), 'HEL_EVENT_INVALID'],
    ['a propensity that is a text', () => exposure({ propensity: '0.5' }), 'HEL_EVENT_INVALID'],
    ['a version that never was', () => exposure({ version: 3 }), 'HEL_EVENT_INVALID'],
    ['half a version', () => exposure({ version: 1.5 }), 'HEL_EVENT_INVALID'],
    ['a negative policy version', () => exposure({ policyVersion: -1 }), 'HEL_EVENT_INVALID'],
    ['dimensions that are null', () => exposure({ dimensions: null }), 'HEL_EVENT_INVALID'],
    ['dimensions in a list', () => exposure({ dimensions: ['DE'] }), 'HEL_EVENT_INVALID'],
    ['a dimension that is a number', () => exposure({ dimensions: { age: 7 } }), 'HEL_EVENT_INVALID'],
    ['a dimension of 65 characters', () => exposure({ dimensions: { a: text(65) } }), 'HEL_EVENT_INVALID'],
    ['half a character as dimension', () => exposure({ dimensions: { a: '\ud800' } }), 'HEL_EVENT_INVALID'],
    [
      'six dimensions',
      () => exposure({ dimensions: { a: '', b: '', c: '', d: '', e: '', f: '' } }),
      'HEL_EVENT_INVALID',
    ],
    ['an identity without a previous name', () => identity({ previous: undefined }), 'HEL_EVENT_INVALID'],
    ['an identity with an empty previous name', () => identity({ previous: '' }), 'HEL_EVENT_INVALID'],
    ['half a character as previous name', () => identity({ previous: '\udc00' }), 'HEL_EVENT_INVALID'],
    ['a previous name of 257 characters', () => identity({ previous: text(257) }), 'HEL_EVENT_TOO_LARGE'],
    ['an identity with itself', () => identity({ unit: 'anon', previous: 'anon' }), 'HEL_EVENT_INVALID'],
    ['an identity without a unit', () => identity({ unit: undefined }), 'HEL_UNIT_INVALID'],
    ['an identity too long ago', () => identity({ at: 0 }), 'HEL_EVENT_TOO_LATE'],
  ]

  it.each(cases)('is named by its place and its code, and the others are kept: %s', async (_, bad, code) => {
    const { units, position } = helios.status()
    const receipt = await helios.observe([outcome(), bad(), outcome(), bad()])
    expect(receipt).toMatchObject({
      accepted: 2,
      duplicates: [],
      rejected: [
        { index: 1, code },
        { index: 3, code },
      ],
    })
    expect(receipt.rejected[0]?.message).not.toMatch(/[{}]/)
    expect(helios.status()).toMatchObject({ units: units + 1, position: position + 2 })
  })

  it.each(cases)('leaves nothing behind: %s', async (_, bad) => {
    const before = { ...helios.status(), idBytes: 0 }
    const event = bad()
    const stranger =
      typeof event === 'object' && event !== null && !Array.isArray(event)
        ? { unit: 'stranger', ...event }
        : event
    await helios.observe([stranger])
    expect({ ...helios.status(), idBytes: 0 }).toEqual(before)
  })

  it('may be sent again once it is right, under the same id', async () => {
    await helios.observe([outcome({ id: 'x', value: Number.NaN })])
    expect(await helios.observe([outcome({ id: 'x' })])).toEqual(all(1))
  })

  it('of any shape is refused by itself, and the one beside it is kept', async () => {
    const fields = [
      'type',
      'id',
      'unit',
      'at',
      'metric',
      'value',
      'experiment',
      'variant',
      'version',
      'propensity',
      'policyVersion',
    ]
    const known = fc.constantFrom<unknown>(
      'exposure',
      'outcome',
      'tone',
      'calm',
      'clicks',
      'u',
      1,
      START,
      '2026-03-09T09:00:00Z',
    )
    const anything = fc.oneof(
      fc.anything(),
      fc.dictionary(fc.constantFrom(...fields), fc.oneof(known, fc.anything())),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { maxLength: 5 }), async (events) => {
        const { accepted, duplicates, rejected } = await helios.observe([...events, outcome()])
        expect(accepted + duplicates.length + rejected.length).toBe(events.length + 1)
        expect(accepted).toBeGreaterThan(0)
        expect(rejected.map(({ index }) => index)).not.toContain(events.length)
      }),
      { numRuns: 150 },
    )
  })
})

describe('an event at the edge of what is allowed', () => {
  it.each([
    ['the oldest', { at: START - 7 * DAY_MILLISECONDS }],
    ['the newest', { at: START + 5 * MINUTE }],
    ['a fraction of a millisecond', { at: START - 0.5 }],
    ['ISO 8601', { at: '2026-03-09T09:00:00Z' }],
    ['ISO 8601 with an offset and nanoseconds', { at: '2026-03-09T09:00:00.123456789+02:00' }],
    ['ISO 8601 without seconds', { at: '2026-03-08T09:00Z' }],
    ['no time', { at: null }],
    ['an id of 128 characters', { id: 'x'.repeat(128) }],
    ['a unit of 256 characters', { unit: '😀'.repeat(128) }],
    ['the largest value', { value: -1e100 }],
    ['the ends of a range', { metric: 'sentiment_score', value: -1 }],
    ['its type spelled out', { type: 'outcome' }],
  ])('is taken: %s', async (_, extra) => {
    expect(await helios.observe([outcome(extra)])).toEqual(all(1))
  })

  it.each([
    ['a propensity of 1', { propensity: 1 }],
    ['a propensity of 0, as sticky units have', { propensity: 0 }],
    ['the first version', { version: 1 }],
    ['a clock five minutes slow at the start', { at: START - 2 * DAY_MILLISECONDS - 5 * MINUTE }],
  ])('is taken as exposure: %s', async (_, extra) => {
    expect(await helios.observe([exposure(extra)])).toEqual(all(1))
  })

  it('is refused by the range of its metric and by what sums can hold, whichever is narrower', async () => {
    await helios.metrics.create({ key: 'wide', kind: 'mean', range: { minimum: 0, maximum: 1e300 } })
    const { rejected } = await helios.observe([outcome({ metric: 'wide', value: 1e200 })])
    expect(rejected).toMatchObject([{ index: 0, code: 'HEL_VALUE_OUT_OF_RANGE' }])
  })

  it('is dated now when its clock is a little fast, and the start when it is a little slow', async () => {
    const started = START - 2 * DAY_MILLISECONDS
    await helios.observe([
      outcome({ at: START + 4 * MINUTE }),
      exposure({ at: started - MINUTE }),
      outcome({ at: START - 1.5 }),
    ])
    expect([...(store.appended[0]?.at ?? [])].slice(0, 3)).toEqual([START, started, START - 2])
  })

  it('is an exposure until the end, not after', async () => {
    await helios.experiments.complete('tone')
    clock.advance(MINUTE)
    const late = [exposure({ at: START }), exposure({ unit: 'bo', at: START + 1 }), exposure({ unit: 'cy' })]
    const { accepted, rejected } = await helios.observe(late)
    expect(accepted).toBe(1)
    expect(rejected).toMatchObject([
      { index: 1, code: 'HEL_EXPERIMENT_ENDED' },
      { index: 2, code: 'HEL_EXPERIMENT_ENDED' },
    ])
  })
})

describe('a batch', () => {
  it.each([null, undefined, {}, 'x', 7, { length: 1, 0: {} }])(
    'that is %j is refused whole',
    async (batch) => {
      await expect(helios.observe(batch as never)).rejects.toMatchObject({ code: 'HEL_BATCH_INVALID' })
    },
  )

  it('may hold 10,000 events, and not one more', async () => {
    const events = Array.from({ length: MAXIMUM_BATCH }, () => outcome())
    expect(await helios.observe(events)).toEqual(all(MAXIMUM_BATCH))
    const more = helios.observe([...events, outcome()])
    await expect(more).rejects.toMatchObject({
      code: 'HEL_BATCH_TOO_LARGE',
      details: { count: MAXIMUM_BATCH + 1 },
    })
  })

  it('of nothing is nothing', async () => {
    expect(await helios.observe([])).toEqual(all(0))
  })

  it('is taken as it was when it was handed in', async () => {
    const events = [outcome(), outcome()]
    const receipt = helios.observe(events)
    events.length = 0
    expect(await receipt).toEqual(all(2))
  })

  it('that waits is committed with the others, and each gets its own answer', async () => {
    const same = outcome()
    const receipts = await Promise.all([
      helios.observe([same]),
      helios.observe([7, same]),
      helios.observe([outcome()]),
    ])
    expect(receipts).toMatchObject([
      all(1),
      { accepted: 0, duplicates: [1], rejected: [{ index: 0 }] },
      all(1),
    ])
    expect(store.appended).toHaveLength(1)
  })
})

describe('the same id', () => {
  const uuidv4 = '9f0d8c1e-3b1a-4c55-8f5e-0a1b2c3d4e5f'
  const idsOf = {
    UUIDv7: () => uuidv7(clock.now()),
    'UUIDv7 in capitals': () => uuidv7(clock.now()).toUpperCase(),
    'UUIDv7 of two weeks ago': () => uuidv7(clock.now() - 14 * DAY_MILLISECONDS),
    'UUIDv7 of the day after tomorrow': () => uuidv7(clock.now() + 2 * DAY_MILLISECONDS),
    UUIDv4: () => uuidv4,
    'a word': () => 'order-17',
    'words of all kinds': () => 'größe 😀\0\n"\'; DROP TABLE',
  }

  for (const [driver, storageOf] of [
    ['memory', memoryStorage],
    ['sqlite', () => sqliteStorage({ path: ':memory:' })],
  ] as const) {
    it.each(Object.entries(idsOf))(`counts once in ${driver}: %s`, async (_, idOf) => {
      const kept = storageOf()
      helios = await Helios.open({
        storage: { ...kept, close: async () => {} },
        clock,
        groupCommitMilliseconds: 0,
      })
      const id = idOf()
      expect(
        await helios.observe([outcome({ id }), outcome({ id }), outcome({ id, unit: 'bo' })]),
      ).toMatchObject({ accepted: 1, duplicates: [1, 2] })
      expect(await helios.observe([outcome(), outcome({ id })])).toMatchObject({
        accepted: 1,
        duplicates: [1],
      })
      clock.advance(MINUTE)
      expect(await helios.observe([outcome({ id })])).toMatchObject({ accepted: 0, duplicates: [0] })
      for (const way of ['snapshot', 'close', 'crash'] as const) {
        if (way !== 'crash') await helios[way]()
        if (way !== 'snapshot')
          helios = await Helios.open({
            storage: { ...kept, close: async () => {} },
            clock,
            groupCommitMilliseconds: 0,
          })
        clock.advance(MINUTE)
        const again = await helios.observe([outcome({ id }), outcome(), outcome({ id })])
        expect(again, way).toMatchObject({ accepted: 1, duplicates: [0, 2] })
      }
      await kept.close()
    })
  }

  it('in capitals is the same UUIDv7', async () => {
    const id = uuidv7(clock.now())
    expect(await helios.observe([outcome({ id }), outcome({ id: id.toUpperCase() })])).toMatchObject({
      accepted: 1,
      duplicates: [1],
    })
  })

  it('of a sender whose clock is an hour fast counts once, also when it comes true', async () => {
    const id = uuidv7(clock.now() + 60 * MINUTE)
    expect(await helios.observe([outcome({ id })])).toEqual(all(1))
    clock.advance(59 * MINUTE)
    expect(await helios.observe([outcome({ id })])).toMatchObject({ accepted: 0, duplicates: [0] })
  })

  it('is told apart after cold ids have been written out between snapshots', async () => {
    helios = await open({ eventsBetweenSnapshots: 3 })
    const ids = Array.from({ length: 40 }, (_, i) => uuidv7(START - i * 10_000))
    for (const id of ids) await helios.observe([outcome({ id })])
    await helios.flush()
    expect(helios.status().snapshotPosition).toBeGreaterThan(30)
    for (const id of ids)
      expect(await helios.observe([outcome({ id })])).toMatchObject({ accepted: 0, duplicates: [0] })
  })
})

describe('a store that fails', () => {
  const events = () => [
    exposure({ id: uuidv7(clock.now()), unit: 'new one' }),
    outcome({ id: uuidv7(clock.now()), unit: 'new one' }),
    outcome({ id: 'order-1', unit: 'another' }),
  ]

  it('refuses all who waited, and nothing is counted', async () => {
    store.failing = true
    const receipts = await Promise.allSettled([
      helios.observe(events()),
      helios.observe([outcome()]),
      helios.expose(helios.decide('tone', { unit: 'u' })),
    ])
    expect(receipts.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(helios.status().position).toBe(0)
    expect((await helios.analyse('tone')).units).toBe(0)
  })

  it('takes the same events exactly once when it works again', async () => {
    const sent = events()
    store.failing = true
    for (let i = 0; i < 3; i++) await expect(helios.observe(sent)).rejects.toThrow('disk full')
    store.failing = false
    expect(await helios.observe(sent)).toEqual(all(3))
    expect(await helios.observe(sent)).toMatchObject({ accepted: 0, duplicates: [0, 1, 2] })
    expect((await helios.analyse('tone')).units).toBe(1)
    expect(await helios.verify()).toMatchObject({ equal: true, events: 3 })
  })

  it('does not lose an event because others were taken before it was sent again', async () => {
    const sent = events()
    store.failing = true
    await expect(helios.observe(sent)).rejects.toThrow('disk full')
    store.failing = false
    await helios.observe([outcome({ id: uuidv7(clock.now()), unit: 'somebody else' })])
    expect(await helios.observe(sent)).toEqual(all(3))
    expect(await helios.verify()).toMatchObject({ equal: true, events: 4 })
  })

  it('leaves a log that the next process reads the same way', async () => {
    store.failing = true
    await expect(helios.observe(events())).rejects.toThrow('disk full')
    await helios.snapshot()
    store.failing = false
    await helios.observe([
      exposure({ unit: 'third' }),
      outcome({ unit: 'third', value: 5 }),
      outcome({ unit: 'another', metric: 'cost' }),
    ])
    const before = JSON.stringify(await helios.analyse('tone'))
    helios = await open()
    expect(JSON.stringify(await helios.analyse('tone'))).toBe(before)
    expect(await clicks()).toMatchObject({ n: 1, mean: 5 })
    expect(await helios.verify()).toMatchObject({ equal: true })
  })

  it('at its snapshots goes on taking events', async () => {
    helios = await open({ eventsBetweenSnapshots: 1 })
    store.failingSnapshots = true
    for (let i = 0; i < 3; i++) {
      expect(await helios.observe([outcome()])).toEqual(all(1))
      await helios.flush()
    }
    store.failingSnapshots = false
    await helios.observe([outcome()])
    await helios.flush()
    expect(helios.status()).toMatchObject({ position: 4, snapshotPosition: 4 })
  })

  it('at the last snapshot is closed all the same', async () => {
    let isClosed = false
    store.close = async () => {
      isClosed = true
    }
    await helios.observe([outcome()])
    store.failingSnapshots = true
    await expect(helios.close()).rejects.toThrow('disk full')
    expect(isClosed).toBe(true)
  })
})

describe('events that come while others are being committed', () => {
  it('form the next commit, and are told apart from those under way', async () => {
    let release = () => {}
    store.gate = new Promise((resolve) => {
      release = resolve
    })
    const same = outcome({ id: uuidv7(clock.now()) })
    const word = outcome({ id: 'order-2' })
    const first = helios.observe([same, word])
    await new Promise((resolve) => setTimeout(resolve, 10))
    const later = [helios.observe([same, outcome()]), helios.observe([word, outcome({ unit: 'bo' })])]
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(store.appended).toHaveLength(0)
    release()
    expect(await Promise.all([first, ...later])).toMatchObject([
      all(2),
      { accepted: 1, duplicates: [0] },
      { accepted: 1, duplicates: [0] },
    ])
    expect(store.appended.map(({ length }) => length)).toEqual([2, 2])
  })

  it('without pause leave others their turn: timers, and work between commits', async () => {
    let isSending = true
    const senders = [1, 2, 3].map(async () => {
      for (let i = 0; isSending && i < 20_000; i++) await helios.observe([outcome()])
      return isSending
    })
    await new Promise((resolve) => setTimeout(resolve, 5))
    await helios.snapshot()
    expect(helios.status().snapshotPosition).toBeGreaterThan(0)
    isSending = false
    expect(await Promise.all(senders)).toEqual([false, false, false])
  })

  it('are numbered without gaps', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        helios.observe(Array.from({ length: 1 + (i % 7) * 100 }, () => outcome())),
      ),
    )
    let next = 1
    for (const { firstPosition, lastPosition } of store.appended) {
      expect(firstPosition).toBe(next)
      next = lastPosition + 1
    }
    expect(helios.status().position).toBe(next - 1)
  })
})

describe('closing', () => {
  it('answers everything that was handed in, then takes nothing more', async () => {
    const receipts = [helios.observe([exposure()]), helios.observe([outcome()]), helios.observe([null])]
    const closed = helios.close()
    const late = helios.observe([outcome()])
    await expect(late).rejects.toMatchObject({ code: 'HEL_CLOSED' })
    await closed
    expect(await Promise.all(receipts)).toMatchObject([
      all(1),
      all(1),
      { accepted: 0, rejected: [{ index: 0 }] },
    ])
    await expect(helios.observe([])).rejects.toMatchObject({ code: 'HEL_CLOSED' })
    await expect(helios.expose(helios.decide('tone', { unit: 'u' }))).rejects.toMatchObject({
      code: 'HEL_CLOSED',
    })
    helios = await open()
    expect(await clicks()).toMatchObject({ n: 1, mean: 1 })
  })

  it('twice waits for the same end', async () => {
    let isClosed = false
    store.close = async () => {
      isClosed = true
    }
    await helios.observe([outcome()])
    void helios.close()
    await helios.close()
    expect(isClosed).toBe(true)
  })

  it('is done for a caller whose store cannot be read', async () => {
    let closed = 0
    const close = async () => {
      closed += 1
    }
    const registry = { ...store.registry, list: () => Promise.reject(new Error('unreadable')) }
    await expect(Helios.open({ storage: { ...store, close, registry }, clock })).rejects.toThrow('unreadable')
    expect(closed).toBe(1)
  })
})

describe('exposing', () => {
  it('counts the unit in the variant that was decided, once', async () => {
    const decision = helios.decide('tone', { unit: 'ada' })
    expect(await helios.expose(decision)).toEqual(all(1))
    expect(await helios.expose(decision)).toEqual(all(1))
    const { units, sampleRatio } = await helios.analyse('tone')
    expect(units).toBe(1)
    expect(sampleRatio.counts[decision.variant]).toBe(1)
  })

  it('does nothing for decisions that are not tracked', async () => {
    const untracked = [
      helios.decide('draft', { unit: 'ada' }),
      helios.decide('tone', { unit: 'ada', forced: 'warm' }),
    ]
    for (const decision of untracked) expect(await helios.expose(decision)).toEqual(all(0))
    expect(helios.status()).toMatchObject({ position: 0, units: 0 })
  })

  it('may be left unawaited even when it fails', async () => {
    store.failing = true
    const rejections: unknown[] = []
    const listen = (reason: unknown) => rejections.push(reason)
    process.on('unhandledRejection', listen)
    void helios.expose(helios.decide('tone', { unit: 'ada' }))
    await helios.flush()
    await new Promise((resolve) => setTimeout(resolve, 10))
    process.off('unhandledRejection', listen)
    expect(rejections).toEqual([])
  })
})

describe('deciding', () => {
  it.each(['', 'x'.repeat(257), 'x\ud800', 7, null, undefined])('refuses what is no unit: %j', (unit) => {
    expect(() => helios.decide('tone', { unit: unit as string })).toThrow(
      expect.objectContaining({ code: 'HEL_UNIT_INVALID' }),
    )
  })
})
