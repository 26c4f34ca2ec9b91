import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nonconformity } from './testing/conformance.ts'
import { createHarness, GREETING, type Harness, type Method, outcomes } from './testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await createHarness()
})
afterAll(() => harness.close())

const visited = new Set<string>()

/** Calls a route, and holds its answer against what OpenAPI says of it. */
async function call(
  route: string,
  {
    key = 'greeting',
    query = '',
    body,
    headers = {},
    secret,
  }: {
    key?: string
    query?: string
    body?: unknown
    headers?: Record<string, string>
    secret?: string
  } = {},
): Promise<LightMyRequestResponse> {
  const [method, path] = route.split(' ') as [Method, string]
  const url = path.replace(/\{\w+\}/, key) + query
  const answer = await harness.call(method, url, body, {
    headers,
    ...(secret === undefined ? {} : { secret }),
  })
  visited.add(route)
  if (answer.statusCode !== 204 && answer.statusCode !== 304) {
    const mediaType = String(answer.headers['content-type']).split(';')[0] as string
    const content = mediaType.includes('json') ? answer.json() : answer.body
    const document = harness.server.swagger()
    expect(nonconformity(document, route, answer.statusCode, mediaType, content)).toBeUndefined()
  }
  return answer
}

describe('the life of an experiment', () => {
  it('begins as a draft', async () => {
    const answer = await call('POST /v1/experiments', { body: { ...GREETING, why: 'hypothesis 12' } })
    expect(answer.statusCode).toBe(201)
    expect(answer.headers).toMatchObject({ etag: '"1"', location: '/v1/experiments/greeting' })
    expect(answer.json()).toMatchObject({ key: 'greeting', status: 'draft', version: 1, control: 'calm' })
    expect((await call('POST /v1/experiments', { body: GREETING })).json()).toMatchObject({
      code: 'HEL_EXPERIMENT_EXISTS',
    })
  })

  it('is edited by who read its latest version', async () => {
    const edit = { body: { name: 'Greeting', why: 'a name' }, headers: { 'if-match': '"1"' } }
    const first = await call('PATCH /v1/experiments/{key}', edit)
    expect(first.json()).toMatchObject({ name: 'Greeting', version: 2 })
    expect(first.headers['etag']).toBe('"2"')
    const late = await call('PATCH /v1/experiments/{key}', { ...edit, body: { name: 'Too late' } })
    expect(late.statusCode).toBe(409)
    expect(late.json()).toMatchObject({ code: 'HEL_VERSION_CONFLICT' })
    expect(harness.helios.experiments.get('greeting')).toMatchObject({ name: 'Greeting', version: 2 })
  })

  it('starts, pauses and resumes', async () => {
    const late = await call('POST /v1/experiments/{key}/start', { headers: { 'if-match': '"1"' } })
    expect(late.json()).toMatchObject({ code: 'HEL_VERSION_CONFLICT' })
    const started = await call('POST /v1/experiments/{key}/start', { headers: { 'if-match': '"2"' } })
    expect(started.json()).toMatchObject({ status: 'running', version: 3 })
    expect((await call('POST /v1/experiments/{key}/start')).json()).toMatchObject({
      code: 'HEL_TRANSITION_NOT_ALLOWED',
    })
    expect((await call('POST /v1/experiments/{key}/pause', { body: { why: 'a doubt' } })).json().status).toBe(
      'paused',
    )
    expect((await call('POST /v1/experiments/{key}/resume', { body: {} })).json().status).toBe('running')
  })

  it('decides, for one and for several', async () => {
    const one = await call('POST /v1/decide', { body: { experiment: 'greeting', unit: 'u1', expose: true } })
    expect(one.json()).toMatchObject({
      unit: 'u1',
      reason: 'assigned',
      receipt: { accepted: 1, rejected: [] },
    })
    expect(one.json()).toMatchObject(harness.helios.decide('greeting', { unit: 'u1' }))
    const forced = await call('POST /v1/decide', {
      body: { experiment: 'greeting', unit: 'u1', forced: 'warm' },
    })
    expect(forced.json()).toMatchObject({ variant: 'warm', reason: 'forced', tracked: false })
    expect(forced.json()).not.toHaveProperty('receipt')
    const several = await call('POST /v1/decide', {
      body: { experiments: ['gone', 'greeting'], unit: 'u2', context: { hour: 9 } },
    })
    expect(several.json()).toMatchObject({
      decisions: [{ experiment: 'greeting', unit: 'u2' }],
      rejected: [{ index: 0, code: 'HEL_EXPERIMENT_NOT_FOUND' }],
    })
    const gone = await call('POST /v1/decide', { body: { experiment: 'gone', unit: 'u1' } })
    expect(gone.json()).toMatchObject({ code: 'HEL_EXPERIMENT_NOT_FOUND' })
  })

  it('takes events as an array and as an object, counts repeats once and names bad ones', async () => {
    const before = harness.helios.status().position
    const [good, second] = outcomes(2)
    const body = [good, { ...second, metric: 'unheard_of' }, good, null]
    const answer = await call('POST /v1/events', { body: { events: body } })
    expect(answer.json()).toMatchObject({
      accepted: 1,
      duplicates: [2],
      rejected: [
        { index: 1, code: 'HEL_METRIC_NOT_FOUND' },
        { index: 3, code: 'HEL_EVENT_INVALID' },
      ],
    })
    expect((await call('POST /v1/events', { body: [good] })).json()).toEqual({
      accepted: 0,
      duplicates: [0],
      rejected: [],
    })
    expect(harness.helios.status().position).toBe(before + 1)
  })

  it('takes NDJSON, and keeps the lines that are whole', async () => {
    const [a, b] = outcomes(2, 'lines').map((event) => JSON.stringify(event))
    const lines = [a, '', '{"id": "nan", "unit": "u", "metric": "clicks", "value": NaN}', b, '{"cut'].join(
      '\n',
    )
    const answer = await call('POST /v1/events', {
      body: lines,
      headers: { 'content-type': 'application/x-ndjson' },
    })
    expect(answer.json()).toMatchObject({ accepted: 2, rejected: [{ index: 1 }, { index: 3 }] })
    for (const item of answer.json().rejected) {
      expect(item).toMatchObject({ code: 'HEL_EVENT_INVALID', message: expect.stringContaining('not JSON') })
    }
  })

  it('is analysed: what does not exist is null, never a missing field', async () => {
    const refused = await call('GET /v1/experiments/{key}/analysis')
    expect(refused.json()).toMatchObject({ control: 'calm', units: 1 })
    const answer = await call('GET /v1/experiments/{key}/analysis', { query: '?evenIfMisleading=true' })
    const { variants } = answer.json().metrics.satisfaction_rating
    const empty = harness.helios.decide('greeting', { unit: 'u1' }).variant === 'calm' ? 'warm' : 'calm'
    expect(variants[empty]).toEqual({ n: 0, mean: null, variance: null })
    expect(
      (await call('GET /v1/experiments/{key}/analysis', { query: '?evenIfMisleading=yes' })).statusCode,
    ).toBe(400)
  })

  it('passes the wish for misleading numbers on', async () => {
    const body = outcomes(40).map(({ id, unit }) => ({
      type: 'exposure',
      id: `e-${id}`,
      unit,
      experiment: 'greeting',
      variant: 'calm',
    }))
    expect((await call('POST /v1/events', { body })).json().accepted).toBe(40)
    const refused = (await call('GET /v1/experiments/{key}/analysis')).json()
    expect(refused).toMatchObject({ status: 'refused', metrics: {} })
    const given = (
      await call('GET /v1/experiments/{key}/analysis', { query: '?evenIfMisleading=true' })
    ).json()
    expect(given.metrics).toHaveProperty('satisfaction_rating')
    const no = (await call('GET /v1/experiments/{key}/analysis', { query: '?evenIfMisleading=false' })).json()
    expect(no.metrics).toEqual({})
  })

  it('is handed to clients while it lives, once per change', async () => {
    const first = await call('GET /v1/definitions')
    expect(first.json().definitions).toEqual([harness.helios.experiments.definition('greeting')])
    const etag = String(first.headers['etag'])
    for (const known of [etag, `"old", W/${etag}`, '*']) {
      const again = await call('GET /v1/definitions', { headers: { 'if-none-match': known } })
      expect([again.statusCode, again.body]).toEqual([304, ''])
    }
    const other = await call('GET /v1/definitions', { headers: { 'if-none-match': '"old"' } })
    expect(other.statusCode).toBe(200)
  })

  it('ends with a variant for everyone', async () => {
    const answer = await call('POST /v1/experiments/{key}/complete', {
      body: { ship: 'warm', why: 'better' },
    })
    expect(answer.json()).toMatchObject({ status: 'completed', shipped: 'warm' })
    expect(harness.helios.decide('greeting', { unit: 'anyone' }).variant).toBe('warm')
  })

  it('or is cancelled', async () => {
    await call('POST /v1/experiments', { body: { ...GREETING, key: 'second' } })
    expect((await call('POST /v1/experiments/{key}/cancel', { key: 'second' })).json().status).toBe(
      'cancelled',
    )
  })

  it('is remembered: every version, and who did what and why', async () => {
    const { versions } = (await call('GET /v1/experiments/{key}/versions')).json()
    expect(versions.map(({ version }: { version: number }) => version)).toEqual([1, 2, 3, 4, 5, 6])
    const { entries } = (await call('GET /v1/experiments/{key}/audit')).json()
    expect(
      entries.map((entry: { action: string; by: string; why: string }) => [
        entry.action,
        entry.by,
        entry.why,
      ]),
    ).toEqual([
      ['create', 'Ada', 'hypothesis 12'],
      ['edit', 'Ada', 'a name'],
      ['start', 'Ada', ''],
      ['pause', 'Ada', 'a doubt'],
      ['resume', 'Ada', ''],
      ['complete', 'Ada', 'better'],
    ])
    for (const list of ['audit', 'versions', 'analysis']) {
      expect((await call(`GET /v1/experiments/{key}/${list}`, { key: 'gone' })).json().code).toBe(
        'HEL_EXPERIMENT_NOT_FOUND',
      )
    }
  })

  it('is read alone and among all, and not again while it is the same', async () => {
    const { experiments } = (await call('GET /v1/experiments')).json()
    expect(experiments.map(({ key }: { key: string }) => key).sort()).toEqual(['greeting', 'second'])
    const one = await call('GET /v1/experiments/{key}')
    expect(one.headers['etag']).toBe('"6"')
    const again = await call('GET /v1/experiments/{key}', { headers: { 'if-none-match': '"6"' } })
    expect(again.statusCode).toBe(304)
  })
})

describe('readings of an experiment', () => {
  const metric = '?metric=satisfaction_rating'

  it('go over time, by the hour and by segment', async () => {
    const about = { metric: 'satisfaction_rating', role: 'primary', direction: 'increase', control: 'calm' }
    const history = (await call('GET /v1/experiments/{key}/history', { query: metric })).json()
    expect(history).toMatchObject({ ...about, status: 'refused', points: [] })
    const shown = await call('GET /v1/experiments/{key}/history', {
      query: `${metric}&evenIfMisleading=true`,
    })
    expect(shown.json().points.at(-1)).toMatchObject({ variants: { calm: { n: expect.any(Number) } } })
    const segments = await call('GET /v1/experiments/{key}/segments', { query: metric })
    expect(segments.json()).toMatchObject({ ...about, dimensions: [] })
    const replay = await call('GET /v1/experiments/{key}/aa-replay', { query: '?replays=20&population=all' })
    expect(replay.json()).toMatchObject({ replays: 20, seed: 1, population: 'all', unitsAvailable: 41 })
    const tooMany = await call('GET /v1/experiments/{key}/aa-replay', { query: '?replays=5000' })
    expect(tooMany.json()).toMatchObject({ code: 'HEL_REQUEST_INVALID' })
    const looked = await call('GET /v1/experiments/{key}/analysis', {
      query: '?checkup=true&evenIfMisleading=true',
    })
    expect(looked.json()).toMatchObject({ method: 'always-valid', health: { score: expect.any(Number) } })
    const report = await call('GET /v1/experiments/{key}/report')
    expect(report.json()).toMatchObject({ status: 'refused', results: [], units: 41 })
    const traffic = (await call('GET /v1/experiments/{key}/traffic')).json()
    expect(traffic.units.calm + traffic.units.warm).toBe(41)
    expect(traffic.hours).toHaveLength(1)
  })

  it('know the metrics and the experiments that there are', async () => {
    for (const reading of ['history', 'segments']) {
      const route = `GET /v1/experiments/{key}/${reading}`
      expect((await call(route, { query: '?metric=gone' })).json().code).toBe('HEL_METRIC_NOT_FOUND')
      expect((await call(route, { query: metric, key: 'gone' })).json().code).toBe('HEL_EXPERIMENT_NOT_FOUND')
      expect((await call(route)).json()).toMatchObject({ code: 'HEL_REQUEST_INVALID' })
    }
    expect((await call('GET /v1/experiments/{key}/traffic', { key: 'gone' })).statusCode).toBe(404)
  })

  it('are in short in the list', async () => {
    const { summaries } = (await call('GET /v1/summaries')).json()
    expect(summaries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          key: 'greeting',
          status: 'completed',
          units: 41,
          variants: 2,
          shipped: 'warm',
        }),
        expect.objectContaining({ key: 'second', status: 'cancelled', units: 0 }),
      ]),
    )
  })
})

describe('the size of a sample', () => {
  const ask = async (query: string) => (await call('GET /v1/sample-size', { query: `?${query}` })).json()
  const conversion = 'kind=proportion&baseline=0.1&minimumDetectableEffect=0.2'

  it('is answered with the method', async () => {
    expect(await ask(conversion)).toEqual({
      unitsPerVariant: 3841,
      units: 7682,
      method: expect.stringContaining('Fleiss'),
      correction: { method: 'bonferroni', comparisons: 1 },
    })
    expect(await ask(`${conversion}&variants=3&unitsPerDay=1000&coverage=0.5`)).toMatchObject({
      correction: { comparisons: 2 },
      days: 28,
    })
    const mean =
      'kind=mean&baseline=40&standardDeviation=20&minimumDetectableEffect=-5e-2&alpha=0.01&power=0.9'
    expect(await ask(mean)).toMatchObject({ unitsPerVariant: 2978 })
  })

  it.each([
    ['kind=proportion&baseline=0.1', 'minimumDetectableEffect'],
    [`${conversion}&alpha=NaN`, 'alpha'],
    [`${conversion}&alpha=0x1`, 'alpha'],
    [`${conversion}&alpha=1`, 'alpha'],
    [`${conversion}&power=0.2`, 'power'],
    [`${conversion}&variants=1`, 'variants'],
    [`${conversion}&variants=2.5`, 'variants'],
    [`${conversion}&variants=1001`, 'variants'],
    [`${conversion}&unitsPerDay=0`, 'unitsPerDay'],
    [`${conversion}&coverage=1.1`, 'coverage'],
    [`${conversion}&standardDeviation=1`, 'standardDeviation'],
    ['kind=proportion&baseline=0.9&minimumDetectableEffect=0.2', 'between 0 and 1'],
    ['kind=proportion&baseline=0.1&minimumDetectableEffect=0', 'other than 0'],
    ['kind=proportion&baseline=0.1&minimumDetectableEffect=1e-9', 'more units than exist'],
    ['kind=mean&baseline=40&minimumDetectableEffect=0.1', 'standardDeviation'],
    ['kind=mean&baseline=0&minimumDetectableEffect=0.1&standardDeviation=1', 'baseline'],
    ['kind=ratio&baseline=40&minimumDetectableEffect=0.1', 'kind'],
    [`${conversion}&seed=1`, 'seed'],
  ])('%s is refused', async (query, part) => {
    const problem = await ask(query)
    expect(problem).toMatchObject({ status: 400, code: 'HEL_REQUEST_INVALID' })
    expect(problem.detail).toContain(part)
  })
})

describe('power', () => {
  const conversion = {
    metric: { kind: 'proportion', baseline: 0.1 },
    minimumDetectableEffect: 0.2,
    power: 0.8,
  }
  const ask = async (change: object) =>
    (await call('POST /v1/power', { body: { ...conversion, ...change } })).json()

  it('is answered with curves and alternatives', async () => {
    const report = await ask({ traffic: { unitsPerDay: 1000 } })
    expect(report).toMatchObject({
      answer: { solvedFor: 'unitsPerVariant', unitsPerVariant: 3841, duration: { days: 8, weeks: 2 } },
      targetPower: 0.8,
    })
    expect(report.powerCurve).toHaveLength(24)
    expect(report.alternatives).toHaveLength(9)
    const zero = { kind: 'mean', baseline: 0, standardDeviation: 1 }
    expect(await ask({ metric: zero, effectScale: 'absolute' })).toMatchObject({
      answer: { effect: { relative: null, absolute: 0.2 } },
    })
  })

  it.each([
    [{ power: undefined }, 'give two of'],
    [{ alpha: 2 }, 'alpha must be above 0'],
    [{ power: 'much' }, 'power'],
    [{ minimumDetectableEffect: 12 }, 'where it cannot be'],
    [{ minimumDetectableEffect: 1e-12 }, 'more units than exist'],
    [{ metric: { kind: 'median', baseline: 1 } }, 'metric'],
    [{ sides: 1, plan: { method: 'always-valid' } }, 'two-sided'],
    [{ seed: 1 }, 'seed'],
  ])('%j is refused', async (change, part) => {
    const problem = await ask(change)
    expect(problem).toMatchObject({ code: 'HEL_REQUEST_INVALID', status: 400 })
    expect(problem.detail).toContain(part)
  })
})

describe('sessions', () => {
  it('are begun, read and ended', async () => {
    const made = await call('POST /v1/session', { body: { key: harness.secrets.admin } })
    expect([made.statusCode, made.json()]).toMatchObject([201, { name: 'Ada', scopes: ['admin'] }])
    const cookie = String(made.headers['set-cookie']).split(';')[0] as string
    const headers = { cookie, 'sec-fetch-site': 'same-origin' }
    const asked = await call('GET /v1/session', { headers, secret: '' })
    expect(asked.json()).toEqual(made.json())
    expect((await call('DELETE /v1/session', { headers, secret: '' })).statusCode).toBe(204)
    expect((await call('GET /v1/session', { headers, secret: '' })).statusCode).toBe(401)
  })

  it('are begun with a link, too', async () => {
    const made = await call('POST /v1/login-links', { body: { name: 'Grace' } })
    expect([made.statusCode, made.json()]).toEqual([
      201,
      {
        url: expect.stringMatching(/^http:\/\/localhost:4300\/login#hll_[\w-]{43}$/),
        expiresAt: expect.any(Number),
      },
    ])
    const link = new URL(made.json().url).hash.slice(1)
    const session = await call('POST /v1/session', { body: { link } })
    expect(session.json()).toMatchObject({ name: 'Grace', scopes: ['admin'] })
    expect((await call('POST /v1/session', { body: { link } })).json().code).toBe('HEL_LOGIN_LINK_INVALID')
    expect((await call('POST /v1/session', { body: { link, key: 'both' } })).statusCode).toBe(400)
  })
})

describe('metrics', () => {
  it('are defined, listed and read', async () => {
    const body = { key: 'checkout_seconds', kind: 'mean', aggregation: 'mean', direction: 'decrease' }
    const made = await call('POST /v1/metrics', { body: { ...body, why: 'slow' } })
    expect([made.statusCode, made.headers['location']]).toEqual([201, '/v1/metrics/checkout_seconds'])
    expect((await call('POST /v1/metrics', { body })).json().code).toBe('HEL_METRIC_EXISTS')
    expect((await call('GET /v1/metrics/{key}', { key: 'checkout_seconds' })).json()).toMatchObject(body)
    expect((await call('GET /v1/metrics/{key}', { key: 'gone' })).json().code).toBe('HEL_METRIC_NOT_FOUND')
    const keys = (await call('GET /v1/metrics')).json().metrics.map(({ key }: { key: string }) => key)
    expect(keys).toEqual(expect.arrayContaining(['checkout_seconds', 'satisfaction_rating']))
  })
})

describe('keys', () => {
  it('are made, work at once, are listed without secrets, and are revoked', async () => {
    const made = await call('POST /v1/keys', { body: { name: 'shop', scopes: ['decide', 'ingest'] } })
    expect(made.statusCode).toBe(201)
    const { key, secret } = made.json()
    expect(key).toMatchObject({ name: 'shop', scopes: ['decide', 'ingest'] })
    const decide = () => harness.call('POST', '/v1/decide', { experiment: 'greeting', unit: 'u' }, { secret })
    expect((await decide()).statusCode).toBe(200)
    const listed = await call('GET /v1/keys')
    expect(listed.json().keys).toContainEqual(key)
    expect(listed.body).not.toMatch(/hash|secret|hel_/)
    expect((await call('DELETE /v1/keys/{id}', { key: key.id })).json().revokedAt).toBeTypeOf('number')
    expect((await decide()).statusCode).toBe(401)
    expect((await call('DELETE /v1/keys/{id}', { key: '00000000' })).json().code).toBe('HEL_KEY_NOT_FOUND')
    expect((await call('POST /v1/keys', { body: { name: 'x', scopes: ['root'] } })).statusCode).toBe(400)
    expect((await call('POST /v1/keys', { body: { name: 'x', scopes: [] } })).statusCode).toBe(400)
  })
})

describe('the server about itself', () => {
  it('says that it simulates nothing', async () => {
    expect((await call('GET /v1/demo')).json()).toMatchObject({ status: 404, code: 'HEL_NOT_FOUND' })
    expect((await call('PATCH /v1/demo', { body: { speed: 1 } })).json()).toMatchObject({ status: 404 })
  })

  it('counts what is there', async () => {
    const { position, units } = harness.helios.status()
    expect((await call('GET /v1/overview')).json()).toMatchObject({
      experiments: { draft: 0, running: 0, paused: 0, completed: 1, cancelled: 1 },
      events: position,
      units,
      store: { name: 'memory', position },
    })
  })

  it('tells Prometheus of requests, events and the log', async () => {
    const { body, headers } = await call('GET /metrics')
    expect(headers['content-type']).toMatch(/^text\/plain/)
    const value = (series: string): number => Number(new RegExp(`^${series} (.+)$`, 'm').exec(body)?.[1])
    const { position, units } = harness.helios.status()
    expect(value('helios_log_position')).toBe(position)
    expect(value('helios_units')).toBe(units)
    expect(value('helios_events_accepted_total')).toBe(position - 1) // One exposure came with a decision.
    expect(value('helios_events_duplicate_total')).toBe(2)
    expect(value('helios_events_rejected_total\\{code="HEL_METRIC_NOT_FOUND"\\}')).toBe(1)
    expect(value('helios_events_rejected_total\\{code="HEL_EVENT_INVALID"\\}')).toBe(3)
    const created = 'method="POST",route="/v1/experiments",status="201"'
    expect(value(`helios_http_request_duration_seconds_count\\{${created}\\}`)).toBe(2)
    expect(body).toContain('route="/v1/experiments/:key",status="304"')
    expect(body).not.toContain('greeting')
  })

  it('has no simulated traffic, unless it is a demo', async () => {
    const answers = [await call('GET /v1/demo'), await call('PATCH /v1/demo', { body: { speed: 2 } })]
    for (const answer of answers) expect(answer.json()).toMatchObject({ status: 404, code: 'HEL_NOT_FOUND' })
  })

  it('is alive, ready and shows itself', async () => {
    for (const path of ['/healthz', '/readyz'])
      expect((await call(`GET ${path}`)).json()).toEqual({ status: 'ok' })
    const page = await call('GET /')
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(page.headers['content-security-policy']).toMatch(/script-src 'nonce-/)
    expect(page.body).toContain('completed <b>1</b>')
    expect((await call('GET /start')).body).toContain('completed <b>1</b>')
    const errors = await call('GET /docs/errors')
    expect(errors.body).toContain('id="HEL_EXPERIMENT_NOT_FOUND"')
    expect(errors.body).toContain('id="HEL_METHOD_NOT_ALLOWED"')
  })
})

it('visited every route but the stream, which never ends and has tests of its own', () => {
  const { paths } = harness.server.swagger() as { paths: Record<string, object> }
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(routes.filter((route) => !visited.has(route))).toEqual(['GET /v1/stream', 'GET /openapi.json'])
})
