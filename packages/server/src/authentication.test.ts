import type { Scope } from '@helios/sdk'
import { fastify } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App, Context } from './app.ts'
import { installAuthentication } from './authentication.ts'
import { newSecret } from './keys/api-key.ts'
import { createRunning, type Harness, type Method } from './testing/harness.ts'

/** Written down a second time, so that a route that loses its lock is noticed. */
const ACCESS: Readonly<Record<string, 'public' | 'session' | readonly Scope[]>> = {
  'GET /': 'public',
  'GET /start': 'public',
  'GET /docs/errors': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /openapi.json': 'public',
  'GET /metrics': ['read'],
  'POST /v1/decide': ['decide'],
  'POST /v1/events': ['ingest'],
  'GET /v1/definitions': ['decide', 'read'],
  'GET /v1/experiments': ['read'],
  'POST /v1/experiments': [],
  'GET /v1/experiments/{key}': ['read'],
  'PATCH /v1/experiments/{key}': [],
  'POST /v1/experiments/{key}/start': [],
  'POST /v1/experiments/{key}/pause': [],
  'POST /v1/experiments/{key}/resume': [],
  'POST /v1/experiments/{key}/complete': [],
  'POST /v1/experiments/{key}/cancel': [],
  'GET /v1/experiments/{key}/analysis': ['read'],
  'GET /v1/experiments/{key}/history': ['read'],
  'GET /v1/experiments/{key}/aa-replay': ['read'],
  'GET /v1/experiments/{key}/report': ['read'],
  'GET /v1/experiments/{key}/segments': ['read'],
  'GET /v1/experiments/{key}/traffic': ['read'],
  'GET /v1/experiments/{key}/audit': ['read'],
  'GET /v1/experiments/{key}/versions': ['read'],
  'GET /v1/summaries': ['read'],
  'GET /v1/sample-size': ['read'],
  'POST /v1/power': ['read'],
  'GET /v1/metrics': ['read'],
  'POST /v1/metrics': [],
  'GET /v1/metrics/{key}': ['read'],
  'GET /v1/overview': ['read'],
  'GET /v1/demo': ['read'],
  'PATCH /v1/demo': [],
  'GET /v1/stream': ['decide', 'read'],
  'POST /v1/session': 'public',
  'GET /v1/session': 'session',
  'DELETE /v1/session': 'session',
  'POST /v1/login-links': [],
  'GET /v1/keys': [],
  'POST /v1/keys': [],
  'DELETE /v1/keys/{id}': [],
}

let harness: Harness
beforeAll(async () => {
  harness = await createRunning()
})
afterAll(() => harness.close())

const ask = async (route: string, secret: string) => {
  const [method, path] = route.split(' ') as [Method, string]
  // Without topics the stream refuses at once, where it would otherwise go on for ever.
  const url = path.replace('{key}', 'greeting').replace('{id}', '00000000')
  return harness.call(method, url, method === 'POST' || method === 'PATCH' ? '{}' : undefined, { secret })
}

it('is stated here for every route there is', () => {
  const { paths } = harness.server.swagger() as { paths: Record<string, object> }
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(routes.sort()).toEqual(Object.keys(ACCESS).sort())
})

describe.each(Object.entries(ACCESS))('%s', (route, access) => {
  const isPublic = access === 'public'
  /** Only the cookie of a session opens these; keys do not. */
  const isForPeople = access === 'session'

  it('asks strangers for a key', async () => {
    const wrong = [
      newSecret(),
      `${harness.secrets.admin.slice(0, 13)}${'x'.repeat(43)}`,
      harness.secrets.revoked,
    ]
    for (const secret of ['', 'nonsense', ...wrong]) {
      const answer = await ask(route, secret)
      if (isPublic) expect([401, 403]).not.toContain(answer.statusCode)
      else {
        expect(answer.statusCode).toBe(401)
        expect(answer.json()).toMatchObject({ code: 'HEL_UNAUTHENTICATED', status: 401 })
        expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
      }
    }
  })

  it.each(['read', 'decide', 'ingest'] as const)('knows what the scope %s is for', async (scope) => {
    const answer = await ask(route, harness.secrets[scope])
    if (isForPeople) expect(answer.json()).toMatchObject({ code: 'HEL_UNAUTHENTICATED', status: 401 })
    else if (isPublic || access.includes(scope)) expect([401, 403]).not.toContain(answer.statusCode)
    else expect(answer.json()).toMatchObject({ code: 'HEL_FORBIDDEN', status: 403 })
  })

  it.skipIf(isForPeople)('lets the admin in', async () => {
    expect([401, 403]).not.toContain((await ask(route, harness.secrets.admin)).statusCode)
  })
})

it('guards HEAD as it guards GET', async () => {
  expect(
    (await harness.call('HEAD', '/v1/keys', undefined, { secret: harness.secrets.read })).statusCode,
  ).toBe(403)
})

it('refuses a stranger before it reads the body', async () => {
  const answer = await harness.call('POST', '/v1/events', '{ not json', { secret: '' })
  expect(answer.statusCode).toBe(401)
})

it('stops the start of a server with a route that forgot to say who may call it', () => {
  const app = fastify() as unknown as App
  installAuthentication(app, { keys: harness.keys } as unknown as Context)
  expect(() => app.get('/open', async () => 'oh')).toThrow('GET /open does not declare its access')
})
