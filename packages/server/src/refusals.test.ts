import { PassThrough } from 'node:stream'
import { Helios } from '@helios/engine'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRunning, type Harness, outcomes } from './testing/harness.ts'

let harness: Harness
const log = new PassThrough()
let logged = ''
log.on('data', (chunk) => {
  logged += chunk
})

beforeAll(async () => {
  harness = await createRunning({ logger: pino({ level: 'trace' }, log) })
})
afterAll(() => harness.close())

const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** Calls, checks the form of the problem, and answers with it. */
async function refusal(...args: Parameters<Harness['call']>): Promise<Record<string, unknown>> {
  const answer = await harness.call(...args)
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  const problem = answer.json()
  expect(problem).toEqual({
    type: `/docs/errors#${problem.code}`,
    title: expect.stringMatching(/^[A-Z][a-z ]+$/),
    status: answer.statusCode,
    detail: expect.stringMatching(/[.…]$/),
    code: expect.stringMatching(/^HEL_[A-Z_]+$/),
    instance: expect.stringMatching(new RegExp(`^urn:uuid:${UUID}$`)),
    ...(problem.errors === undefined ? {} : { errors: expect.any(Array) }),
  })
  expect(problem.instance).toBe(`urn:uuid:${answer.headers['x-request-id']}`)
  return problem
}

describe('a problem', () => {
  it('tells where nothing is', async () => {
    expect(await refusal('GET', '/v1/nothing?key=secret')).toMatchObject({
      status: 404,
      code: 'HEL_NOT_FOUND',
      detail: 'Nothing is at /v1/nothing.',
    })
  })

  it('tells which methods a path takes', async () => {
    expect(await refusal('PUT', '/v1/experiments/greeting')).toMatchObject({
      status: 405,
      code: 'HEL_METHOD_NOT_ALLOWED',
    })
    const { headers } = await harness.call('PUT', '/v1/experiments/greeting')
    expect(headers['allow']).toBe('GET, HEAD, PATCH')
    expect((await harness.call('OPTIONS', '/v1/events')).headers['allow']).toBe('POST')
    expect((await harness.call('GET', '/v1/experiments/greeting/start')).headers['allow']).toBe('POST')
  })

  it('names the fields of a request that has not the expected form', async () => {
    const problem = await refusal('POST', '/v1/decide', { experiment: 'greeting', unit: 7, unti: 'u' })
    expect(problem).toMatchObject({ status: 400, code: 'HEL_REQUEST_INVALID' })
    expect(problem['errors']).toEqual(
      expect.arrayContaining([
        { in: 'body', pointer: '', message: 'has unknown fields: unti' },
        { in: 'body', pointer: '/unit', message: expect.stringContaining('string') },
      ]),
    )
    const query = await refusal('GET', '/v1/experiments/greeting/analysis?evenIfMisleading=1')
    expect(query['errors']).toMatchObject([{ in: 'query', pointer: '/evenIfMisleading' }])
  })

  it('passes on what the engine says', async () => {
    const variants = [{ key: 'a' }, { key: 'b' }]
    expect(await refusal('POST', '/v1/experiments', { key: 'x', variants })).toMatchObject({
      status: 400,
      code: 'HEL_EXPERIMENT_INVALID',
      detail: expect.stringContaining('control'),
    })
    const decision = { experiment: 'greeting', unit: '\ud800' }
    expect(await refusal('POST', '/v1/decide', JSON.stringify(decision))).toMatchObject({
      code: 'HEL_UNIT_INVALID',
      status: 422,
    })
  })

  it.each(['{', '[1,]', '{"a": NaN}', ''])('refuses the body %j', async (body) => {
    expect(await refusal('POST', '/v1/metrics', body)).toMatchObject({
      status: 400,
      code: 'HEL_REQUEST_INVALID',
    })
  })

  it('refuses keys that would reach into prototypes', async () => {
    const body = '{"key": "m", "kind": "mean", "__proto__": {"builtIn": true}}'
    expect(await refusal('POST', '/v1/metrics', body)).toMatchObject({
      status: 400,
      code: 'HEL_REQUEST_INVALID',
    })
  })

  it('refuses other media types', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const route of ['/v1/decide', '/v1/events']) {
      expect(await refusal('POST', route, 'a=1', { headers })).toMatchObject({
        status: 415,
        code: 'HEL_MEDIA_TYPE_UNSUPPORTED',
      })
    }
    const lines = { 'content-type': 'application/x-ndjson' }
    expect(await refusal('POST', '/v1/decide', '{}', { headers: lines })).toMatchObject({ status: 415 })
  })

  it('refuses a path that cannot be decoded', async () => {
    expect(await refusal('GET', '/v1/experiments/%zz')).toMatchObject({
      status: 400,
      code: 'HEL_REQUEST_INVALID',
    })
  })
})

describe('size', () => {
  const padded = (bytes: number): string =>
    JSON.stringify([{ ...outcomes(1, `big${bytes}`)[0], note: 'x'.repeat(bytes) }])

  it('is 1 MiB at most', async () => {
    const body = { experiment: 'greeting', unit: 'u', context: { note: 'x'.repeat(1024 * 1024) } }
    expect(await refusal('POST', '/v1/decide', body)).toMatchObject({
      status: 413,
      code: 'HEL_BODY_TOO_LARGE',
    })
  })

  it('and 8 MiB for events', async () => {
    const taken = await harness.call('POST', '/v1/events', padded(7 * 1024 * 1024))
    expect(taken.json()).toMatchObject({ accepted: 1 })
    expect(await refusal('POST', '/v1/events', padded(8 * 1024 * 1024))).toMatchObject({
      status: 413,
      code: 'HEL_BODY_TOO_LARGE',
    })
  })

  it('and 10,000 events', async () => {
    const before = harness.helios.status().position
    expect(await refusal('POST', '/v1/events', outcomes(10_001, 'many'))).toMatchObject({
      status: 413,
      code: 'HEL_BATCH_TOO_LARGE',
    })
    expect(harness.helios.status().position).toBe(before)
  })
})

describe('events', () => {
  it.each([
    ['{}', 'HEL_BATCH_INVALID'],
    ['"events"', 'HEL_BATCH_INVALID'],
    ['[{"id": "n", "unit": "u", "metric": "clicks", "value": 1}, {"value": NaN}]', 'HEL_REQUEST_INVALID'],
  ])('%s changes nothing', async (body, code) => {
    const before = harness.helios.status().position
    expect(await refusal('POST', '/v1/events', body)).toMatchObject({ status: 400, code })
    expect(harness.helios.status().position).toBe(before)
  })

  it('refuses broken UTF-8, which would make one id of two', async () => {
    const payload = Buffer.from('[{"id": "?", "unit": "u", "metric": "clicks", "value": 1}]')
    payload[payload.indexOf('?')] = 0xff
    const answer = await harness.server.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { authorization: `Bearer ${harness.secrets.ingest}`, 'content-type': 'application/json' },
      payload,
    })
    expect(answer.json()).toMatchObject({
      status: 400,
      code: 'HEL_REQUEST_INVALID',
      detail: expect.stringContaining('UTF-8'),
    })
  })
})

describe('our own faults', () => {
  it('are described in the log alone, under the reference that the client gets', async () => {
    const helios = await Helios.open()
    helios.analyse = async () => Promise.reject(new Error('a detail of the machine'))
    const other = await createRunning({ helios, logger: pino({ level: 'warn' }, log) })
    const answer = await other.call('GET', '/v1/experiments/greeting/analysis')
    expect(answer.json()).toMatchObject({ status: 500, code: 'HEL_INTERNAL' })
    expect(answer.body).not.toContain('detail of')
    const reference = String(answer.headers['x-request-id'])
    expect(answer.json().detail).toContain(reference)
    const line = logged.split('\n').find((one) => one.includes(reference)) ?? ''
    expect(line).toContain('a detail of the machine')
    expect(line).toContain('refusals.test.ts')
    await other.close()
  })

  it('and keys are never logged, at any level', async () => {
    for (const secret of [...Object.values(harness.secrets), 'hel_00000000_guess']) {
      await harness.call('GET', '/v1/keys', undefined, { secret })
      await harness.call('POST', '/v1/events', '{', { secret })
    }
    const made = await harness.call('POST', '/v1/keys', { name: 'new', scopes: ['read'] })
    await harness.call('DELETE', `/v1/keys/${made.json().key.id}`)
    expect(logged).toContain('request refused')
    expect(logged).not.toMatch(/hel_[0-9a-f]{8}_/)
  })
})
