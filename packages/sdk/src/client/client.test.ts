import { describe, expect, it } from 'vitest'
import { compileExperiment, decide as decideLocally } from '../evaluate.ts'
import type { ExposureEvent, OutcomeEvent } from '../wire.ts'
import { createClient, memoryStorage } from './index.ts'
import { fakePlatform, START } from './testing/fake-platform.ts'
import { definitionOf, fakeServer } from './testing/fake-server.ts'
import { startClient } from './testing/start-client.ts'

const eventsOf = (server: ReturnType<typeof fakeServer>) => [...server.events.values()]

describe('decide', () => {
  it('decides as the evaluator does, without an exposure', async () => {
    const { client, server, platform } = await startClient()
    const local = decideLocally(compileExperiment(definitionOf()), 'u42')
    expect(client.decide('greeting-tone', { unit: 'u42' })).toEqual(local)
    await platform.advance(5000)
    expect(server.events.size).toBe(0)
  })

  it('serves the fallback until there are definitions, and for what it does not know', async () => {
    const server = fakeServer()
    server.fates['/v1/definitions'] = 'unreachable'
    const { client, platform } = await startClient({ server })
    const options = { unit: 'u42', fallback: { text: 'Hello' } }
    expect(client.decide('greeting-tone', options)).toEqual({
      experiment: 'greeting-tone',
      unit: 'u42',
      variant: undefined,
      payload: { text: 'Hello' },
      reason: 'not-ready',
      tracked: false,
    })
    server.fates = {}
    await platform.advance(1000)
    expect(client.decide('greeting-tone', options).reason).toBe('unknown-experiment')
    expect(client.decide('greeting-tone', { unit: 'u42' }).payload).toBeNull()
    client.expose(client.decide('greeting-tone', options))
    expect(client.status().queued).toBe(0)
  })

  it('does not throw, whatever it is called with', async () => {
    const { client, codes } = await startClient()
    const hostile = [
      undefined,
      null,
      {},
      { unit: '' },
      { unit: 7 },
      { unit: 'x'.repeat(257) },
      { unit: '\ud800' },
    ]
    for (const options of hostile) {
      expect(client.use('greeting-tone', options as never).reason).toBe('invalid-call')
    }
    expect(codes()).toEqual(hostile.map(() => 'call-invalid'))
    const trap = { unit: 'u1', attributes: 'DE' as never }
    expect(client.use('greeting-tone', trap).variant).toBeDefined()
    for (const decision of [undefined, null, 7, {}]) client.expose(decision as never)
    expect(client.status().queued).toBe(1)
  })

  it('takes keys, payloads and units that are markup as the texts they are', async () => {
    const key = '<img src=x onerror=alert(1)>'
    const payload = '<script>alert("\u2028")</script>'
    const definition = definitionOf({
      key,
      variants: [{ key: '"><b>', payload }],
      control: '"><b>',
      slots: [{ from: 0, to: 2 ** 32, variant: '"><b>' }],
    })
    const server = fakeServer()
    server.definitions = [definition]
    const { client } = await startClient({ server })
    const unit = '</script>\n\u0000__proto__'
    expect(client.use(key, { unit }).payload).toBe(payload)
    await client.flush()
    expect(eventsOf(server)).toMatchObject([{ experiment: key, variant: '"><b>', unit }])
  })

  it('takes keys that every object has for no experiments of its own', async () => {
    const { client } = await startClient()
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(client.decide(key, { unit: 'u1' }).reason).toBe('unknown-experiment')
      client.override(key, key)
      expect(client.decide(key, { unit: 'u1' }).reason).toBe('unknown-experiment')
    }
  })

  it('decides among a thousand variants', async () => {
    const variants = Array.from({ length: 1000 }, (_, i) => ({ key: `v${i}`, payload: i }))
    const bound = (i: number): number => Math.round((i / 1000) * 2 ** 32)
    const slots = variants.map(({ key }, i) => ({ from: bound(i), to: bound(i + 1), variant: key }))
    const server = fakeServer()
    server.definitions = [definitionOf({ variants, slots, control: 'v0' })]
    const { client } = await startClient({ server })
    const seen = new Set(
      Array.from({ length: 20_000 }, (_, i) => client.decide('greeting-tone', { unit: `u${i}` }).variant),
    )
    // A variant stays unseen with probability (1 − 1/1000)^20000 ≈ 2e-9.
    expect(seen.size).toBe(1000)
  })

  it('skips a definition that it cannot read, tells once, and decides the others', async () => {
    const server = fakeServer()
    const newer = definitionOf({
      key: 'newer',
      audience: { attribute: 'x', operator: 'resembles', value: 1 } as never,
    })
    const damaged = [null, 7, {}, { key: 'no-slots' }, definitionOf({ key: 'gap', slots: [] })]
    server.definitions = [newer, ...damaged, definitionOf()]
    const { client, codes, errors, platform } = await startClient({ server })
    expect(client.decide('greeting-tone', { unit: 'u1' }).reason).toBe('assigned')
    expect(client.decide('newer', { unit: 'u1', fallback: 'old' })).toMatchObject({
      payload: 'old',
      reason: 'unknown-experiment',
    })
    expect(new Set(codes())).toEqual(new Set(['definition-invalid']))
    const told = errors.length
    expect(errors[0]?.message).toContain('newer (version 2)')
    server.definitions = [...server.definitions, definitionOf({ key: 'another' })]
    await platform.advance(60_000)
    expect(client.status()).toMatchObject({ definitions: 2 })
    expect(errors).toHaveLength(told)
  })
})

describe('ready', () => {
  it('is live when the server answers, also when it already did', async () => {
    const { client } = await startClient()
    expect([await client.ready(), await client.ready()]).toEqual(['live', 'live'])
  })

  it('is cached when the server is away and the storage has definitions', async () => {
    const storage = memoryStorage()
    await startClient({ storage })
    const server = fakeServer()
    server.fates['/v1/definitions'] = 'unreachable'
    const { client } = await startClient({ storage, server })
    expect(await client.ready()).toBe('cached')
    expect(client.decide('greeting-tone', { unit: 'u1' }).reason).toBe('assigned')
    expect(client.status().state).toBe('cached')
  })

  it('is offline when there is nothing in time, and never rejects', async () => {
    for (const fate of [
      'unreachable',
      { status: 500 },
      { status: 401 },
      { status: 200, text: '<html>' },
    ] as const) {
      const server = fakeServer()
      server.fates['/v1/definitions'] = fate
      const { client, platform } = await startClient({ server })
      const ready = client.ready(2000)
      await platform.advance(2000)
      expect(await ready).toBe('offline')
    }
  })

  it('is live when the server comes in time', async () => {
    const server = fakeServer()
    server.fates['/v1/definitions'] = 'unreachable'
    const { client, platform } = await startClient({ server })
    const ready = client.ready(60_000)
    server.fates = {}
    await platform.advance(10_000)
    expect(await ready).toBe('live')
  })
})

describe('use', () => {
  it('sends the exposure once per experiment, variant and unit', async () => {
    const { client, server, time } = await startClient()
    for (let i = 0; i < 3; i++) client.use('greeting-tone', { unit: 'u1' })
    client.use('greeting-tone', { unit: 'u2' })
    await client.flush()
    const { variant, version, propensity } = client.decide('greeting-tone', { unit: 'u1' }) as never
    const [first, second] = eventsOf(server)
    expect(server.events.size).toBe(2)
    expect(first).toEqual({
      type: 'exposure',
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      experiment: 'greeting-tone',
      variant,
      unit: 'u1',
      at: time.now,
      version,
      propensity,
    })
    expect(second?.unit).toBe('u2')
  })

  it('sends what the definition wants to know: policy version and dimensions', async () => {
    const server = fakeServer()
    server.definitions = [definitionOf({ policyVersion: 7, dimensions: ['country'] })]
    const { client } = await startClient({ server })
    const decision = client.decide('greeting-tone', { unit: 'u1', attributes: { country: 'PT' } })
    client.expose(decision)
    client.expose({ ...decision, unit: 'u2', dimensions: { country: 'DE' } } as never)
    await client.flush()
    expect(eventsOf(server)).toMatchObject([
      { unit: 'u1', policyVersion: 7 },
      { unit: 'u2', policyVersion: 7, dimensions: { country: 'DE' } },
    ])
  })

  it('does not expose what is not randomised', async () => {
    const server = fakeServer()
    server.definitions = [definitionOf({ status: 'paused' }), definitionOf({ key: 'none', coverage: 0 })]
    const { client } = await startClient({ server })
    expect(client.use('greeting-tone', { unit: 'u1' }).reason).toBe('not-running')
    expect(client.use('none', { unit: 'u1' }).reason).toBe('outside-coverage')
    expect(client.use('none', { unit: 'u1', forced: 'warm' })).toMatchObject({
      reason: 'forced',
      variant: 'warm',
    })
    expect(client.status().queued).toBe(0)
  })

  it('forgets the longest unused after 10,000 exposures', async () => {
    const { client, server } = await startClient({ client: { queueLimit: 100_000 } })
    for (let i = 0; i < 10_001; i++) client.use('greeting-tone', { unit: `u${i}` })
    client.use('greeting-tone', { unit: 'u10000' })
    client.use('greeting-tone', { unit: 'u0' })
    await client.flush()
    expect(eventsOf(server).filter(({ unit }) => unit === 'u0')).toHaveLength(2)
    expect(server.events.size).toBe(10_002)
  })
})

describe('observe', () => {
  it('fills in id and time, and leaves those that are given', async () => {
    const { client, server, time } = await startClient()
    client.observe({ unit: 'u1', metric: 'satisfaction_rating', value: 0.9 })
    client.observe([
      { unit: 'u1', metric: 'clicks', value: 1, id: 'mine', at: '2026-01-01T00:00:00Z' },
      { unit: 'u1', metric: 'clicks', value: 2, at: 5 },
    ])
    await client.flush()
    const [first, second, third] = eventsOf(server) as OutcomeEvent[]
    expect(first).toEqual({
      id: expect.any(String),
      unit: 'u1',
      metric: 'satisfaction_rating',
      value: 0.9,
      at: time.now,
    })
    expect(second).toMatchObject({ id: 'mine', at: '2026-01-01T00:00:00Z' })
    expect(third?.at).toBe(5)
  })

  it.each([
    ['no object', null],
    ['no unit', { metric: 'm', value: 1 }],
    ['an empty unit', { unit: '', metric: 'm', value: 1 }],
    ['a unit that is too long', { unit: 'x'.repeat(257), metric: 'm', value: 1 }],
    ['a unit that is not well-formed', { unit: 'a\udc00', metric: 'm', value: 1 }],
    ['no metric', { unit: 'u', value: 1 }],
    ['a metric that is too long', { unit: 'u', metric: 'm'.repeat(201), value: 1 }],
    ['no value', { unit: 'u', metric: 'm' }],
    ['a value as text', { unit: 'u', metric: 'm', value: '1' }],
    ['NaN', { unit: 'u', metric: 'm', value: Number.NaN }],
    ['infinity', { unit: 'u', metric: 'm', value: Number.POSITIVE_INFINITY }],
    ['a value beyond 1e100', { unit: 'u', metric: 'm', value: -1e101 }],
    ['an id that is too long', { unit: 'u', metric: 'm', value: 1, id: 'x'.repeat(129) }],
    ['a time that is none', { unit: 'u', metric: 'm', value: 1, at: 'yesterday' }],
  ])('refuses %s at once, and takes the others', async (_, bad) => {
    const { client, codes, server } = await startClient()
    client.observe([bad as never, { unit: 'u', metric: 'm', value: 1 }])
    expect(codes()).toEqual(['call-invalid'])
    await client.flush()
    expect(server.events.size).toBe(1)
  })

  it('does not let a listener that throws reach the host program', async () => {
    const { client } = await startClient({
      client: {
        onError: () => {
          throw new Error('mine')
        },
      },
    })
    expect(() => client.observe({} as never)).not.toThrow()
  })
})

describe('the clock', () => {
  it.each([
    [3_600_000, true],
    [-3_600_000, true],
    [1000, false],
    [-1000, false],
  ])('that is %d ms ahead is corrected: %s', async (aheadMilliseconds, isCorrected) => {
    const { client, server, time } = await startClient({ aheadMilliseconds })
    client.observe({ unit: 'u1', metric: 'm', value: 1 })
    client.use('greeting-tone', { unit: 'u1' })
    await client.flush()
    for (const { at } of eventsOf(server)) {
      if (isCorrected) expect(Math.abs((at as number) - time.now)).toBeLessThanOrEqual(500)
      else expect(at).toBe(time.now + aheadMilliseconds)
    }
    expect(server.events.size).toBe(2)
  })

  it('is corrected for what happened before the first answer, but not where the caller gave the time', async () => {
    const time = { now: START }
    const server = fakeServer(time)
    const platform = fakePlatform({ fetch: server.fetch, aheadMilliseconds: 7_200_000 }, time)
    const client = createClient({ url: 'http://helios.test', key: 'k' }, platform)
    client.observe({ unit: 'u1', metric: 'm', value: 1 })
    client.observe({ unit: 'u2', metric: 'm', value: 1, at: START + 1 })
    await platform.advance(2000)
    const [first, second] = eventsOf(server) as OutcomeEvent[]
    expect(Math.abs((first?.at as number) - START)).toBeLessThanOrEqual(500)
    expect(second?.at).toBe(START + 1)
  })

  it('is not corrected by an answer that took long', async () => {
    const time = { now: START }
    const server = fakeServer(time)
    const fetch: typeof server.fetch = async (url, request) => {
      const answer = await server.fetch(url, request)
      time.now += 9000
      return answer
    }
    const platform = fakePlatform({ fetch }, time)
    const client = createClient({ url: 'http://helios.test', key: 'k' }, platform)
    await platform.advance(1)
    const at = time.now
    client.observe({ unit: 'u1', metric: 'm', value: 1 })
    await platform.advance(10_000)
    expect(eventsOf(server)[0]?.at).toBe(at)
  })
})

describe('overrides', () => {
  it('show a variant until they are taken back, are kept, and are never exposed', async () => {
    const storage = memoryStorage()
    const { client } = await startClient({ storage })
    client.override('greeting-tone', 'warm')
    const units = Array.from({ length: 20 }, (_, i) => `u${i}`)
    for (const unit of units) {
      expect(client.use('greeting-tone', { unit })).toMatchObject({
        variant: 'warm',
        reason: 'forced',
        tracked: false,
      })
    }
    const { client: next } = await startClient({ storage })
    expect(next.decide('greeting-tone', { unit: 'u1' }).reason).toBe('forced')
    next.override('greeting-tone', undefined)
    expect(next.decide('greeting-tone', { unit: 'u1' }).reason).toBe('assigned')
    expect([client.status().queued, next.status().queued]).toEqual([0, 0])
    const { client: last } = await startClient({ storage })
    expect(last.decide('greeting-tone', { unit: 'u1' }).reason).toBe('assigned')
  })

  it('come from the address only where that is allowed, and end with the page', async () => {
    const storage = memoryStorage()
    const query = '?utm=1&helios.greeting-tone=warm&helios.%3Cb%3E=x'
    const allowed = await startClient({ storage, query, client: { allowAddressOverrides: true } })
    const refused = await startClient({ storage, query })
    const reasonOf = ({ client }: typeof allowed) => client.decide('greeting-tone', { unit: 'u1' }).reason
    expect([reasonOf(allowed), reasonOf(refused)]).toEqual(['forced', 'assigned'])
    allowed.client.override('greeting-tone', undefined)
    expect(reasonOf(allowed)).toBe('assigned')
  })

  it('that name no variant are ignored, and a forced variant in the call comes first', async () => {
    const { client } = await startClient()
    client.override('greeting-tone', 'gone')
    expect(client.decide('greeting-tone', { unit: 'u1' }).reason).toBe('assigned')
    client.override('greeting-tone', 'warm')
    expect(client.decide('greeting-tone', { unit: 'u1', forced: 'calm' }).variant).toBe('calm')
  })
})

describe('close', () => {
  it('sends what waits, stops every timer, and reports what comes after', async () => {
    const { client, server, platform, codes } = await startClient()
    client.observe({ unit: 'u1', metric: 'm', value: 1 })
    expect(await client.close()).toEqual({ sent: 1, rejected: 0, queued: 0 })
    expect(platform.timers()).toBe(0)
    client.observe({ unit: 'u1', metric: 'm', value: 1 })
    expect(codes()).toEqual(['closed'])
    expect(client.decide('greeting-tone', { unit: 'u1' }).reason).toBe('assigned')
    await client.close()
    expect(server.events.size).toBe(1)
  })

  it('leaves what could not be sent to the next client, which sends it at once', async () => {
    const storage = memoryStorage()
    const server = fakeServer()
    const first = await startClient({ storage, server })
    server.fates['/v1/events'] = 'unreachable'
    first.client.observe({ unit: 'u1', metric: 'm', value: 1 })
    expect(await first.client.close()).toEqual({ sent: 0, rejected: 0, queued: 1 })
    server.fates = {}
    const second = await startClient({ storage, server })
    await second.platform.advance(1000)
    expect(server.events.size).toBe(1)
    expect(second.client.status().queued).toBe(0)
  })
})

describe('status', () => {
  it('tells where the client stands', async () => {
    const { client, server, platform } = await startClient()
    expect(client.status()).toEqual({ state: 'live', definitions: 1, queued: 0, dropped: 0 })
    server.fates = { '/v1/definitions': { status: 500 }, '/v1/events': { status: 500 } }
    client.observe({ unit: 'u1', metric: 'm', value: 1 })
    await platform.advance(60_000)
    expect(client.status()).toMatchObject({ state: 'cached', queued: 1, lastError: { code: 'unreachable' } })
  })
})

describe('types', () => {
  it('know the payload of each experiment, and refuse keys that are none', async () => {
    interface Experiments {
      'greeting-tone': { text: string }
      discount: number
    }
    const server = fakeServer()
    server.definitions = [definitionOf()]
    const platform = fakePlatform({ fetch: server.fetch })
    const client = createClient<Experiments>({ url: 'http://helios.test', key: 'k' }, platform)
    await client.ready()
    const text: string = client.use('greeting-tone', { unit: 'u1', fallback: { text: 'Hello' } }).payload.text
    const percent: number | null = client.use('discount', { unit: 'u1' }).payload
    // @ts-expect-error: there is no such experiment
    const unknown = client.decide('greting-tone', { unit: 'u1' })
    // @ts-expect-error: the fallback has another type than the payload
    client.decide('discount', { unit: 'u1', fallback: 'ten' })
    // @ts-expect-error: without a fallback the payload may be null
    client.decide('discount', { unit: 'u1' }).payload?.toFixed().length satisfies number
    expect([text.length > 0, percent, unknown.reason]).toEqual([true, null, 'unknown-experiment'])
  })

  it('keep events as they are on the wire', async () => {
    const { client, server } = await startClient()
    client.use('greeting-tone', { unit: 'u1' })
    await client.flush()
    const exposure = eventsOf(server)[0] as ExposureEvent
    expect(Object.keys(exposure)).toEqual([
      'type',
      'id',
      'experiment',
      'variant',
      'unit',
      'at',
      'version',
      'propensity',
    ])
  })
})
