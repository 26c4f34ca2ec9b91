import { once } from 'node:events'
import { connect } from 'node:net'
import { PassThrough } from 'node:stream'
import { Helios } from '@helios/engine'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type EventStream, openEventStream } from '../testing/event-stream.ts'
import { createRunning, GREETING, type Harness, outcomes } from '../testing/harness.ts'

const PACE = { definitionsMilliseconds: 10, numbersMilliseconds: 20, heartbeatMilliseconds: 30 }
const NUMBERS = 'topics=summaries&experiment=greeting'
const open: EventStream[] = []
let harness: Harness
let url: string
let logged = ''

beforeEach(async () => {
  const log = new PassThrough()
  logged = ''
  log.on('data', (chunk) => {
    logged += chunk
  })
  harness = await createRunning({ streamPace: PACE, logger: pino({ level: 'warn' }, log) })
  url = await harness.server.listen({ port: 0, host: '127.0.0.1' })
})
afterEach(async () => {
  for (const stream of open.splice(0)) stream.close()
  await harness.close()
})

async function listen(
  query: string,
  headers: Readonly<Record<string, string>> = { authorization: `Bearer ${harness.secrets.read}` },
): Promise<EventStream> {
  const stream = await openEventStream(`${url}/v1/stream?${query}`, headers)
  open.push(stream)
  return stream
}

const expose = (unit: string) => harness.helios.expose(harness.helios.decide('greeting', { unit }))
const currentTag = async () => (await harness.call('GET', '/v1/definitions')).headers['etag']

describe('the stream of definitions', () => {
  it('tells their entity tag at the beginning and after each change', async () => {
    const stream = await listen('topics=definitions', { authorization: `Bearer ${harness.secrets.decide}` })
    const first = await currentTag()
    expect(await stream.next()).toEqual({ name: 'definitions', data: { etag: first } })
    await harness.helios.experiments.create({ ...GREETING, key: 'a-draft' })
    await harness.call('POST', '/v1/experiments/greeting/pause')
    const second = await currentTag()
    expect(second).not.toBe(first)
    // The draft, which clients are not given, was not worth a message.
    expect(await stream.next()).toEqual({ name: 'definitions', data: { etag: second } })
  })
})

describe('the stream of numbers', () => {
  it('tells all lines of the list, and then those that changed', async () => {
    await harness.helios.experiments.create({ ...GREETING, key: 'other' })
    const stream = await listen('topics=summaries')
    const all = (await harness.call('GET', '/v1/summaries')).json()
    expect(await stream.next()).toEqual({ name: 'summaries', data: all })
    expect(all.summaries).toHaveLength(2)
    await expose('u1')
    expect(await stream.next()).toMatchObject({ data: { summaries: [{ key: 'greeting', units: 1 }] } })
    await harness.helios.experiments.edit('other', { name: 'Renamed' })
    expect(await stream.next()).toMatchObject({ data: { summaries: [{ key: 'other', name: 'Renamed' }] } })
  })

  it('gives who comes later all lines as they are then', async () => {
    const early = await listen('topics=summaries')
    await early.next()
    await expose('u1')
    await early.next()
    const late = await listen('topics=summaries')
    expect(await late.next()).toMatchObject({ data: { summaries: [{ key: 'greeting', units: 1 }] } })
  })

  it('tells of the experiment that is watched, whenever its numbers or its version change', async () => {
    await harness.helios.experiments.create({ ...GREETING, key: 'other' })
    await harness.helios.experiments.start('other')
    const stream = await listen('experiment=greeting')
    const other = await listen('experiment=other')
    const results = (units: number, version = 2, experiment = 'greeting') => ({
      name: 'results',
      data: { experiment, version, units },
    })
    await expose('u-1')
    expect(await stream.next()).toEqual(results(1))
    // An outcome changes the mean, though no unit came.
    await harness.helios.observe(outcomes(2))
    expect(await stream.next()).toEqual(results(1))
    await harness.helios.experiments.pause('greeting')
    expect(await stream.next()).toEqual(results(1, 3))
    await harness.helios.experiments.pause('other')
    expect(await other.next()).toEqual(results(0, 3, 'other'))
  })

  it('carries all topics at once', async () => {
    const stream = await listen(`topics=definitions,summaries&experiment=greeting`)
    const first = [await stream.next(), await stream.next()]
    expect(first.map(({ name }) => name)).toEqual(['definitions', 'summaries'])
    await expose('u1')
    const then = [await stream.next(), await stream.next()]
    expect(then.map(({ name }) => name)).toEqual(['summaries', 'results'])
  })
})

describe('a stream', () => {
  it('is made for browsers and proxies', async () => {
    const stream = await listen('topics=definitions')
    await stream.next()
    expect(Object.fromEntries(stream.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    expect(stream.text()).toMatch(/^retry: 2000\n\n/)
    // What comes between messages is read while one is waited for.
    stream.next().catch(() => {})
    await expect.poll(() => stream.text()).toContain('\n\n:\n\n')
  })

  it('is open to a session as well', async () => {
    const headers = { host: new URL(url).host }
    const body = { key: harness.secrets.read }
    const answer = await harness.call('POST', '/v1/session', body, { secret: '', headers })
    const cookie = String(answer.headers['set-cookie']).split(';')[0] as string
    const stream = await listen(NUMBERS, { cookie, 'sec-fetch-site': 'same-origin' })
    expect(await stream.next()).toMatchObject({ name: 'summaries' })
    await harness.call('DELETE', '/v1/session', undefined, {
      secret: '',
      headers: { ...headers, cookie, 'sec-fetch-site': 'same-origin' },
    })
    await stream.ended()
  })

  it('ends when its key is revoked, and others go on', async () => {
    const { key, secret } = await harness.keys.create({ name: 'gone', scopes: ['read'], by: 'test' })
    const [stream, other] = [
      await listen(NUMBERS, { authorization: `Bearer ${secret}` }),
      await listen(NUMBERS),
    ]
    await Promise.all([stream.next(), other.next()])
    await harness.keys.revoke(key.id, 'test')
    await stream.ended()
    await expose('u1')
    expect(await other.next()).toMatchObject({ name: 'summaries' })
  })

  it.each([
    ['topics=summaries', 'decide', 403, 'HEL_FORBIDDEN'],
    ['topics=definitions&experiment=greeting', 'decide', 403, 'HEL_FORBIDDEN'],
    ['topics=definitions', 'ingest', 403, 'HEL_FORBIDDEN'],
    ['topics=definitions', 'revoked', 401, 'HEL_UNAUTHENTICATED'],
    ['topics=everything', 'read', 400, 'HEL_REQUEST_INVALID'],
    ['topics=', 'read', 400, 'HEL_REQUEST_INVALID'],
    ['', 'read', 400, 'HEL_REQUEST_INVALID'],
    ['experiment=gone', 'read', 404, 'HEL_EXPERIMENT_NOT_FOUND'],
  ] as const)('of %j is not for %s', async (query, who, status, code) => {
    const answer = await harness.call('GET', `/v1/stream?${query}`, undefined, {
      secret: harness.secrets[who],
    })
    expect(answer.json()).toMatchObject({ status, code })
  })

  it('has no head of its own', async () => {
    expect((await harness.call('HEAD', '/v1/stream?topics=definitions')).statusCode).toBe(405)
  })

  it('is counted while it lasts, and its duration is not that of a request', async () => {
    const metrics = async () => (await harness.call('GET', '/metrics')).body
    const stream = await listen('topics=definitions')
    await stream.next()
    expect(await metrics()).toContain('\nhelios_stream_listeners 1\n')
    stream.close()
    await expect.poll(metrics).toContain('\nhelios_stream_listeners 0\n')
    expect(await metrics()).not.toContain('route="/v1/stream",status="200"')
  })

  it('ends when the server stops, whether the client reads or not', async () => {
    const streams = await Promise.all(Array.from({ length: 20 }, () => listen(NUMBERS)))
    await Promise.all(streams.map((stream) => stream.next()))
    const deaf = connect(Number(new URL(url).port), '127.0.0.1')
    const ask = ['GET /v1/stream?topics=summaries HTTP/1.1', 'Host: x']
    ask.push(`Authorization: Bearer ${harness.secrets.read}`)
    deaf.write(`${ask.join('\r\n')}\r\n\r\n`)
    await once(deaf, 'readable')
    const gone = once(deaf, 'close')
    deaf.resume()
    await Promise.all([harness.server.close(), ...streams.map((stream) => stream.ended()), gone])
    expect(logged).toBe('')
  })
})

describe('a fault', () => {
  it('ends the streams, is in the log once, and is an answer for who asks again', async () => {
    const helios = await Helios.open()
    const other = await createRunning({ helios, streamPace: PACE, logger: harness.server.log })
    const address = await other.server.listen({ port: 0, host: '127.0.0.1' })
    const headers = { authorization: `Bearer ${other.secrets.read}` }
    const stream = await openEventStream(`${address}/v1/stream?topics=summaries`, headers)
    await stream.next()
    helios.summaries = () => {
      throw new Error('a detail of the machine')
    }
    await helios.experiments.pause('greeting')
    await stream.ended()
    expect(logged.match(/the live stream failed/g)).toHaveLength(1)
    const again = await other.call('GET', '/v1/stream?topics=summaries')
    expect(again.json()).toMatchObject({ status: 500, code: 'HEL_INTERNAL' })
    await other.close()
  })
})
