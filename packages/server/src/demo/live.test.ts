import { Helios, manualClock } from '@helios/engine'
import type { HeliosEvent } from '@helios/sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DemoApi } from './api.ts'
import { RequestRefused } from './api.ts'
import { demoClock } from './demo-clock.ts'
import { DueEvents } from './due-events.ts'
import { FetchedDefinitions } from './fetched-definitions.ts'
import { Ledger } from './ledger.ts'
import { sendLiveTraffic } from './live.ts'
import { SCENARIOS } from './scenarios.ts'

let helios: Helios
beforeAll(async () => {
  helios = await Helios.open()
  for (const { experiment, metrics = [] } of SCENARIOS) {
    for (const metric of metrics) await helios.metrics.create(metric)
    await helios.experiments.create(experiment)
    await helios.experiments.start(experiment.key)
  }
})
afterAll(() => helios.close())

const SECONDS = 4

/** Runs so many ticks, each a second after the one before by the clock given; the events that were sent. */
async function run(
  speed: (tick: number) => number,
  api: Partial<DemoApi> = {},
): Promise<{ sent: HeliosEvent[]; ledger: Ledger }> {
  const sent: HeliosEvent[] = []
  const abort = new AbortController()
  const time = manualClock(1_800_000_000_000)
  let tick = 0
  const system = { now: () => time.now() }
  const fake = {
    sendEvents: async (events: readonly HeliosEvent[]) => {
      sent.push(...events)
      return { accepted: events.length, duplicates: [], rejected: [] }
    },
    // Asked once a second, so once in every tick of this clock.
    getIfChanged: async () => {
      if (tick === SECONDS) abort.abort()
      tick += 1
      time.advance(1000)
      return { answer: { definitions: helios.experiments.definitions() }, tag: undefined }
    },
    ...api,
  } as unknown as DemoApi
  const ledger = new Ledger(system)
  const world = {
    scenarios: SCENARIOS,
    seed: 1,
    api: fake,
    clock: demoClock(system),
    system,
    definitions: new FetchedDefinitions(fake, system),
    due: new DueEvents(),
    ledger,
    signal: abort.signal,
  }
  await sendLiveTraffic(world, 0, () => speed(tick))
  return { sent, ledger }
}

const unitsOf = (events: readonly HeliosEvent[]): Set<string> => new Set(events.map(({ unit }) => unit))

it('brings more visitors at a higher speed', async () => {
  const [slow, fast] = [await run(() => 2), await run(() => 20)]
  // Some of the visitors take no part, or are lost; those that arrive are as many a second as the speed says.
  const arrived = SECONDS
  expect(unitsOf(slow.sent).size).toBeGreaterThan(2 * arrived * 0.5)
  expect(unitsOf(slow.sent).size).toBeLessThanOrEqual(2 * arrived)
  expect(unitsOf(fast.sent).size).toBeGreaterThan(20 * arrived * 0.5)
  expect(unitsOf(fast.sent).size).toBeLessThanOrEqual(20 * arrived)
})

it('sends nothing at all at speed 0', async () => {
  expect((await run(() => 0)).sent).toEqual([])
  const { sent } = await run((tick) => (tick <= 3 ? 0 : 20))
  expect(sent.length).toBeGreaterThan(0)
})

it('brings the same visitors to the same seed and run', async () => {
  const [first, second] = [await run(() => 5), await run(() => 5)]
  expect(first.sent).toEqual(second.sent)
})

it('goes on when the server refuses, and keeps account', async () => {
  const { ledger } = await run(() => 5, {
    sendEvents: async () => {
      throw new RequestRefused('HEL_UNAUTHENTICATED', 401, 'Send a valid API key.')
    },
  })
  expect(ledger.counts).toMatchObject({
    unitsSent: 0,
    eventsSent: 0,
    refused: { last: { code: 'HEL_UNAUTHENTICATED', message: 'Send a valid API key.' } },
  })
  expect(ledger.counts.refused.requests).toBeGreaterThanOrEqual(SECONDS - 1)
  expect(ledger.counts.refused.events).toBeGreaterThan(0)
})
