import { describe, expect, it } from 'vitest'
import type { PlatformRequest } from './platform.ts'
import { type ClientStorage, memoryStorage } from './storage.ts'
import { START } from './testing/fake-platform.ts'
import { fakeServer } from './testing/fake-server.ts'
import { type Started, startClient } from './testing/start-client.ts'
import { backOffMilliseconds } from './transport.ts'

const EVENTS = '/v1/events'
const outcome = (unit: string) => ({ unit, metric: 'clicks', value: 1 })
const posts = ({ server }: Started): PlatformRequest[] =>
  server.sent.filter(({ method }) => method === 'POST')
const linesOf = ({ body = '' }: PlatformRequest): number => body.split('\n').length
const observe = ({ client }: Started, count: number, prefix = 'u'): void => {
  for (let i = 0; i < count; i++) client.observe(outcome(`${prefix}${i}`))
}

describe('backOffMilliseconds', () => {
  it('doubles from 0.5 s to 60 s, with full jitter', () => {
    const longest = Array.from({ length: 10 }, (_, i) => backOffMilliseconds(i + 1, 1))
    expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
    expect(backOffMilliseconds(5000, 0.5)).toBe(30_000)
    expect(backOffMilliseconds(4, 0)).toBe(0)
  })
})

describe('sending', () => {
  it('waits for others for a second, and no longer', async () => {
    const started = await startClient()
    observe(started, 1)
    await started.platform.advance(900)
    observe(started, 2)
    expect(posts(started)).toHaveLength(0)
    await started.platform.advance(100)
    expect(posts(started).map(linesOf)).toEqual([3])
  })

  it('does not wait once 100 events are there, and has one request under way', async () => {
    const started = await startClient()
    const { fetch } = started.server
    observe(started, 100)
    await started.platform.advance(0)
    expect(posts(started).map(linesOf)).toEqual([100])
    expect(fetch).toBeDefined()
    observe(started, 1200)
    await started.platform.advance(1)
    expect(posts(started).map(linesOf)).toEqual([100, 500, 500, 200])
  })

  it('keeps requests below 256 KiB', async () => {
    const started = await startClient()
    for (let i = 0; i < 900; i++)
      started.client.observe({ unit: '\u20ac'.repeat(250), metric: 'clicks', value: i })
    await started.platform.advance(2000)
    const sizes = posts(started).map(({ body = '' }) => new TextEncoder().encode(body).length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(256 * 1024)
    expect(sizes.length).toBeGreaterThan(2)
    expect(started.server.events.size).toBe(900)
  })

  it('sends nothing while there is nothing', async () => {
    const started = await startClient()
    await started.platform.advance(3_600_000)
    expect(posts(started)).toHaveLength(0)
    expect(await started.client.flush()).toEqual({ sent: 0, rejected: 0, queued: 0 })
  })

  it('says with each request who asks, and that it is NDJSON', async () => {
    const started = await startClient({ client: { url: 'http://helios.test/base//', key: 'hel_abc' } })
    started.server.fates['/base/v1/events'] = { status: 500 }
    observe(started, 1)
    await started.client.flush()
    expect(started.server.requests).toContain('POST /base/v1/events')
    expect(posts(started)[0]).toMatchObject({
      headers: { authorization: 'Bearer hel_abc', 'content-type': 'application/x-ndjson' },
      keepalive: false,
      cache: 'no-store',
    })
  })
})

describe('a server that is away', () => {
  it.each([
    ['cannot be reached', 'unreachable'],
    ['loses its answers', 'answer-lost'],
    ['is broken', { status: 500 }],
    ['stops', { status: 503 }],
    ['is busy', { status: 429 }],
    ['times out', { status: 408 }],
    ['is somebody else', { status: 200, text: '<html>Sign in to this hotel</html>' }],
    ['answers JSON of somebody else', { status: 200, text: '{"ok":true}' }],
    ['answers nothing', { status: 200, text: 'null' }],
    ['answers an odd receipt', { status: 200, text: '{"accepted":1,"duplicates":[],"rejected":[null]}' }],
    ['was moved', { status: 404 }],
  ] as const)('and %s is asked again, less and less often, and told of once', async (_, fate) => {
    const started = await startClient()
    const { server, platform, client, codes } = started
    server.fates[EVENTS] = fate
    observe(started, 3)
    await platform.advance(600_000)
    // At most: 1 + 7 until a minute, each with an expected wait of half its longest, then one per 30 s.
    expect(posts(started).length).toBeGreaterThan(8)
    expect(posts(started).length).toBeLessThan(60)
    expect(codes()).toEqual(['unreachable'])
    expect(client.status().queued).toBe(3)
    server.fates = {}
    await platform.advance(60_000)
    expect(server.events.size).toBe(3)
    expect(client.status()).toMatchObject({ queued: 0, dropped: 0 })
  })

  it.each([
    ['seconds', '90', 90_000],
    ['a date', new Date(START + 91_000).toUTCString(), 90_000],
    ['a day, of which five minutes are believed', '86400', 300_000],
  ])('that asks to wait, by %s, is left alone that long', async (_, retryAfter, milliseconds) => {
    const started = await startClient()
    const { server, platform } = started
    server.fates[EVENTS] = { status: 503, headers: { 'retry-after': retryAfter } }
    observe(started, 1)
    await platform.advance(1000)
    server.fates = {}
    await platform.advance(milliseconds - 2000)
    expect(posts(started)).toHaveLength(1)
    await platform.advance(4000)
    expect(server.events.size).toBe(1)
  })

  it('is asked at once by flush, which resolves after one try', async () => {
    const started = await startClient()
    const { server, client, platform } = started
    server.fates[EVENTS] = 'unreachable'
    observe(started, 3)
    await platform.advance(300_000)
    const before = posts(started).length
    expect(await client.flush()).toEqual({ sent: 0, rejected: 0, queued: 3 })
    expect(posts(started)).toHaveLength(before + 1)
    server.fates = {}
    expect(await client.flush()).toEqual({ sent: 3, rejected: 0, queued: 0 })
  })

  it('that never answers is given up after a while', async () => {
    const started = await startClient()
    const { server, platform, codes } = started
    const { fetch } = server
    const hanging = await startClient({
      server: {
        ...server,
        fetch: (url, request) =>
          new Promise((resolve, reject) => {
            if (!url.endsWith(EVENTS) || platform.now() > START + 60_000) resolve(fetch(url, request))
            else request.signal.addEventListener('abort', () => reject(new Error('aborted')))
          }),
      },
      time: started.time,
    })
    observe(hanging, 1)
    await hanging.platform.advance(120_000)
    expect(hanging.codes()).toEqual(['unreachable'])
    expect(server.events.size).toBe(1)
    expect(codes()).toEqual([])
  })
})

describe('a refused key', () => {
  it.each([401, 403])('(%d) keeps the events, is told once, and tried once a minute', async (status) => {
    const started = await startClient()
    const { server, platform, errors } = started
    server.fates[EVENTS] = { status, text: '{"detail":"This key lacks the scope \\"ingest\\"."}' }
    observe(started, 2)
    await platform.advance(601_000)
    expect(posts(started)).toHaveLength(11)
    expect(errors.map(({ code }) => code)).toEqual(['key-refused'])
    expect(errors[0]?.message).toContain(
      `answered ${status}; it is tried again. {"detail":"This key lacks the scope`,
    )
    server.fates = {}
    await platform.advance(60_000)
    expect(server.events.size).toBe(2)
  })
})

describe('what the server will not take', () => {
  it('item by item is dropped and reported with the event', async () => {
    const started = await startClient()
    const { server, client, errors } = started
    server.refuse = ({ unit }) => (unit === 'u1' ? 'HEL_METRIC_NOT_FOUND' : undefined)
    observe(started, 3)
    expect(await client.flush()).toEqual({ sent: 2, rejected: 1, queued: 0 })
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({
      code: 'event-rejected',
      message: 'HEL_METRIC_NOT_FOUND: no',
      event: { unit: 'u1' },
    })
  })

  it('as too large is sent in parts', async () => {
    const started = await startClient()
    const { server, client } = started
    const fetch = server.fetch
    const small = await startClient({
      server: {
        ...server,
        fetch: (url, request) => {
          if ((request.body?.length ?? 0) > 20_000) server.fates[EVENTS] = { status: 413 }
          return fetch(url, request).finally(() => delete server.fates[EVENTS])
        },
      },
    })
    observe(small, 1000)
    expect(await small.client.flush()).toEqual({ sent: 1000, rejected: 0, queued: 0 })
    expect(small.codes()).toEqual([])
    expect(client.status().queued).toBe(0)
  })

  it('whatever its parts are is dropped and reported, and does not block what comes after', async () => {
    const started = await startClient()
    const { server, client, codes } = started
    server.fates[EVENTS] = { status: 400, text: '{"detail":"no"}' }
    observe(started, 200)
    expect(await client.flush()).toEqual({ sent: 0, rejected: 200, queued: 0 })
    expect(new Set(codes())).toEqual(new Set(['event-rejected']))
    server.fates = {}
    observe(started, 1)
    expect(await client.flush()).toEqual({ sent: 1, rejected: 0, queued: 0 })
  })
})

describe('the limit of the queue', () => {
  it.each([10_000, 100, 3, 1])(
    'of %d holds; the oldest give way, are counted and reported',
    async (queueLimit) => {
      const started = await startClient({ client: { queueLimit } })
      const { server, client, platform, codes } = started
      server.fates[EVENTS] = 'unreachable'
      await client.flush()
      observe(started, queueLimit + 200)
      const { queued, dropped } = client.status()
      expect(queued).toBeLessThanOrEqual(queueLimit)
      expect(queued).toBeGreaterThan(queueLimit - 50)
      expect(queued + dropped).toBe(queueLimit + 200)
      expect(codes()).toContain('queue-overflow')
      server.fates = {}
      await platform.advance(120_000)
      const units = [...server.events.values()].map(({ unit }) => unit)
      expect(units).toEqual(Array.from({ length: queued }, (_, i) => `u${dropped + i}`))
    },
  )

  it('does not drop what is on its way', async () => {
    const started = await startClient({ client: { queueLimit: 50 } })
    observe(started, 50)
    const flushed = started.client.flush()
    observe(started, 60, 'later')
    await flushed
    await started.client.flush()
    const units = [...started.server.events.values()].map(({ unit }) => unit)
    expect(units.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => `u${i}`))
    expect(units).toContain('later59')
  })
})

describe('a page that is left', () => {
  it('sends what waits in one request of at most 64 KiB that outlives it', async () => {
    const started = await startClient({ query: '' })
    const { server, platform } = started
    for (let i = 0; i < 1000; i++)
      started.client.observe({ unit: '\u20ac'.repeat(100), metric: 'clicks', value: i })
    platform.show('hidden')
    await platform.advance(0)
    const leaving = posts(started)[0] as PlatformRequest
    expect(leaving.keepalive).toBe(true)
    const bytes = new TextEncoder().encode(leaving.body).length
    expect(bytes).toBeLessThanOrEqual(65_536)
    expect(bytes).toBeGreaterThan(30_000)
    expect(server.events.size).toBeGreaterThanOrEqual(linesOf(leaving))
  })

  it('keeps what the request could not carry for the next page', async () => {
    const storage = memoryStorage()
    const locks = new Set<string>()
    const server = fakeServer()
    const first = await startClient({ query: '', storage, locks, server })
    server.fates[EVENTS] = 'unreachable'
    observe(first, 30)
    await first.platform.advance(0)
    first.platform.show('hidden')
    first.platform.show('leaving')
    first.platform.kill()
    server.fates = {}
    const second = await startClient({ query: '', storage, locks, server })
    await second.platform.advance(1000)
    expect(server.events.size).toBe(30)
  })
})

describe('journals', () => {
  const crash = async (storage: ClientStorage, locks?: Set<string>) => {
    const server = fakeServer()
    server.fates[EVENTS] = 'unreachable'
    const started = await startClient({ storage, server, ...(locks && { query: '', locks }) })
    observe(started, 120)
    await started.platform.advance(0)
    return started
  }

  it('of a tab that crashed are taken over by the next one, whose lock is its proof of life', async () => {
    const storage = memoryStorage()
    const locks = new Set<string>()
    const crashed = await crash(storage, locks)
    crashed.platform.kill()
    const next = await startClient({ storage, query: '', locks })
    expect(next.client.status().queued).toBe(120)
    await next.platform.advance(1000)
    expect(next.server.events.size).toBe(120)
    expect([...storage.keys()].filter((key) => key.includes('journal'))).toEqual([])
  })

  it('of a tab that lives are left alone', async () => {
    const storage = memoryStorage()
    const locks = new Set<string>()
    const living = await crash(storage, locks)
    const next = await startClient({ storage, query: '', locks })
    await next.platform.advance(600_000)
    expect([next.client.status().queued, living.client.status().queued]).toEqual([0, 120])
  })

  it('of a process that crashed are taken over a minute later, where there are no locks', async () => {
    const storage = memoryStorage()
    const time = { now: START }
    const crashed = await crash(storage)
    crashed.platform.kill()
    const next = await startClient({ storage, time })
    expect(next.client.status().queued).toBe(0)
    await next.platform.advance(30_000)
    expect(next.client.status().queued).toBe(0)
    await next.platform.advance(61_000)
    expect(next.server.events.size).toBe(120)
    expect([...storage.keys()].filter((key) => /journal|alive/.test(key))).toEqual([])
  })

  it('of a process that lives are left alone, where there are no locks', async () => {
    const storage = memoryStorage()
    const time = { now: START }
    const server = fakeServer()
    server.fates[EVENTS] = 'unreachable'
    const living = await startClient({ storage, time, server })
    observe(living, 10)
    const next = await startClient({ storage, time })
    for (let i = 0; i < 100; i++) {
      await living.platform.advance(5000)
      await next.platform.advance(5000)
    }
    expect([next.client.status().queued, living.client.status().queued]).toEqual([0, 10])
  })

  it('are not overwritten by another tab', async () => {
    const storage = memoryStorage()
    const locks = new Set<string>()
    const [a, b] = [await crash(storage, locks), await crash(storage, locks)]
    a.platform.kill()
    b.platform.kill()
    const next = await startClient({ storage, query: '', locks })
    await next.platform.advance(1000)
    expect(next.server.events.size).toBe(240)
  })

  it('that two take over at once are counted once', async () => {
    const storage = memoryStorage()
    const crashed = await crash(storage)
    crashed.platform.kill()
    const copy = memoryStorage()
    for (const key of storage.keys()) copy.set(key, storage.get(key) ?? '')
    const server = fakeServer()
    const time = { now: START + 3_600_000 }
    const tabs = [
      await startClient({ storage, server, time }),
      await startClient({ storage: copy, server, time }),
    ]
    for (const tab of tabs) await tab.platform.advance(1000)
    expect(server.arrivals).toHaveLength(240)
    expect(server.events.size).toBe(120)
  })

  it('of another server are left alone', async () => {
    const storage = memoryStorage()
    const crashed = await crash(storage)
    crashed.platform.kill()
    const next = await startClient({
      storage,
      time: { now: START + 3_600_000 },
      client: { url: 'http://other.test' },
    })
    await next.platform.advance(100_000)
    expect(next.client.status().queued).toBe(0)
  })

  it('that were damaged are sent as far as they can be read', async () => {
    const storage = memoryStorage()
    const prefix = 'helios:http://helios.test:'
    storage.set(`${prefix}journal:dead:1`, '{"id":"a","unit":"u","metric":"m","value":1}\n\n{"id":"b"')
    storage.set(`${prefix}journal:`, '')
    storage.set(`${prefix}journal:odd`, '\n\n')
    const server = fakeServer()
    server.refuse = () => undefined
    const fetch: typeof server.fetch = async (url, request) => {
      if (!url.endsWith(EVENTS)) return server.fetch(url, request)
      const lines = (request.body ?? '').split('\n')
      const receipt = {
        accepted: 1,
        duplicates: [],
        rejected: [{ index: 1, code: 'HEL_EVENT_INVALID', message: 'no JSON' }],
      }
      server.sent.push(request)
      expect(lines).toHaveLength(2)
      return { status: 200, headers: new Headers(), body: null, text: async () => JSON.stringify(receipt) }
    }
    const started = await startClient({ storage, server: { ...server, fetch } })
    await started.platform.advance(1000)
    expect(started.client.status().queued).toBe(0)
    expect(started.codes()).toEqual(['event-rejected'])
    expect([...storage.keys()].filter((key) => key.includes('journal'))).toEqual([])
  })
})

describe('storage that fails', () => {
  const broken = (failing: Partial<ClientStorage>): ClientStorage => ({ ...memoryStorage(), ...failing })
  const fail = (): never => {
    throw new DOMException('blocked', 'SecurityError')
  }
  it.each([
    ['is blocked', () => fail()],
    ['cannot be read', () => broken({ get: fail, keys: fail })],
    ['is full', () => broken({ set: fail })],
    ['cannot be cleaned', () => broken({ remove: fail })],
    ['fails wholly', () => broken({ get: fail, set: fail, remove: fail, keys: fail })],
    ['is not there', () => undefined],
  ])('because it %s is replaced by memory, and told of at most once', async (_, storage) => {
    const started = await startClient({ storage: storage as () => ClientStorage | undefined })
    const { client, server, codes, platform } = started
    observe(started, 5)
    client.override('greeting-tone', 'warm')
    expect(client.decide('greeting-tone', { unit: 'u1' }).reason).toBe('forced')
    expect(client.anonymousUnit()).toBe(client.anonymousUnit())
    await platform.advance(60_000)
    expect(server.events.size).toBe(5)
    expect(codes().filter((code) => code !== 'storage-failed')).toEqual([])
    expect(codes().length).toBeLessThanOrEqual(1)
  })

  it('because it holds nonsense does no harm', async () => {
    const storage = memoryStorage()
    const prefix = 'helios:http://helios.test:'
    for (const key of ['definitions', 'overrides', 'unit:u1', 'anonymous-unit', 'alive:x', 'journal:x:1']) {
      storage.set(prefix + key, '{"]')
    }
    const { client, codes } = await startClient({ storage })
    expect(client.use('greeting-tone', { unit: 'u1' }).reason).toBe('assigned')
    expect(client.anonymousUnit().length).toBeGreaterThan(0)
    expect(codes()).toEqual([])
    storage.set(`${prefix}overrides`, '[1,null,{"a":2}]')
    storage.set(`${prefix}unit:u1`, '[null]')
    storage.set(`${prefix}definitions`, '"tag"\n{"definitions":7}')
    const again = await startClient({ storage })
    expect(again.client.use('greeting-tone', { unit: 'u1' }).reason).toBe('assigned')
  })
})
