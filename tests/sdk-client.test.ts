import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Helios } from '@helios/engine'
import {
  type Attributes,
  type Condition,
  createClient,
  type Decision,
  type HeliosClient,
  type HeliosClientError,
} from '@helios/sdk'
import { fileStorage } from '@helios/sdk/node'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServeProcess, startServe } from '../packages/server/src/testing/process.ts'

/** The client and the server as they are used: two programs with a socket between them. */

const EXPERIMENTS = 100
const UNITS_OVER_HTTP = 1000
const UNITS_IN_PROCESS = 100_000
const COUNTRIES = ['PT', 'DE', 'JP', undefined]
const VERSIONS = ['1.9.0', '2.0.0-beta.1', '2.0.0', '10.2']

const directory = mkdtempSync(path.join(tmpdir(), 'helios-sdk-'))
const store = path.join(directory, 'helios.db')
let server: ServeProcess
let secret: string
const clients: HeliosClient[] = []

async function call<T>(method: string, route: string, body?: unknown): Promise<T> {
  const answer = await fetch(server.ready.url + route, {
    method,
    headers: {
      authorization: `Bearer ${server.ready.adminKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  expect(answer.status, text).toBeLessThan(300)
  return JSON.parse(text) as T
}

function connect(options: Partial<Parameters<typeof createClient>[0]> = {}): HeliosClient {
  const client = createClient({ url: server.ready.url, key: secret, ...options })
  clients.push(client)
  return client
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
}

async function keyWith(...scopes: string[]): Promise<string> {
  return (await call<{ secret: string }>('POST', '/v1/keys', { name: 'client', scopes })).secret
}

/** Experiments that differ in everything that a decision looks at. */
function designs(): object[] {
  const condition: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({
      attribute: fc.constant('country'),
      operator: fc.constantFrom('equals' as const, 'notEquals' as const),
      value: fc.constantFrom('PT', 'DE'),
    }),
    fc.record({
      attribute: fc.constant('age'),
      operator: fc.constantFrom('lessThan' as const, 'greaterOrEqual' as const),
      value: fc.integer({ min: 18, max: 60 }),
    }),
    fc.record({
      attribute: fc.constant('version'),
      operator: fc.constant('versionAtLeast' as const),
      value: fc.constantFrom('2.0.0', '2.0.0-beta.2'),
    }),
  )
  const design = fc.record({
    weights: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 6 }),
    coverage: fc.constantFrom(1, 0.9, 0.5, 0.123),
    audience: fc.option(
      fc.oneof(condition, fc.record({ any: fc.array(condition, { minLength: 1, maxLength: 3 }) })),
    ),
    sticky: fc.boolean(),
  })
  return fc
    .sample(design, { seed: 42, numRuns: EXPERIMENTS })
    .map(({ weights, coverage, audience, sticky }, i) => ({
      key: `experiment-${i}`,
      variants: weights.map((_, v) => ({ key: `v${v}`, control: v === 0, payload: { v } })),
      allocation: { kind: 'weighted', weights: Object.fromEntries(weights.map((w, v) => [`v${v}`, w])) },
      metrics: { primary: ['satisfaction_rating'] },
      coverage,
      sticky,
      ...(audience === null ? {} : { audience }),
    }))
}

/** Units of many alphabets and lengths, with facts about them. */
function units(count: number): { unit: string; attributes: Attributes }[] {
  const name = fc.oneof(fc.string({ minLength: 1, unit: 'grapheme' }), fc.uuid(), fc.nat().map(String))
  return fc.sample(name, { seed: 7, numRuns: count }).map((unit, i) => ({
    unit: unit.slice(0, 256).toWellFormed(),
    attributes: { age: (i * 7) % 90, country: COUNTRIES[i % 4], version: VERSIONS[(i >> 2) % 4] },
  }))
}

beforeAll(async () => {
  server = await startServe(store)
  secret = await keyWith('decide', 'ingest')
  for (const design of designs()) {
    const { key } = await call<{ key: string }>('POST', '/v1/experiments', design)
    await call('POST', `/v1/experiments/${key}/start`)
  }
}, 120_000)
afterAll(async () => {
  for (const client of clients) await client.close()
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
})

describe('local decisions', () => {
  const keys = Array.from({ length: EXPERIMENTS }, (_, i) => `experiment-${i}`)

  it(`equal those of the server, over HTTP: ${EXPERIMENTS} experiments × ${UNITS_OVER_HTTP} units`, {
    timeout: 240_000,
  }, async () => {
    const client = connect()
    expect(await client.ready(10_000)).toBe('live')
    const reasons = new Map<string, number>()
    for (const { unit, attributes } of units(UNITS_OVER_HTTP)) {
      const body = { experiments: keys, unit, context: attributes }
      const { decisions } = await call<{ decisions: Decision[] }>('POST', '/v1/decide', body)
      const local = keys.map((key) => client.decide(key, { unit, attributes }))
      expect(JSON.parse(JSON.stringify(local))).toEqual(decisions)
      for (const { reason } of decisions) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    }
    expect([...reasons.keys()].sort()).toEqual(['assigned', 'audience-mismatch', 'outside-coverage'])
    for (const times of reasons.values()) expect(times).toBeGreaterThan(1000)
  })

  it(`equal those of the engine, in process: ${UNITS_IN_PROCESS} units`, { timeout: 240_000 }, async () => {
    const client = connect()
    await client.ready(10_000)
    const definitions = await call<object>('GET', '/v1/definitions')
    const engine = await Helios.open()
    for (const design of designs()) {
      const { key } = await engine.experiments.create(design)
      await engine.experiments.start(key)
    }
    expect(JSON.parse(JSON.stringify({ definitions: engine.experiments.definitions() }))).toEqual(definitions)
    let variants = 0
    for (const [i, { unit, attributes }] of units(UNITS_IN_PROCESS).entries()) {
      const key = keys[i % EXPERIMENTS] as string
      const decision = engine.decide(key, { unit, context: attributes })
      const local = client.decide(key, { unit, attributes })
      if (decision.tracked) variants++
      if (JSON.stringify(local) !== JSON.stringify(decision)) expect(local).toEqual(decision)
    }
    expect(variants).toBeGreaterThan(UNITS_IN_PROCESS / 10)
    await engine.close()
  })
})

describe('with a real server', () => {
  it('what was used and measured is in the analysis', { timeout: 60_000 }, async () => {
    await call('POST', '/v1/experiments', {
      key: 'greeting-tone',
      variants: [
        { key: 'calm', control: true, payload: { text: 'Hello.' } },
        { key: 'warm', payload: { text: 'Hi!' } },
      ],
      metrics: { primary: ['satisfaction_rating'] },
    })
    await call('POST', '/v1/experiments/greeting-tone/start')
    const errors: HeliosClientError[] = []
    const client = connect({ onError: (error) => errors.push(error) })
    await client.ready()
    for (let i = 0; i < 400; i++) {
      const unit = `user-${i}`
      client.use('greeting-tone', { unit, fallback: { text: 'Hello' } })
      client.observe({ unit, metric: 'satisfaction_rating', value: (i % 10) / 10 })
    }
    client.observe({ unit: 'user-1', metric: 'no_such_metric', value: 1 })
    const flushed = await client.flush()
    expect(errors.map(({ code, message }) => [code, message.split(':')[0]])).toEqual([
      ['event-rejected', 'HEL_METRIC_NOT_FOUND'],
    ])
    expect(client.status()).toMatchObject({ queued: 0, dropped: 0 })
    expect(flushed.queued).toBe(0)
    const { units: counted } = await call<{ units: number }>(
      'GET',
      '/v1/experiments/greeting-tone/analysis?evenIfMisleading=true',
    )
    expect(counted).toBe(400)
  })

  it('a change arrives by the stream, long before it would be asked for', { timeout: 60_000 }, async () => {
    const client = connect({ stream: true, pollMilliseconds: 3_600_000 })
    expect(await client.ready(10_000)).toBe('live')
    expect(client.decide('experiment-0', { unit: 'u1' }).reason).not.toBe('not-running')
    await call('POST', '/v1/experiments/experiment-0/pause')
    await until(() => client.decide('experiment-0', { unit: 'u1' }).reason === 'not-running')
    await call('POST', '/v1/experiments/experiment-0/resume')
    await until(() => client.decide('experiment-0', { unit: 'u1' }).reason !== 'not-running')
  })

  it('a visitor who signs in keeps the variant, and is taken as one', { timeout: 60_000 }, async () => {
    const errors: HeliosClientError[] = []
    const client = connect({ onError: (error) => errors.push(error) })
    await client.ready()
    const visitors = Array.from({ length: 20 }, (_, i) => `visitor-${i}`)
    for (const previous of visitors) {
      const { variant } = client.use('greeting-tone', { unit: previous })
      client.identify({ previous, unit: `known ${previous}` })
      expect(client.use('greeting-tone', { unit: `known ${previous}` }).variant).toBe(variant)
    }
    expect(await client.flush()).toMatchObject({ rejected: 0, queued: 0 })
    expect(errors).toEqual([])
  })

  it('a key that may not send is reported, and its events wait', { timeout: 60_000 }, async () => {
    const errors: HeliosClientError[] = []
    const client = connect({ key: await keyWith('decide'), onError: (error) => errors.push(error) })
    await client.ready()
    client.observe({ unit: 'u', metric: 'clicks', value: 1 })
    expect(await client.flush()).toEqual({ sent: 0, rejected: 0, queued: 1 })
    expect(errors.map(({ code }) => code)).toEqual(['key-refused'])
  })

  it('a folder remembers over restarts: definitions, variants and events', { timeout: 60_000 }, async () => {
    const storage = fileStorage(path.join(directory, 'client'))
    const first = connect({ storage })
    await first.ready()
    const decision = first.use('experiment-1', {
      unit: 'u-file',
      attributes: { age: 30, country: 'PT', version: '2.0.0' },
    })
    await first.close()
    const away = connect({ storage })
    // Nothing was asked yet: this comes from the folder.
    expect(away.status()).toMatchObject({ state: 'cached' })
    expect(
      away.decide('experiment-1', {
        unit: 'u-file',
        attributes: { age: 30, country: 'PT', version: '2.0.0' },
      }).variant,
    ).toBe(decision.variant)
  })
})
