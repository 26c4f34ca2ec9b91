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
} from '@helios/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DAY,
  type Event,
  EXPERIMENTS,
  expectSummary,
  HOUR,
  type Known,
  LATENESS_DAYS,
  METRICS,
  MINUTE,
  recompute,
  START,
} from './loop-model.ts'

/**
 * Any sequence of operations gives the same statistics from the memory driver, from the sqlite driver
 * and from a computation that keeps every event and adds everything up at the end.
 */

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
  dimensions: fc.option(
    fc.dictionary(fc.constantFrom('country', 'plan', 'other'), fc.constantFrom('DE', 'FR', '')),
    { nil: undefined },
  ),
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
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('divide' as const),
      dimensions: fc.constantFrom([], ['country'], ['plan', 'country']),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('complete' as const), of: experiment }) },
)
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

/** A Helios, what was accepted by it, and how to bring it back. */
interface Subject {
  helios: Helios
  readonly clock: ManualClock
  readonly open: () => Promise<Storage>
  storage: Storage
  readonly accepted: Event[]
  readonly endedAt: Map<string, number>
  readonly dimensions: Map<string, readonly string[]>
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
  for (const { key, variants, metrics, dimensions } of EXPERIMENTS) {
    await helios.experiments.create({
      key,
      variants: variants.map((variant, i) => ({ key: variant, control: i === 0 })),
      metrics: { primary: metrics.filter((name) => name !== 'capped') },
      dimensions,
    })
    await helios.experiments.start(key)
  }
  clock.advance(3 * DAY)
  const dimensions = new Map(EXPERIMENTS.map((each) => [each.key, each.dimensions as readonly string[]]))
  return { helios, clock, open, storage, accepted: [], endedAt: new Map(), dimensions, ids: 0 }
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
      const again = subject.accepted.slice(-20)
      const receipt = await subject.helios.observe(again)
      expect(receipt.accepted).toBe(0)
      return
    }
    case 'snapshot':
      return subject.helios.snapshot()
    case 'restart': {
      if (step.crash) await subject.storage.close()
      else await subject.helios.close()
      await reopen(subject)
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
    case 'divide':
      if (subject.endedAt.has('one')) return
      await subject.helios.experiments.edit('one', { dimensions: step.dimensions })
      subject.dimensions.set('one', step.dimensions)
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
  const { dimensions } = given
  return {
    type: 'exposure',
    id,
    experiment: given.of.key,
    variant,
    unit: given.unit,
    at,
    ...(dimensions ? { dimensions } : {}),
  }
}

async function send(subject: Subject, events: readonly Event[]): Promise<void> {
  const receipt = await subject.helios.observe(events)
  const rejected = new Set(receipt.rejected.map(({ index }) => index))
  expect(receipt.accepted + rejected.size).toBe(events.length)
  for (const [i, event] of events.entries()) {
    // What a fast clock dates after its arrival happened when it arrived.
    const at = Math.min(event.at, subject.clock.now())
    if (!rejected.has(i)) subject.accepted.push({ ...event, at, ...keptDimensions(subject, event) })
  }
}

/** What the experiment declares when an exposure arrives. */
function keptDimensions(subject: Subject, event: Event): { dimensions?: Record<string, string> } {
  if (!('experiment' in event) || !event.dimensions) return {}
  const declared = subject.dimensions.get(event.experiment) ?? []
  const kept = Object.entries(event.dimensions).filter(([name]) => declared.includes(name))
  return { dimensions: Object.fromEntries(kept) }
}

function knownTo(subject: Subject): Known {
  return { events: subject.accepted, endedAt: subject.endedAt, now: subject.clock.now() }
}

async function expectAgreement(subject: Subject): Promise<void> {
  for (const { key, variants } of EXPERIMENTS) {
    const analysis = await subject.helios.analyse(key, { evenIfMisleading: true })
    for (const [metricKey, metric] of Object.entries(analysis.metrics)) {
      const { counts, crossovers, vectors } = recompute(knownTo(subject), key, metricKey)
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

/** Units per hour and variant. */
function expectTraffic(subject: Subject): void {
  for (const { key, variants, metrics } of EXPERIMENTS) {
    const { first } = recompute(knownTo(subject), key, metrics[0] as string)
    const hours = new Map<number, Record<string, number>>()
    for (const { at, variant } of first) {
      const hour = Math.floor(at / HOUR) * HOUR
      const counts = hours.get(hour) ?? Object.fromEntries(variants.map((name) => [name, 0]))
      counts[variant] = (counts[variant] as number) + 1
      hours.set(hour, counts)
    }
    expect(subject.helios.traffic(key).hours).toEqual(
      [...hours].toSorted(([a], [b]) => a - b).map(([at, units]) => ({ at, units })),
    )
  }
}

async function expectSegments(subject: Subject): Promise<void> {
  for (const { key, variants, metrics } of EXPERIMENTS) {
    for (const metric of metrics.filter((name) => name !== 'capped')) {
      const analysis = await subject.helios.segments(key, metric, { evenIfMisleading: true })
      expect(analysis.dimensions.map(({ name }) => name)).toEqual(subject.dimensions.get(key))
      for (const { name, segments } of analysis.dimensions) {
        const { first } = recompute(knownTo(subject), key, metric)
        const values = new Set(first.map(({ dimensions }) => dimensions?.[name]))
        expect(new Set(segments.map(({ value }) => value))).toEqual(values)
        for (const segment of segments) {
          const isIn = ({ dimensions }: { dimensions?: Readonly<Record<string, string>> }) =>
            dimensions?.[name] === segment.value
          const { counts, vectors } = recompute(knownTo(subject), key, metric, isIn)
          expect(Object.values(segment.units)).toEqual(counts)
          for (const variant of variants) {
            const rows = vectors.get(variant) as number[][]
            const what = `${key} ${metric} ${variant} ${name} ${segment.value}`
            expectSummary(segment.variants[variant], rows, analysis.kind === 'ratio', what)
          }
        }
      }
    }
  }
}

/** The last point of the history is the analysis. */
async function expectHistories(subject: Subject): Promise<string> {
  const histories = []
  for (const { key } of EXPERIMENTS) {
    const { metrics } = await subject.helios.analyse(key, { evenIfMisleading: true })
    for (const [name, { variants, comparisons }] of Object.entries(metrics)) {
      const history = await subject.helios.history(key, name, { evenIfMisleading: true })
      const last = history.points.at(-1)
      expect(last?.at).toBe(
        Math.min(subject.clock.now(), subject.endedAt.get(key) ?? Number.POSITIVE_INFINITY),
      )
      for (const [variant, { n, mean }] of Object.entries(variants))
        expect(last?.variants[variant]).toEqual({ n, mean })
      for (const [variant, comparison] of Object.entries(comparisons)) {
        const effect = last?.effects[variant]
        expect(effect?.absolute).toEqual(comparison.status === 'ok' ? comparison.absolute : undefined)
      }
      histories.push(history)
    }
  }
  return JSON.stringify(histories)
}

async function reopen(subject: Subject): Promise<void> {
  subject.storage = await subject.open()
  subject.helios = await Helios.open({
    storage: subject.storage,
    clock: subject.clock,
    latenessDays: LATENESS_DAYS,
    groupCommitMilliseconds: 0,
  })
}

async function follow(open: () => Promise<Storage>, steps: readonly Operation[]): Promise<string> {
  const subject = await openSubject(open)
  for (const step of steps) await perform(subject, step)
  await expectAgreement(subject)
  await expectSegments(subject)
  expectTraffic(subject)
  const histories = await expectHistories(subject)
  expect(await subject.helios.verify()).toMatchObject({ equal: true, differences: [] })
  const analyses = []
  for (const { key } of EXPERIMENTS)
    analyses.push(await subject.helios.analyse(key, { evenIfMisleading: true }))
  await subject.helios.close()
  await reopen(subject)
  expect(await expectHistories(subject)).toBe(histories)
  await subject.helios.close()
  return JSON.stringify(analyses) + histories
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
