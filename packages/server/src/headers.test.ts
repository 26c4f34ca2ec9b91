import { afterEach, expect, it } from 'vitest'
import { createHarness, type Harness } from './testing/harness.ts'

let harness: Harness
afterEach(() => harness.close())

const PREFLIGHT = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization',
}

it('protects every answer, refusals included', async () => {
  harness = await createHarness()
  for (const path of ['/', '/start', '/healthz', '/v1/overview', '/nothing', '/v1/experiments/%zz']) {
    const { headers } = await harness.call('GET', path)
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringMatching(/^default-src 'none'/),
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  }
})

it('lets no web page in by default', async () => {
  harness = await createHarness()
  const headers = { origin: 'https://app.example', ...PREFLIGHT }
  const answer = await harness.call('OPTIONS', '/v1/decide', undefined, { headers })
  expect(answer.statusCode).toBe(405)
  expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
})

it('lets the listed origins in, and no other', async () => {
  harness = await createHarness({ corsOrigins: ['https://app.example', 'http://localhost:3000'] })
  const ask = (origin: string, secret = '') =>
    harness.call('OPTIONS', '/v1/decide', undefined, { secret, headers: { origin, ...PREFLIGHT } })
  const welcome = await ask('https://app.example')
  expect(welcome.statusCode).toBe(204)
  expect(welcome.headers).toMatchObject({
    'access-control-allow-origin': 'https://app.example',
    'access-control-allow-headers': expect.stringContaining('authorization'),
    vary: 'origin',
  })
  expect(welcome.headers).not.toHaveProperty('access-control-allow-credentials')
  for (const origin of ['https://evil.example', 'https://app.example.evil', 'null']) {
    expect((await ask(origin)).headers).not.toHaveProperty('access-control-allow-origin')
  }
  const headers = { origin: 'http://localhost:3000' }
  const real = await harness.call('GET', '/v1/overview', undefined, { headers })
  expect(real.headers['access-control-allow-origin']).toBe('http://localhost:3000')
  // The client of a page learns by `date` that the clock of its machine is wrong.
  expect(real.headers['access-control-expose-headers']).toBe('date, etag, retry-after, x-request-id')
  expect((await harness.call('GET', '/v1/overview', undefined, { secret: '', headers })).statusCode).toBe(401)
})

it('does not repeat the Host that a request claims', async () => {
  harness = await createHarness()
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-request-id': 'evil.example' }
  for (const path of ['/', '/start', '/openapi.json', '/nothing', '/v1/overview']) {
    const answer = await harness.call('GET', path, undefined, { headers })
    expect(answer.body + JSON.stringify(answer.headers)).not.toContain('evil')
  }
})
