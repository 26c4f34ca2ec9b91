import { describe, expect, it } from 'vitest'
import * as background from './background.ts'
import type { ClientChange } from './definitions.ts'
import { readEventStream } from './event-stream.ts'
import { loadBackground } from './load-background.ts'
import { settle } from './testing/fake-platform.ts'
import { definitionOf, definitionsMessage, fakeServer } from './testing/fake-server.ts'
import { type Started, startClient } from './testing/start-client.ts'

const DEFINITIONS = '/v1/definitions'
const count = ({ server }: Started, request: string): number =>
  server.requests.filter((one) => one === request).length
const asked = (started: Started): number => count(started, `GET ${DEFINITIONS}`)
const listened = (started: Started): number => count(started, 'GET /v1/stream')
const versionOf = ({ client }: Started) =>
  (client.decide('greeting-tone', { unit: 'u1' }) as { version?: number }).version

async function startStreaming(): Promise<Started> {
  const server = fakeServer()
  server.definitions = [definitionOf()]
  server.hasStream = true
  const started = await startClient({ server, query: '' })
  await started.platform.advance(0)
  return started
}

describe('definitions', () => {
  it('are asked for every 30 s without a stream, give or take a quarter, and not sent again', async () => {
    const started = await startClient()
    await started.platform.advance(300_000)
    expect(asked(started)).toBeGreaterThan(8)
    expect(asked(started)).toBeLessThanOrEqual(14)
    expect(listened(started)).toBe(0)
    const [first, ...others] = started.server.sent.filter(({ method }) => method !== 'POST')
    expect(first?.headers).not.toHaveProperty('if-none-match')
    expect(others.every(({ headers }) => headers['if-none-match']?.startsWith('"'))).toBe(true)
  })

  it('are taken over when they change, and listeners are told', async () => {
    const started = await startClient({ client: { pollMilliseconds: 1000 } })
    const changes: ClientChange[] = []
    const stop = started.client.onChange((change) => changes.push(change))
    await started.platform.advance(10_000)
    expect(changes).toEqual([])
    started.server.definitions = [definitionOf({ version: 3 })]
    await started.platform.advance(2000)
    expect(versionOf(started)).toBe(3)
    expect(changes).toEqual(['definitions'])
    stop()
    started.server.definitions = []
    await started.platform.advance(2000)
    expect(versionOf(started)).toBeUndefined()
    expect(changes).toHaveLength(1)
  })

  it('stay as they are while the server is away or talks nonsense, and listeners learn of both', async () => {
    const started = await startClient()
    const changes: ClientChange[] = []
    started.client.onChange((change) => changes.push(change))
    for (const fate of [
      'unreachable',
      { status: 502 },
      { status: 200, text: '{"definitions":{}}' },
    ] as const) {
      started.server.fates[DEFINITIONS] = fate
      await started.platform.advance(120_000)
      expect(versionOf(started)).toBe(2)
      expect(started.client.status().state).toBe('cached')
    }
    started.server.fates = {}
    await started.platform.advance(60_000)
    expect(started.client.status().state).toBe('live')
    expect(changes).toEqual(['state', 'state'])
    expect(started.codes()).toEqual(['unreachable'])
  })

  it('are asked for once a minute with a key that is refused', async () => {
    const server = fakeServer()
    server.fates[DEFINITIONS] = { status: 403 }
    const started = await startClient({ server })
    await started.platform.advance(600_500)
    expect(asked(started)).toBe(11)
    expect(started.codes()).toEqual(['key-refused'])
  })

  it('do not suffer from a listener that throws', async () => {
    const started = await startClient({ client: { pollMilliseconds: 1000 } })
    const changes: ClientChange[] = []
    started.client.onChange(() => {
      throw new Error('mine')
    })
    started.client.onChange((change) => changes.push(change))
    started.server.definitions = [definitionOf({ version: 3 })]
    await started.platform.advance(2000)
    expect(started.codes()).toEqual(['listener-failed'])
    expect(changes).toEqual(['definitions'])
  })
})

describe('the stream', () => {
  it('tells of changes at once, and nothing is asked in between', async () => {
    const started = await startStreaming()
    await started.platform.advance(40_000)
    expect([asked(started), listened(started)]).toEqual([1, 1])
    started.server.definitions = [definitionOf({ version: 3 })]
    started.server.push(definitionsMessage(started.server.definitions))
    await settle()
    expect(versionOf(started)).toBe(3)
    expect(asked(started)).toBe(2)
    started.server.push(definitionsMessage(started.server.definitions))
    started.server.push(':\n\nevent: summaries\ndata: {"etag":"other"}\n\n')
    await settle()
    expect(asked(started)).toBe(2)
  })

  it('is taken for broken after 45 s without a byte; heartbeats keep it', async () => {
    const started = await startStreaming()
    for (let i = 0; i < 10; i++) {
      await started.platform.advance(30_000)
      started.server.push(':\n\n')
    }
    expect(listened(started)).toBe(1)
    await started.platform.advance(46_500)
    expect(listened(started)).toBe(2)
    expect(started.server.listeners()).toBe(1)
  })

  it('is opened again with back-off when it ends, and a change in between is not missed', async () => {
    const started = await startStreaming()
    started.server.definitions = [definitionOf({ version: 3 })]
    started.server.hangUp()
    await started.platform.advance(600)
    expect(versionOf(started)).toBe(3)
    expect(listened(started)).toBe(2)
    for (let i = 0; i < 600; i++) {
      started.server.hangUp()
      await started.platform.advance(1000)
    }
    // Waits double up to a minute, so ten minutes hold few attempts.
    expect(listened(started)).toBeLessThan(60)
    expect(started.codes()).toEqual([])
  })

  it.each([404, 405, 406, 400, 200])(
    'that a server answers with %d is replaced by asking',
    async (status) => {
      const server = fakeServer()
      server.definitions = [definitionOf()]
      server.fates['/v1/stream'] = { status, text: '<html>', headers: { 'content-type': 'text/html' } }
      const started = await startClient({ server, query: '' })
      await started.platform.advance(120_000)
      expect(listened(started)).toBe(1)
      expect(asked(started)).toBeGreaterThan(2)
      expect(started.codes()).toEqual([])
    },
  )

  it.each([503, 429, 401, 'unreachable'] as const)(
    'that fails with %s is tried again, and asked in between',
    async (fate) => {
      const server = fakeServer()
      server.definitions = [definitionOf()]
      server.hasStream = true
      server.fates['/v1/stream'] = typeof fate === 'number' ? { status: fate } : fate
      const started = await startClient({ server, query: '' })
      await started.platform.advance(120_000)
      expect(listened(started)).toBeGreaterThan(3)
      expect(asked(started)).toBeGreaterThan(3)
      server.fates = {}
      for (let i = 0; i < 60 && server.listeners() === 0; i++) await started.platform.advance(1000)
      expect(server.listeners()).toBe(1)
    },
  )

  it('is closed while the page is hidden, when nothing is asked either, and opened again', async () => {
    const started = await startStreaming()
    started.platform.show('hidden')
    await started.platform.advance(600_000)
    expect(started.server.listeners()).toBe(0)
    expect([asked(started), listened(started)]).toEqual([1, 1])
    started.server.definitions = [definitionOf({ version: 3 })]
    started.platform.show('visible')
    await settle()
    expect(versionOf(started)).toBe(3)
    expect(started.server.listeners()).toBe(1)
  })

  it('is not opened by a page that was never seen, which asks once nevertheless', async () => {
    const server = fakeServer()
    server.definitions = [definitionOf()]
    server.hasStream = true
    const started = await startClient({ server, query: '', isHidden: true })
    await started.platform.advance(100_000)
    expect([asked(started), listened(started)]).toEqual([1, 0])
    started.platform.show('visible')
    await settle()
    expect(listened(started)).toBe(1)
  })

  it('ends with the client', async () => {
    const started = await startStreaming()
    await started.client.close()
    await started.platform.advance(100_000)
    expect(started.server.listeners()).toBe(0)
    expect(listened(started)).toBe(1)
    expect(started.platform.timers()).toBe(0)
  })
})

describe('the background', () => {
  async function startWithout(load: typeof loadBackground, isHidden = false): Promise<Started> {
    const server = fakeServer()
    server.definitions = [definitionOf()]
    server.hasStream = true
    return startClient({ server, query: '', isHidden, load })
  }

  it.each([
    ['cannot be loaded', async () => Promise.reject(new TypeError('Failed to fetch'))],
    ['never comes', () => new Promise<never>(() => {})],
  ])('that %s is replaced by asking every half minute, and everything else works', async (_, load) => {
    const started = await startWithout(load)
    expect(await started.client.ready()).toBe('live')
    started.client.use('greeting-tone', { unit: 'u1' })
    await started.platform.advance(1000)
    expect(started.server.events.size).toBe(1)
    started.server.definitions = [definitionOf({ version: 3 })]
    await started.platform.advance(299_000)
    expect(versionOf(started)).toBe(3)
    expect([asked(started), listened(started)]).toEqual([11, 0])
    expect(started.codes()).toEqual([])
    started.client.observe({ unit: 'u1', metric: 'm', value: 1 })
    expect(await started.client.close()).toEqual({ sent: 1, rejected: 0, queued: 0 })
    expect(started.platform.timers()).toBe(0)
  })

  it('is loaded as soon as that can be done, and started once', async () => {
    let isBlocked = true
    const started = await startWithout(async () => {
      if (isBlocked) throw new TypeError('Failed to fetch')
      return background
    })
    await started.platform.advance(70_000)
    isBlocked = false
    await started.platform.advance(20_000)
    expect([asked(started), listened(started), started.server.listeners()]).toEqual([4, 1, 1])
    await started.platform.advance(40_000)
    expect([asked(started), listened(started)]).toEqual([4, 1])
  })

  it('that comes late finds a page as it is: hidden, or left by its client', async () => {
    const waiting: (() => void)[] = []
    const later = () =>
      new Promise<typeof background>((resolve) => {
        waiting.push(() => resolve(background))
      })
    const [hidden, closed] = [await startWithout(later), await startWithout(later)]
    hidden.platform.show('hidden')
    await closed.client.close()
    for (const arrive of waiting) arrive()
    await settle()
    expect([listened(hidden), listened(closed)]).toEqual([0, 0])
    expect(closed.platform.timers()).toBe(0)
    hidden.platform.show('visible')
    await settle()
    expect(listened(hidden)).toBe(1)
  })

  it('is loaded from a file of its own', async () => {
    expect(await loadBackground()).toBe(background)
  })
})

describe('readEventStream', () => {
  const readAll = async (bytes: Uint8Array, size: number) => {
    const messages: string[] = []
    let at = 0
    let arrivals = 0
    const read = async () => {
      const value = bytes.subarray(at, at + size)
      at += size
      return value.length > 0 ? { done: false, value } : { done: true }
    }
    await readEventStream(
      { read },
      (event, data) => messages.push(`${event}=${data}`),
      () => arrivals++,
    )
    return { messages, arrivals }
  }

  it('reads the same whatever the pieces are, in which bytes arrive', async () => {
    const text =
      'retry: 2000\n\n:\n\nevent: definitions\r\ndata: {"etag":"\u20ac"}\r\n\r\ndata:two\nevent:x\n\nevent: cut'
    const bytes = new TextEncoder().encode(text)
    for (let size = 1; size <= bytes.length; size++) {
      const { messages, arrivals } = await readAll(bytes, size)
      expect(messages).toEqual(['=', '=', 'definitions={"etag":"\u20ac"}', 'x=two'])
      expect(arrivals).toBe(Math.ceil(bytes.length / size))
    }
  })

  it('gives up on a stream without messages', async () => {
    await expect(readAll(new Uint8Array(100_000).fill(97), 1000)).rejects.toThrow(RangeError)
  })
})
