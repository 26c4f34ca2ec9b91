import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nonconformity } from '../testing/conformance.ts'
import { createHarness, type Harness } from '../testing/harness.ts'
import { createExperiment, heliosWith, WELCOME } from '../testing/reported.ts'

const ROUTE = '/v1/experiments/welcome/report'
let harness: Harness
beforeAll(async () => {
  const { helios } = await heliosWith({ ...WELCOME, units: 600 })
  harness = await createHarness({ helios })
})
afterAll(() => harness.close())

const ask = (query = '', options: Parameters<Harness['call']>[3] = { secret: harness.secrets.read }) =>
  harness.call('GET', `${ROUTE}${query}`, undefined, options)

describe('the report over HTTP', () => {
  it.each([
    ['', 'application/json', 'json', /^\{\s+"generatedAt": \d+/],
    ['?format=json', 'application/json', 'json', /"verdict": \{/],
    ['?format=markdown', 'text/markdown', 'md', /^# Welcome tone\n/],
    ['?format=html', 'text/html', 'html', /^<!doctype html>/],
  ])('answers %j as %s', async (query, mediaType, extension, beginning) => {
    const answer = await ask(query)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe(`${mediaType}; charset=utf-8`)
    expect(answer.headers['content-disposition']).toBe(`inline; filename="welcome-report.${extension}"`)
    expect(answer.body).toMatch(beginning)
    const body: unknown = mediaType === 'application/json' ? answer.json() : answer.body
    const route = 'GET /v1/experiments/{key}/report'
    expect(nonconformity(harness.server.swagger(), route, 200, mediaType, body)).toBeUndefined()
  })

  it('lets the page show its styles, and nothing else', async () => {
    const page = await ask('?format=html')
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    const text = await ask('?format=markdown')
    expect(text.headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'")
  })

  it('is for whoever may read, by key or by session', async () => {
    const { read, decide, ingest } = harness.secrets
    const login = await harness.call('POST', '/v1/session', { key: read }, { secret: '' })
    const cookie = String(login.headers['set-cookie']).split(';')[0] ?? ''
    const headers = { cookie, 'sec-fetch-site': 'same-origin' }
    expect((await ask('?format=html', { secret: '', headers })).statusCode).toBe(200)
    const elsewhere = { cookie, 'sec-fetch-site': 'cross-site' }
    expect((await ask('', { secret: '', headers: elsewhere })).json()).toMatchObject({
      code: 'HEL_CROSS_ORIGIN',
    })
    for (const secret of [decide, ingest]) {
      expect((await ask('?format=html', { secret })).json()).toMatchObject({
        status: 403,
        code: 'HEL_FORBIDDEN',
      })
    }
    expect((await ask('', { secret: '' })).json()).toMatchObject({ status: 401, code: 'HEL_UNAUTHENTICATED' })
  })

  it('refuses with a code', async () => {
    const gone = await harness.call('GET', '/v1/experiments/gone/report?format=html')
    expect(gone.json()).toMatchObject({ status: 404, code: 'HEL_EXPERIMENT_NOT_FOUND' })
    expect(gone.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect((await ask('?format=pdf')).json()).toMatchObject({ status: 400, code: 'HEL_REQUEST_INVALID' })
    expect((await ask('?fromat=html')).json()).toMatchObject({ status: 400, code: 'HEL_REQUEST_INVALID' })
  })

  it('is there for a draft', async () => {
    const draft = await createHarness()
    await createExperiment(draft.helios, WELCOME)
    expect((await draft.call('GET', ROUTE)).json()).toMatchObject({
      status: 'empty',
      units: 0,
      verdict: { code: 'not-started' },
    })
    await draft.close()
  })
})
