import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Helios, manualClock, memoryStorage, type Storage, sqliteStorage } from '@helios/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/**
 * Whatever is said of names, in whatever order events arrive: units that turn out to be one count as one
 * that had all their events. Compared with a computation that knows all names from the beginning.
 */

const START = Date.parse('2026-03-01T10:00:00Z')
const HOUR = 3_600_000
const VARIANTS = ['a', 'b'] as const
const METRICS = [
  { key: 'spend', kind: 'mean' },
  { key: 'bought', kind: 'proportion', source: 'spend' },
  { key: 'rating', kind: 'mean', aggregation: 'mean' },
] as const
const EXPERIMENTS = ['one', 'two'] as const
/** With windows the events of both names are not told apart for ever; here only replays are compared. */
const WINDOWED = [
  { key: 'soon', kind: 'mean', source: 'spend', windowDays: 0.01 },
  { key: 'best', kind: 'mean', source: 'rating', aggregation: 'maximum', windowDays: 0.02 },
  { key: 'latest', kind: 'mean', source: 'rating', aggregation: 'last' },
  { key: 'adjusted', kind: 'mean', source: 'spend', covariateDays: 0.01 },
  { key: 'back', kind: 'retention', source: '*', retention: { fromDay: 0.01, toDay: 0.03 } },
] as const

const unit = fc.integer({ min: 0, max: 9 }).map((i) => `unit ${i}`)
const exposure = fc.record({
  kind: fc.constant('exposure' as const),
  experiment: fc.constantFrom(...EXPERIMENTS, 'windowed'),
  variant: fc.constantFrom(...VARIANTS),
  unit,
})
const outcome = fc.record({
  kind: fc.constant('outcome' as const),
  metric: fc.constantFrom('spend', 'rating'),
  value: fc.integer({ min: 0, max: 9 }),
  unit,
})
const identity = fc.record({ kind: fc.constant('identity' as const), unit, previous: unit })
const operation = fc.oneof(
  { weight: 8, arbitrary: exposure },
  { weight: 16, arbitrary: outcome },
  { weight: 3, arbitrary: identity },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'snapshot' as const }) },
)
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never
type Given = Exclude<Operation, { kind: 'restart' | 'snapshot' }> & { readonly at: number }

/** Every event has a minute of its own, so that it is clear which exposure was the first. */
const operations = fc.array(operation, { minLength: 5, maxLength: 80, size: 'max' }).chain((steps) =>
  fc
    .shuffledSubarray(
      steps.map((_, i) => START + i * 60_000),
      { minLength: steps.length },
    )
    .map((times) => steps.map((step, i) => ({ ...step, at: times[i] as number }))),
)

async function open(storage: Storage): Promise<Helios> {
  return Helios.open({ storage, clock: manualClock(START + 3 * HOUR), groupCommitMilliseconds: 0 })
}

async function prepare(storage: Storage): Promise<void> {
  const helios = await Helios.open({ storage, clock: manualClock(START) })
  for (const metric of [...METRICS, ...WINDOWED]) await helios.metrics.create(metric)
  for (const key of [...EXPERIMENTS, 'windowed']) {
    const variants = VARIANTS.map((variant, i) => ({ key: variant, control: i === 0 }))
    const primary = (key === 'windowed' ? WINDOWED : METRICS).map((metric) => metric.key)
    await helios.experiments.create({
      key,
      variants,
      metrics: { primary },
      dimensions: ['country'],
      sticky: true,
    })
    await helios.experiments.start(key)
  }
  await helios.close()
}

function eventOf(given: Given, id: string): object {
  const { at, unit } = given
  if (given.kind === 'outcome') return { id, unit, at, metric: given.metric, value: given.value }
  if (given.kind === 'identity') return { type: 'identity', id, unit, at, previous: given.previous }
  const { experiment, variant } = given
  return { type: 'exposure', id, unit, at, experiment, variant, dimensions: { country: variant } }
}

/** The name of each unit in the end: the first of its circle that was said to be another one, and so on. */
function namesFrom(known: readonly Given[]): (unit: string) => string {
  const targets = new Map<string, string>()
  const resolve = (name: string): string => {
    const target = targets.get(name)
    return target === undefined ? name : resolve(target)
  }
  for (const each of known) {
    if (each.kind !== 'identity') continue
    const [to, from] = [resolve(each.unit), resolve(each.previous)]
    if (to !== from) targets.set(from, to)
  }
  return resolve
}

function recompute(known: readonly Given[], experiment: string) {
  const nameOf = namesFrom(known)
  const first = new Map<string, { readonly at: number; readonly variant: string }>()
  const seen = new Map<string, Set<string>>()
  for (const each of known) {
    if (each.kind !== 'exposure' || each.experiment !== experiment) continue
    const name = nameOf(each.unit)
    const earlier = first.get(name)
    if (!earlier || each.at < earlier.at) first.set(name, each)
    seen.set(name, (seen.get(name) ?? new Set()).add(each.variant))
  }
  const values = (metric: string, variant: string) =>
    [...first]
      .filter(([, exposure]) => exposure.variant === variant)
      .flatMap(([name, { at }]) => {
        const outcomes = known.flatMap((each) =>
          each.kind === 'outcome' && nameOf(each.unit) === name && each.at >= at ? [each] : [],
        )
        const spent = outcomes.flatMap((each) => (each.metric === 'spend' ? [each.value] : []))
        const ratings = outcomes.flatMap((each) => (each.metric === 'rating' ? [each.value] : []))
        if (metric === 'spend') return [sum(spent)]
        if (metric === 'bought') return [spent.some((value) => value !== 0) ? 1 : 0]
        return ratings.length === 0 ? [] : [sum(ratings) / ratings.length]
      })
  return { first, crossovers: [...seen.values()].filter(({ size }) => size > 1).length, values }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

async function expectAgreement(helios: Helios, known: readonly Given[]): Promise<void> {
  const nameOf = namesFrom(known)
  for (const experiment of EXPERIMENTS) {
    const { first, crossovers, values } = recompute(known, experiment)
    const analysis = await helios.analyse(experiment, { evenIfMisleading: true })
    expect(analysis.crossover.units).toBe(crossovers)
    expect(analysis.units).toBe(first.size)
    for (const metric of METRICS) {
      const segments = await helios.segments(experiment, metric.key, { evenIfMisleading: true })
      for (const variant of VARIANTS) {
        const expected = values(metric.key, variant)
        const found = analysis.metrics[metric.key]?.variants[variant]
        expect(found?.n).toBe(expected.length)
        if (expected.length > 0) expect(found?.mean).toBeCloseTo(sum(expected) / expected.length, 10)
        // The country of an exposure is its variant: a segment holds the variant's units and no others.
        const segment = segments.dimensions[0]?.segments.find(({ value }) => value === variant)
        expect(segment?.variants[variant]?.n ?? 0).toBe(expected.length)
        expect(sum(Object.values(segment?.units ?? {}))).toBe(segment?.units[variant] ?? 0)
      }
    }
    const { hours } = helios.traffic(experiment)
    expect(sum(hours.flatMap(({ units }) => Object.values(units)))).toBe(first.size)
    for (const each of known) {
      const sticky = first.get(nameOf(each.unit))?.variant
      const decision = helios.decide(experiment, { unit: each.unit })
      if (sticky === undefined) expect(decision.reason).toBe('assigned')
      else expect(decision).toMatchObject({ reason: 'sticky', variant: sticky })
    }
  }
}

async function follow(reopen: () => Promise<Storage>, steps: readonly (Operation & { at: number })[]) {
  let storage = await reopen()
  await prepare(storage)
  storage = await reopen()
  let helios = await open(storage)
  const known: Given[] = []
  let waiting: Given[] = []
  const send = async () => {
    const { rejected } = await helios.observe(waiting.map((each) => eventOf(each, `id-${each.at}`)))
    const unsound = waiting.filter((each) => each.kind === 'identity' && each.unit === each.previous)
    expect(rejected.map(({ code }) => code)).toEqual(unsound.map(() => 'HEL_EVENT_INVALID'))
    known.push(...waiting.filter((each) => !unsound.includes(each)))
    waiting = []
  }
  for (const step of steps) {
    if (step.kind !== 'snapshot' && step.kind !== 'restart') {
      waiting.push(step)
      continue
    }
    await send()
    if (step.kind === 'snapshot') await helios.snapshot()
    else {
      await helios.close()
      storage = await reopen()
      helios = await open(storage)
    }
  }
  await send()
  await expectAgreement(helios, known)
  expect(await helios.verify()).toMatchObject({ equal: true, differences: [] })
  const analyses = []
  for (const key of [...EXPERIMENTS, 'windowed'])
    analyses.push(await helios.analyse(key, { evenIfMisleading: true }))
  await helios.close()
  return JSON.stringify(analyses)
}

describe('units that turn out to be one', () => {
  const runs = Number(process.env['HELIOS_PROPERTY_RUNS'] ?? 60)

  it('count as one that had all their events', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(operations, async (steps) => {
        const kept = { ...memoryStorage(), close: async () => {} }
        const fromMemory = await follow(async () => kept, steps)
        const directory = await mkdtemp(path.join(tmpdir(), 'helios-identity-'))
        try {
          const file = path.join(directory, 'helios.db')
          expect(await follow(async () => sqliteStorage({ path: file }), steps)).toBe(fromMemory)
        } finally {
          await rm(directory, { recursive: true })
        }
      }),
      { numRuns: runs },
    )
  })
})
