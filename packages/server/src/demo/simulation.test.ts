import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Analysis, type Clock, Helios, manualClock } from '@helios/engine'
import type { VariantComparison } from '@helios/sdk'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Serving, serve } from '../serving/serve.ts'
import type { DemoStatus } from './control.ts'
import type { TrueEffect } from './scenario.ts'
import { SCENARIOS } from './scenarios.ts'
import { Simulation, type SimulationOptions } from './simulation.ts'

const NOW = Date.parse('2026-06-10T10:20:30Z')
const HOUR_DAYS = 1 / 24
const still = (): Clock => manualClock(NOW)

interface Demo {
  readonly simulation: Simulation
  readonly serving: Serving
  /** Resolves when the history ends, with whether it is complete. */
  readonly history: Promise<boolean>
  call<Answer>(method: string, address: string, body?: unknown, secret?: string): Promise<Answer>
  close(): Promise<void>
}

const settingsOf = (store: string) => ({
  path: store,
  port: 0,
  host: '127.0.0.1',
  logLevel: 'silent' as const,
  corsOrigins: [],
  json: true,
})

/** A demo that listens, with real HTTP between the traffic and the server. */
async function startDemo(
  options: Partial<SimulationOptions> = {},
  store = ':memory:',
  onProgress: (share: number, simulation: Simulation) => void = () => {},
): Promise<Demo> {
  const simulation = new Simulation({ seed: 1, speed: 0, system: still(), ...options })
  const serving = await serve(settingsOf(store), false, { clock: simulation.clock, demo: simulation })
  const history = new Promise<boolean>((resolve, reject) => {
    simulation.start(serving, {
      onProgress: (share) => onProgress(share, simulation),
      onHistoryEnd: resolve,
      onFailure: reject,
    })
  })
  const { secret: admin } = await serving.keys.create({ name: 'test', scopes: ['admin'], by: 'test' })
  return {
    simulation,
    serving,
    history,
    call: async <Answer>(method: string, address: string, body?: unknown, secret = admin) => {
      const response = await fetch(`${serving.url}${address}`, {
        method,
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return (await response.json()) as Answer
    },
    close: async () => {
      await serving.server.close()
      await serving.helios.close()
    },
  }
}

/** Status and numbers of every experiment that was started. */
async function analyses(demo: Demo): Promise<Record<string, Analysis>> {
  const keys = SCENARIOS.filter(({ schedule }) => schedule.start !== undefined)
  const entries = keys.map(async ({ experiment: { key } }) => {
    const question = `/v1/experiments/${key}/analysis?evenIfMisleading=true`
    return [key, await demo.call<Analysis>('GET', question)] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

/**
 * An estimate lies within 4 of its standard errors of the truth, read off its 95 % interval: by chance it does
 * not in 6 of 100,000 cases, and these visitors are always the same.
 */
function expectTruth(
  comparison: VariantComparison | undefined,
  { scale, effect }: TrueEffect,
  name: string,
): void {
  if (comparison?.status !== 'ok' || comparison.relative.status !== 'ok')
    throw new Error(`${name} has no numbers`)
  const { estimate, low, high } = scale === 'absolute' ? comparison.absolute : comparison.relative
  expect(Math.abs(estimate - effect) / ((high - low) / 2 / 1.96), name).toBeLessThan(4)
}

describe('after six days of history', () => {
  let demo: Demo
  let found: Record<string, Analysis>
  beforeAll(async () => {
    demo = await startDemo()
    expect(await demo.history).toBe(true)
    found = await analyses(demo)
  }, 60_000)
  afterAll(() => demo.close())

  it('everything was taken, and nothing lies in the future', async () => {
    const status = await demo.call<DemoStatus>('GET', '/v1/demo')
    expect(status).toMatchObject({
      simulated: true,
      history: { share: 1 },
      refused: { events: 0, requests: 0 },
    })
    expect(status.unitsSent).toBeGreaterThan(90_000)
    expect(status.eventsSent).toBe(demo.serving.helios.status().position)
    expect(demo.simulation.clock.now()).toBe(NOW)
  })

  it.each(
    SCENARIOS.filter(({ schedule }) => schedule.start !== undefined).map(
      (one) => [one.experiment.key, one] as const,
    ),
  )('the analysis of %s finds what is true', async (key, { truth }) => {
    for (const effect of truth.effects) {
      const { metric, variant, segment } = effect
      const name = `${key} ${metric} ${variant} ${segment?.value ?? ''}`
      if (!segment) expectTruth(found[key]?.metrics[metric]?.comparisons[variant], effect, name)
      else {
        const { dimensions } = await demo.serving.helios.segments(key, metric)
        const { segments = [] } = dimensions.find((one) => one.name === segment.dimension) ?? {}
        expectTruth(segments.find((one) => one.value === segment.value)?.comparisons[variant], effect, name)
      }
    }
  })

  it('the real winner is significant, and the tone that only helps some is not', () => {
    const p = (key: string, metric: string, variant: string): number => {
      const comparison = found[key]?.metrics[metric]?.comparisons[variant]
      return comparison?.status === 'ok' ? comparison.pValueAdjusted : Number.NaN
    }
    expect(p('welcome-email', 'converted', 'personal')).toBeLessThan(0.05)
    expect(p('welcome-email', 'converted', 'urgent')).toBeGreaterThan(0.05)
    expect(p('welcome-email', 'unsubscribes', 'urgent')).toBeLessThan(0.01)
    expect(p('greeting-tone', 'satisfaction_rating', 'warm')).toBeLessThan(1e-6)
    expect(p('greeting-tone', 'satisfaction_rating', 'playful')).toBeGreaterThan(0.05)
    expect(p('aa-check', 'converted', 'same-as-a')).toBeGreaterThan(0.05)
    expect(p('aa-check', 'engagement_rate', 'same-as-a')).toBeGreaterThan(0.05)
  })

  it('only the experiment that loses units is refused', async () => {
    for (const [key, { status, refusals }] of Object.entries(found)) {
      const codes = key === 'checkout-redirect' ? ['sample-ratio-mismatch'] : []
      expect([key, status, refusals.map(({ code }) => code)]).toEqual([
        key,
        codes.length > 0 ? 'refused' : 'ok',
        codes,
      ])
    }
    const plain = await demo.call<Analysis>('GET', '/v1/experiments/checkout-redirect/analysis')
    expect(plain).toMatchObject({ status: 'refused', metrics: {} })
  })

  it('the list shows every state, and what was shipped', () => {
    const list = demo.serving.helios.experiments.list()
    expect(list.map(({ key, status }) => [key, status])).toEqual([
      ['welcome-email', 'running'],
      ['greeting-tone', 'running'],
      ['aa-check', 'running'],
      ['send-hour', 'completed'],
      ['checkout-redirect', 'running'],
      ['free-shipping', 'draft'],
    ])
    for (const { tags } of list) expect(tags).toContain('simulated')
    expect(list.find(({ key }) => key === 'send-hour')).toMatchObject({ shipped: 'evening' })
  })

  it('the past is told as it was', async () => {
    const { entries } = await demo.call<{
      entries: { action: string; at: number; by: string; why: string }[]
    }>('GET', '/v1/experiments/send-hour/audit')
    expect(entries.map(({ action, by }) => [action, by])).toEqual(
      ['create', 'start', 'complete'].map((action) => [action, 'Simulated traffic']),
    )
    const days = entries.map(({ at }) => (at - NOW) / 86_400_000)
    expect(days[0]).toBe(-6)
    expect(days[2]).toBeGreaterThan(-2)
    expect(days[2]).toBeLessThan(-1)
    expect(entries[2]?.why).toMatch(
      /^Simulated: the planned time is over, and evening is better on open_rate: \+/,
    )
  })
})

describe('the same seed', () => {
  it('gives the same numbers, and another seed others', async () => {
    const [first, same, other] = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const demo = await startDemo({ seed, historyDays: 0.5 })
        await demo.history
        const result = await analyses(demo)
        await demo.close()
        return result
      }),
    )
    expect(first?.['welcome-email']?.units).toBeGreaterThan(1000)
    expect(same).toEqual(first)
    expect(other).not.toEqual(first)
  })
})

describe('a store', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'helios-demo-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('that was interrupted is completed, as if nothing had been', async () => {
    const store = path.join(folder, 'interrupted.db')
    const options = { historyDays: 0.5 }
    const first = await startDemo(options, store, (share, simulation) => {
      if (share > 0.4) void simulation.stop()
    })
    expect(await first.history).toBe(false)
    await first.close()
    const second = await startDemo(options, store)
    expect(await second.history).toBe(true)
    expect(second.simulation.status().refused).toEqual({ events: 0, requests: 0 })
    const whole = await startDemo(options)
    await whole.history
    expect(await analyses(second)).toEqual(await analyses(whole))
    expect(second.serving.helios.status().position).toBe(whole.serving.helios.status().position)
    await Promise.all([second.close(), whole.close()])
  })

  it('that has its history goes on with new visitors', async () => {
    const store = path.join(folder, 'again.db')
    const options = { historyDays: HOUR_DAYS, system: { now: () => Date.now() }, speed: 100 }
    const first = await startDemo(options, store)
    await first.history
    await vi.waitFor(() => expect(first.simulation.status().unitsSent).toBeGreaterThan(400), 20_000)
    await first.close()
    const second = await startDemo(options, store)
    const { units } = second.serving.helios.status()
    expect(second.simulation.status().history.share).toBe(1)
    await vi.waitFor(() => expect(second.simulation.status().unitsSent).toBeGreaterThan(100), 20_000)
    expect(second.serving.helios.status().units).toBeGreaterThan(units + 100)
    await second.close()
    const keys = second.serving.keys.list().filter(({ name }) => name === 'Simulated traffic')
    expect(keys).toHaveLength(2)
    for (const { revokedAt } of keys) expect(revokedAt).toBeTypeOf('number')
  })

  it('of another use is refused and stays as it is', async () => {
    const store = path.join(folder, 'real.db')
    const helios = await Helios.open({ path: store })
    await helios.experiments.create({ key: 'real', variants: [{ key: 'a', control: true }, { key: 'b' }] })
    await helios.close()
    await expect(startDemo({}, store)).rejects.toMatchObject({
      code: 'HEL_USAGE',
      message: expect.stringContaining('--path'),
    })
    const after = await Helios.open({ path: store })
    expect(after.experiments.list()).toHaveLength(1)
    expect(await after.registry.list('api-keys')).toEqual([])
    await after.close()
  })
})

describe('live traffic', () => {
  let demo: Demo
  beforeAll(async () => {
    demo = await startDemo({ historyDays: HOUR_DAYS, system: { now: () => Date.now() }, speed: 100 })
    await demo.history
  })
  afterAll(() => demo.close())

  const sent = (): number => demo.simulation.status().unitsSent
  const unitsOf = async (key: string): Promise<number> => (await demo.serving.helios.analyse(key)).units
  /** At most 500 units arrive in a second, and the definitions are fetched again in each. */
  const somebodyElseArrived = async (units: number): Promise<void> => {
    const before = sent()
    await vi.waitFor(() => expect(sent()).toBeGreaterThan(before + units), 20_000)
  }

  it('respects a pause, a resumption, a start and an end', async () => {
    await demo.call('POST', '/v1/experiments/aa-check/pause', {})
    await somebodyElseArrived(1200)
    const paused = await unitsOf('aa-check')
    await somebodyElseArrived(300)
    expect(await unitsOf('aa-check')).toBe(paused)

    await demo.call('POST', '/v1/experiments/aa-check/resume', {})
    await demo.call('POST', '/v1/experiments/free-shipping/start', {})
    await demo.call('POST', '/v1/experiments/welcome-email/complete', { ship: 'personal' })
    await somebodyElseArrived(1200)
    const completed = await unitsOf('welcome-email')
    await somebodyElseArrived(300)
    expect(await unitsOf('welcome-email')).toBe(completed)
    expect(await unitsOf('aa-check')).toBeGreaterThan(paused)
    expect(await unitsOf('free-shipping')).toBeGreaterThan(0)
  }, 60_000)

  it('changes its speed, for an admin and within bounds', async () => {
    expect(await demo.call('PATCH', '/v1/demo', { speed: 50 })).toMatchObject({ simulated: true, speed: 50 })
    for (const speed of [-1, 100.5, '5', null]) {
      expect(await demo.call('PATCH', '/v1/demo', { speed })).toMatchObject({ code: 'HEL_REQUEST_INVALID' })
    }
    const { secret } = await demo.serving.keys.create({ name: 'reader', scopes: ['read'], by: 'test' })
    expect(await demo.call('PATCH', '/v1/demo', { speed: 1 }, secret)).toMatchObject({
      code: 'HEL_FORBIDDEN',
    })
    expect(await demo.call('GET', '/v1/demo', undefined, secret)).toMatchObject({
      speed: 50,
      scenarios: SCENARIOS.map(({ experiment, truth }) => ({
        experiment: experiment.key,
        truth: truth.summary,
      })),
    })
  })

  it('outlives the loss of its key, and says so', async () => {
    const key = demo.serving.keys.list().find(({ name }) => name === 'Simulated traffic')
    await demo.serving.keys.revoke(key?.id ?? '', 'test')
    await vi.waitFor(
      () => expect(demo.simulation.status().refused).toMatchObject({ last: { code: 'HEL_UNAUTHENTICATED' } }),
      20_000,
    )
    expect(await demo.call('GET', '/v1/overview')).toHaveProperty('events')
  })
})
