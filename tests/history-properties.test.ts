import { Helios, manualClock, memoryStorage } from '@helios/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, type Event, expectSummary, METRICS, recompute, START } from './loop-model.ts'

const KEY = 'one'
const SHOWN = ['spend', 'rating', 'value', 'back'] as const
/** Points beyond which intervals are doubled. */
const MOST_POINTS = 241

/** Milliseconds from one event to the next; often such that an event falls on the end of an interval. */
const pause = fc.oneof(
  fc.constantFrom(0, 10_000, 20_000),
  fc.integer({ min: 1, max: 20_000 }),
  fc.integer({ min: 1, max: 1_800_000 }),
)
const unit = fc.integer({ min: 0, max: 9 }).map((i) => `unit ${i}`)
const step = fc.oneof(
  fc.record({
    kind: fc.constant('exposure' as const),
    pause,
    unit,
    variant: fc.constantFrom('a', 'b'),
  }),
  fc.record({
    kind: fc.constant('outcome' as const),
    pause,
    unit,
    metric: fc.constantFrom('spend', 'rating', 'visits'),
    value: fc.integer({ min: 0, max: 9 }),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function eventsFrom(steps: readonly Step[]): Event[] {
  let at = START
  return steps.map((given, i) => {
    at += given.pause
    const id = `id-${i}`
    const { unit } = given
    if (given.kind === 'outcome') return { id, unit, metric: given.metric, value: given.value, at }
    return { type: 'exposure', id, experiment: KEY, unit, variant: given.variant, at }
  })
}

async function follow(events: readonly Event[]): Promise<Helios> {
  const clock = manualClock(START)
  const helios = await Helios.open({ storage: memoryStorage(), clock, groupCommitMilliseconds: 0 })
  for (const key of ['spend', 'rating', 'visits', 'value', 'back'])
    await helios.metrics.create(METRICS.find((metric) => metric.key === key))
  const variants = [{ key: 'a', control: true }, { key: 'b' }]
  await helios.experiments.create({ key: KEY, variants, metrics: { primary: SHOWN } })
  await helios.experiments.start(KEY)
  clock.set((events.at(-1)?.at ?? START) + DAY)
  const { rejected } = await helios.observe(events)
  expect(rejected).toEqual([])
  return helios
}

describe('the history of events that arrive in order', () => {
  it('is at each moment what was known by then', { timeout: 120_000 }, async () => {
    let longest = 0
    const steps = fc.array(step, { minLength: 1, maxLength: 900, size: 'max' })
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(19), async (given, offset) => {
        const events = eventsFrom(given)
        const helios = await follow(events)
        for (const metric of SHOWN) {
          const { points } = await helios.history(KEY, metric, { evenIfMisleading: true })
          const moments = points.map(({ at }) => at)
          expect(moments).toEqual(moments.toSorted((a, b) => a - b))
          expect(new Set(moments).size).toBe(moments.length)
          expect(points.length).toBeLessThanOrEqual(MOST_POINTS)
          longest = Math.max(longest, points.length)
          for (const point of points.slice(0, -1).filter((_, i) => i % 20 === offset)) {
            const soFar = events.filter(({ at }) => at <= point.at)
            const known = { events: soFar, endedAt: new Map<string, number>(), now: point.at }
            const { vectors } = recompute(known, KEY, metric)
            for (const [variant, rows] of vectors)
              expectSummary(
                point.variants[variant],
                rows,
                metric === 'value',
                `${metric} ${variant} ${point.at}`,
              )
          }
        }
        expect(await helios.verify()).toMatchObject({ equal: true })
        await helios.close()
      }),
      { numRuns: 25, seed: 20260301 },
    )
    // Long enough that checkpoints were dropped and the interval was doubled.
    expect(longest).toBeGreaterThan(100)
  })
})
