import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  Helios,
  type ManualClock,
  manualClock,
  memoryStorage,
  type Storage,
  sqliteStorage,
  type VariantSummary,
} from '@helios/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/**
 * Any sequence of operations gives the same statistics from the memory driver, from the sqlite driver
 * and from a computation that keeps every event and adds everything up at the end.
 */

const START = Date.parse('2026-03-01T10:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const LATENESS_DAYS = 2

const METRICS = [
  { key: 'spend', kind: 'mean' },
  { key: 'capped', kind: 'mean', source: 'spend', cap: 5 },
  { key: 'first_hours', kind: 'count', source: 'spend', aggregation: 'count', windowDays: 0.25 },
  { key: 'bought', kind: 'proportion', source: 'spend', windowDays: 1 },
  { key: 'rating', kind: 'mean', aggregation: 'mean' },
  { key: 'best', kind: 'mean', source: 'rating', aggregation: 'maximum' },
  { key: 'worst', kind: 'mean', source: 'rating', aggregation: 'minimum', missing: 'zero' },
  { key: 'latest', kind: 'mean', source: 'rating', aggregation: 'last' },
  {
    key: 'value',
    kind: 'ratio',
    numerator: [
      { source: 'spend', weight: 1 },
      { source: 'rating', weight: -1 },
    ],
    denominator: 'visits',
  },
  { key: 'visits', kind: 'count' },
  { key: 'adjusted', kind: 'mean', source: 'visits', covariateDays: 1 },
  { key: 'back', kind: 'retention', source: '*', retention: { fromDay: 0.5, toDay: 1 } },
] as const
type MetricSpec = {
  key: string
  kind: string
  source?: string
  aggregation?: string
  windowDays?: number
  cap?: number
  missing?: string
}

const EXPERIMENTS = [
  { key: 'one', variants: ['a', 'b'], metrics: METRICS.map(({ key }) => key) },
  { key: 'two', variants: ['x', 'y', 'z'], metrics: ['spend', 'bought', 'latest', 'back'] },
]

interface Exposure {
  readonly type: 'exposure'
  readonly id: string
  readonly experiment: string
  readonly variant: string
  readonly unit: string
  readonly at: number
}
interface Outcome {
  readonly id: string
  readonly metric: string
  readonly unit: string
  readonly value: number
  readonly at: number
}
type Event = Exposure | Outcome

const unit = fc.integer({ min: 0, max: 7 }).map((i) => `unit ${i}`)
/** Minutes before now; often beyond the attribution windows, sometimes in the future, never too late. */
const minutesAgo = fc.oneof(fc.integer({ min: -4, max: 90 }), fc.integer({ min: 0, max: 47 * 60 }))
const experiment = fc.constantFrom(...EXPERIMENTS)
const exposure = fc.record({
  kind: fc.constant('exposure' as const),
  of: experiment,
  unit,
  pick: fc.nat(2),
  minutesAgo,
})
const outcome = fc.record({
  kind: fc.constant('outcome' as const),
  metric: fc.constantFrom('spend', 'rating', 'visits'),
  unit,
  value: fc.oneof(fc.integer({ min: -3, max: 9 }), fc.double({ min: -1e3, max: 1e3, noNaN: true })),
  minutesAgo,
})
const operation = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('events' as const),
      events: fc.array(fc.oneof(exposure, outcome, outcome), { maxLength: 12 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      minutes: fc.integer({ min: 1, max: 26 * 60 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'resend' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'snapshot' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), crash: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reweigh' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'add-metric' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('complete' as const), of: experiment }) },
)
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

/** A Helios, what was accepted by it, and how to bring it back. */
interface Subject {
  helios: Helios
  readonly clock: ManualClock
  readonly open: () => Promise<Storage>
  storage: Storage
  readonly accepted: { event: Event }[]
  readonly endedAt: Map<string, number>
  ids: number
}

async function openSubject(open: () => Promise<Storage>): Promise<Subject> {
  const clock = manualClock(START)
  const storage = await open()
  const helios = await Helios.open({
    storage,
    clock,
    latenessDays: LATENESS_DAYS,
    groupCommitMilliseconds: 0,
  })
  for (const metric of METRICS) if (metric.key !== 'adjusted') await helios.metrics.create(metric)
  await helios.metrics.create(METRICS.find(({ key }) => key === 'adjusted'))
  for (const { key, variants, metrics } of EXPERIMENTS) {
    await helios.experiments.create({
      key,
      variants: variants.map((variant, i) => ({ key: variant, control: i === 0 })),
      metrics: { primary: metrics.filter((name) => name !== 'capped') },
    })
    await helios.experiments.start(key)
  }
  clock.advance(3 * DAY)
  return { helios, clock, open, storage, accepted: [], endedAt: new Map(), ids: 0 }
}

async function perform(subject: Subject, step: Operation): Promise<void> {
  const { clock } = subject
  switch (step.kind) {
    case 'events':
      return send(
        subject,
        step.events.map((given) => eventOf(given, clock.now(), `id-${subject.ids++}`)),
      )
    case 'wait':
      clock.advance(step.minutes * MINUTE)
      return
    case 'resend': {
      const again = subject.accepted.slice(-20).map(({ event }) => event)
      const receipt = await subject.helios.observe(again)
      expect(receipt.accepted).toBe(0)
      return
    }
    case 'snapshot':
      return subject.helios.snapshot()
    case 'restart': {
      if (step.crash) await subject.storage.close()
      else await subject.helios.close()
      subject.storage = await subject.open()
      subject.helios = await Helios.open({
        storage: subject.storage,
        clock,
        latenessDays: LATENESS_DAYS,
        groupCommitMilliseconds: 0,
      })
      return
    }
    case 'reweigh':
      if (!subject.endedAt.has('one')) {
        await subject.helios.experiments.edit('one', {
          allocation: { kind: 'weighted', weights: { a: 3, b: 1 } },
        })
      }
      return
    case 'add-metric':
      if (!subject.endedAt.has('one'))
        await subject.helios.experiments.edit('one', { metrics: { secondary: ['capped'] } })
      return
    case 'complete':
      if (subject.endedAt.has(step.of.key)) return
      await subject.helios.experiments.complete(step.of.key)
      subject.endedAt.set(step.of.key, clock.now())
  }
}

type Given =
  typeof exposure extends fc.Arbitrary<infer E>
    ? E | (typeof outcome extends fc.Arbitrary<infer O> ? O : never)
    : never

function eventOf(given: Given, now: number, id: string): Event {
  const at = now - given.minutesAgo * MINUTE
  if (given.kind === 'outcome') return { id, metric: given.metric, unit: given.unit, value: given.value, at }
  const variant = given.of.variants[given.pick % given.of.variants.length] as string
  return { type: 'exposure', id, experiment: given.of.key, variant, unit: given.unit, at }
}

async function send(subject: Subject, events: readonly Event[]): Promise<void> {
  const receipt = await subject.helios.observe(events)
  const rejected = new Set(receipt.rejected.map(({ index }) => index))
  expect(receipt.accepted + rejected.size).toBe(events.length)
  for (const [i, event] of events.entries()) {
    // What a fast clock dates after its arrival happened when it arrived.
    const at = Math.min(event.at, subject.clock.now())
    if (!rejected.has(i)) subject.accepted.push({ event: { ...event, at } })
  }
}

/** From scratch: sort out each unit's first exposure, then its outcomes, then the two-pass formulas. */
function recompute(subject: Subject, key: string, metricKey: string) {
  const { variants } = EXPERIMENTS.find((each) => each.key === key) as (typeof EXPERIMENTS)[number]
  const first = new Map<string, Exposure>()
  const seen = new Map<string, Set<string>>()
  for (const { event } of subject.accepted) {
    if (!('experiment' in event) || event.experiment !== key) continue
    const known = first.get(event.unit)
    if (!known || event.at < known.at) first.set(event.unit, event)
    seen.set(event.unit, (seen.get(event.unit) ?? new Set()).add(event.variant))
  }
  const vectors = new Map<string, number[][]>(variants.map((variant) => [variant, []]))
  for (const [unitName, { at, variant }] of first) {
    const vector = vectorOf(subject, key, metricKey, unitName, at)
    if (vector) vectors.get(variant)?.push(vector)
  }
  return {
    counts: variants.map((variant) => [...first.values()].filter((each) => each.variant === variant).length),
    crossovers: [...seen.values()].filter((set) => set.size > 1).length,
    vectors,
  }
}

function vectorOf(
  subject: Subject,
  key: string,
  metricKey: string,
  unitName: string,
  exposedAt: number,
): number[] | undefined {
  const metric = METRICS.find((each) => each.key === metricKey) as MetricSpec
  const endedAt = subject.endedAt.get(key) ?? Number.POSITIVE_INFINITY
  const outcomes = subject.accepted
    .filter(({ event }) => 'metric' in event && event.unit === unitName && event.at <= endedAt)
    .map(({ event }) => event as Outcome)
  const within = (source: string, from: number, to: number) =>
    outcomes.filter(
      (each) =>
        (source === '*' || each.metric === source) && each.at - exposedAt >= from && each.at - exposedAt < to,
    )
  const total = (list: readonly Outcome[]) => list.reduce((sum, each) => sum + each.value, 0)
  const window = (metric.windowDays ?? Number.POSITIVE_INFINITY) * DAY
  if (metric.kind === 'retention') {
    const day = (time: number) => Math.floor(time / DAY)
    if (day(exposedAt) >= day(subject.clock.now() - DAY)) return undefined
    return [within('*', 0.5 * DAY, DAY).length > 0 ? 1 : 0]
  }
  if (metric.kind === 'ratio') {
    return [
      total(within('spend', 0, window)) - total(within('rating', 0, window)),
      total(within('visits', 0, window)),
    ]
  }
  const list = within(metric.source ?? metric.key, 0, window)
  if (metric.kind === 'proportion') return [list.some((each) => each.value !== 0) ? 1 : 0]
  const values = list.map((each) => each.value)
  const aggregate = {
    sum: () => total(list),
    count: () => list.length,
    mean: () => (list.length === 0 ? undefined : total(list) / list.length),
    maximum: () => (list.length === 0 ? undefined : Math.max(...values)),
    minimum: () => (list.length === 0 ? 0 : Math.min(...values)),
    last: () => list.toSorted((a, b) => a.at - b.at || a.value - b.value).at(-1)?.value,
  }[metric.aggregation ?? 'sum'] as () => number | undefined
  const value = aggregate()
  return value === undefined ? undefined : [Math.min(value, metric.cap ?? Number.POSITIVE_INFINITY)]
}

async function expectAgreement(subject: Subject): Promise<void> {
  for (const { key, variants } of EXPERIMENTS) {
    const analysis = await subject.helios.analyse(key, { evenIfMisleading: true })
    for (const [metricKey, metric] of Object.entries(analysis.metrics)) {
      const { counts, crossovers, vectors } = recompute(subject, key, metricKey)
      expect(Object.values(analysis.sampleRatio.counts)).toEqual(counts)
      expect(analysis.crossover.units).toBe(crossovers)
      for (const variant of variants) {
        const rows = vectors.get(variant) as number[][]
        expectSummary(
          metric.variants[variant],
          rows,
          metric.kind === 'ratio',
          `${key} ${metricKey} ${variant}`,
        )
      }
    }
  }
}

/** Compares one summary with the two-pass formulas, to the rounding of the naive computation. */
function expectSummary(
  found: VariantSummary | undefined,
  rows: readonly number[][],
  isRatio: boolean,
  what: string,
): void {
  expect(found?.n, `${what} n`).toBe(rows.length)
  const scale = Math.max(1, ...rows.flat().map(Math.abs))
  const mean = (i: number) => rows.reduce((sum, row) => sum + (row[i] as number), 0) / rows.length
  const expected = isRatio ? mean(0) / mean(1) : mean(0)
  if (Number.isFinite(expected)) {
    const tolerance = 1e-11 * scale * Math.max(1, isRatio ? 1 / mean(1) ** 2 : 1)
    expect(Math.abs((found?.mean as number) - expected), `${what} mean`).toBeLessThanOrEqual(tolerance)
  }
  if (isRatio || rows.length < 2) return
  const variance = rows.reduce((sum, row) => sum + ((row[0] as number) - mean(0)) ** 2, 0) / (rows.length - 1)
  const error = Math.abs((found?.variance as number) - variance)
  expect(error, `${what} variance`).toBeLessThanOrEqual(1e-10 * scale * scale)
}

async function follow(open: () => Promise<Storage>, steps: readonly Operation[]): Promise<string> {
  const subject = await openSubject(open)
  for (const step of steps) await perform(subject, step)
  await expectAgreement(subject)
  expect(await subject.helios.verify()).toMatchObject({ equal: true, differences: [] })
  const analyses = []
  for (const { key } of EXPERIMENTS)
    analyses.push(await subject.helios.analyse(key, { evenIfMisleading: true }))
  await subject.helios.close()
  return JSON.stringify(analyses)
}

describe('any sequence of operations', () => {
  const runs = Number(process.env['HELIOS_PROPERTY_RUNS'] ?? 60)

  it('gives the same statistics from memory, from sqlite and from scratch', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 3, maxLength: 25 }), async (steps) => {
        const kept = { ...memoryStorage(), close: async () => {} }
        const fromMemory = await follow(async () => kept, steps)
        const directory = await mkdtemp(path.join(tmpdir(), 'helios-loop-'))
        try {
          const fromSqlite = await follow(
            async () => sqliteStorage({ path: path.join(directory, 'helios.db') }),
            steps,
          )
          expect(fromSqlite).toBe(fromMemory)
        } finally {
          await rm(directory, { recursive: true })
        }
      }),
      { numRuns: runs },
    )
  })
})
