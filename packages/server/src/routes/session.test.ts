import { manualClock } from '@helios/engine'
import type { LightMyRequestResponse } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newSecret } from '../keys/api-key.ts'
import { createRunning, GREETING, type Harness, type Method } from '../testing/harness.ts'

const clock = manualClock(1_700_000_000_000)
const SAME = { 'sec-fetch-site': 'same-origin' }
let harness: Harness
beforeEach(async () => {
  harness = await createRunning({ clock, corsOrigins: ['https://app.example'] })
})
afterEach(() => harness.close())

type Headers = Readonly<Record<string, string>>

const login = (body: unknown, headers: Headers = {}) =>
  harness.call('POST', '/v1/session', body, { secret: '', headers })
const cookieOf = (answer: LightMyRequestResponse) => String(answer.headers['set-cookie']).split(';')[0] ?? ''
const signIn = async (secret: string) => cookieOf(await login({ key: secret }))
const linkFrom = async (secret = harness.secrets.admin) => {
  const answer = await harness.call('POST', '/v1/login-links', {}, { secret })
  return new URL(answer.json().url).hash.slice(1)
}
/** Asks with a cookie and no key. */
const ask = (cookie: string, method: Method, path: string, headers: Headers = SAME, body?: unknown) =>
  harness.call(method, path, body, { secret: '', headers: { cookie, ...headers } })

describe('signing in', () => {
  it('with a key gives what the key may do, in its name', async () => {
    const answer = await login({ key: harness.secrets.read })
    expect(answer.json()).toMatchObject({ name: 'reader', scopes: ['read'] })
    expect(answer.json().expiresAt).toBe(clock.now() + 30 * 86_400_000)
    const cookie = cookieOf(answer)
    expect((await ask(cookie, 'GET', '/v1/overview')).statusCode).toBe(200)
    expect((await ask(cookie, 'GET', '/v1/keys')).json()).toMatchObject({ code: 'HEL_FORBIDDEN' })
    expect((await ask(cookie, 'GET', '/v1/session')).json()).toEqual(answer.json())
  })

  it('with a link makes an admin, whose name stands in the audit log', async () => {
    const answer = await login({ link: await linkFrom() })
    expect(answer.json()).toMatchObject({ name: 'owner', scopes: ['admin'] })
    const paused = await ask(cookieOf(answer), 'POST', '/v1/experiments/greeting/pause', SAME, {})
    expect(paused.json()).toMatchObject({ status: 'paused' })
    expect((await harness.helios.experiments.audit('greeting')).at(-1)).toMatchObject({
      by: 'owner',
      action: 'pause',
    })
  })

  it('sets a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await login({ key: harness.secrets.read }, { host: '127.0.0.1:8080' })
    const [pair, ...attributes] = String(answer.headers['set-cookie']).split('; ')
    expect(pair).toMatch(/^helios_session_8080=[\w-]{43}$/)
    expect(attributes).toEqual(['Path=/', 'HttpOnly', 'SameSite=Strict', 'Max-Age=2592000'])
    expect(answer.body).not.toContain(String(pair).split('=')[1])
    for (const proto of ['https', 'HTTPS, http']) {
      const secure = await login(
        { key: harness.secrets.read },
        { 'x-forwarded-proto': proto, host: 'ab.example' },
      )
      expect(secure.headers['set-cookie']).toMatch(/^helios_session=.*; Secure$/)
    }
  })

  it('again ends the session before', async () => {
    const first = await signIn(harness.secrets.read)
    const second = cookieOf(await login({ key: harness.secrets.read }, { cookie: first }))
    expect((await ask(first, 'GET', '/v1/session')).statusCode).toBe(401)
    expect((await ask(second, 'GET', '/v1/session')).statusCode).toBe(200)
  })

  it.each([
    [{}, 'HEL_REQUEST_INVALID'],
    [{ key: 7 }, 'HEL_REQUEST_INVALID'],
    [{ key: 'x'.repeat(300) }, 'HEL_REQUEST_INVALID'],
    [{ key: newSecret() }, 'HEL_UNAUTHENTICATED'],
    [{ key: '' }, 'HEL_REQUEST_INVALID'],
    [{ link: newSecret() }, 'HEL_LOGIN_LINK_INVALID'],
  ])('%j is refused, and sets nothing', async (body, code) => {
    const answer = await login(body)
    expect(answer.json()).toMatchObject({ code })
    expect(answer.headers).not.toHaveProperty('set-cookie')
  })

  it('is no way in for a revoked key, nor for a link that it made', async () => {
    expect((await login({ key: harness.secrets.revoked })).statusCode).toBe(401)
    const made = (await harness.call('POST', '/v1/keys', { name: 'lost', scopes: ['admin'] })).json()
    const link = await linkFrom(made.secret)
    const cookies = [await signIn(made.secret), cookieOf(await login({ link: await linkFrom(made.secret) }))]
    for (const cookie of cookies) expect((await ask(cookie, 'GET', '/v1/keys')).statusCode).toBe(200)
    await harness.call('DELETE', `/v1/keys/${made.key.id}`)
    for (const cookie of cookies) expect((await ask(cookie, 'GET', '/v1/keys')).statusCode).toBe(401)
    expect((await login({ link })).json()).toMatchObject({ code: 'HEL_UNAUTHENTICATED' })
  })

  it('is not guessed: after ten failures the address waits, with the right key too', async () => {
    const link = await linkFrom()
    for (let attempt = 0; attempt < 10; attempt++) {
      expect((await login(attempt % 2 ? { key: newSecret() } : { link: 'hll_guess' })).statusCode).toBe(401)
    }
    for (const body of [{ key: harness.secrets.admin }, { link }]) {
      const answer = await login(body)
      expect(answer.json()).toMatchObject({ status: 429, code: 'HEL_TOO_MANY_ATTEMPTS' })
      expect(answer.headers['retry-after']).toBe('60')
    }
    clock.advance(60_000)
    expect((await login({ link })).statusCode).toBe(201)
  })
})

describe('a session', () => {
  it('is over after signing out', async () => {
    const cookie = await signIn(harness.secrets.admin)
    const answer = await ask(cookie, 'DELETE', '/v1/session')
    expect([answer.statusCode, answer.body]).toEqual([204, ''])
    expect(answer.headers['set-cookie']).toMatch(/^helios_session(_\d+)?=; .*Max-Age=0$/)
    expect((await ask(cookie, 'GET', '/v1/session')).json()).toMatchObject({ code: 'HEL_UNAUTHENTICATED' })
  })

  it('is over after thirty days', async () => {
    const cookie = await signIn(harness.secrets.admin)
    clock.advance(30 * 86_400_000)
    expect((await ask(cookie, 'GET', '/v1/keys')).statusCode).toBe(401)
  })

  it('is found among other cookies, and not under the name of another port', async () => {
    const cookie = await signIn(harness.secrets.admin)
    expect((await ask(`a=b; ${cookie}; c="d"`, 'GET', '/v1/session')).statusCode).toBe(200)
    const elsewhere = { ...SAME, host: 'localhost:9999' }
    expect((await ask(cookie, 'GET', '/v1/session', elsewhere)).statusCode).toBe(401)
    for (const broken of ['', '=', ';;;', 'helios_session', 'helios_session=', `x${cookie}`]) {
      expect((await ask(broken, 'GET', '/v1/session')).statusCode, broken).toBe(401)
    }
  })

  it('gives way to a key that is sent, right or wrong', async () => {
    const cookie = await signIn(harness.secrets.admin)
    const send = (secret: string) =>
      harness.call('GET', '/v1/keys', undefined, { secret, headers: { cookie } })
    expect((await send(harness.secrets.read)).statusCode).toBe(403)
    expect((await send('wrong')).statusCode).toBe(401)
  })
})

describe('other sites', () => {
  const change = (cookie: string, headers: Headers) =>
    ask(
      cookie,
      'PATCH',
      '/v1/experiments/greeting',
      { host: 'helios.example', ...headers },
      { name: 'changed' },
    )
  const signInThere = async () =>
    cookieOf(await login({ key: harness.secrets.admin }, { host: 'helios.example' }))

  it.each([
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'same-site', origin: 'http://helios.example' },
    { origin: 'https://app.example' },
    { origin: 'http://helios.example:8080' },
    { origin: 'http://helios.example.evil' },
    { origin: 'null' },
    { origin: 'helios.example' },
  ])('cannot change anything: %j', async (headers) => {
    const answer = await change(await signInThere(), headers as Headers)
    expect(answer.json()).toMatchObject({ status: 403, code: 'HEL_CROSS_ORIGIN' })
    expect(harness.helios.experiments.get('greeting').version).toBe(2)
  })

  it.each([SAME, { origin: 'http://helios.example' }, { origin: 'https://HELIOS.example' }])(
    'unlike our own pages: %j',
    async (headers) => {
      expect((await change(await signInThere(), headers as Headers)).json()).toMatchObject({
        name: 'changed',
      })
    },
  )

  it('cannot read anything either, but a browser that says nothing can', async () => {
    const cookie = await signIn(harness.secrets.admin)
    for (const path of ['/v1/keys', '/v1/session', '/metrics', '/v1/stream?topics=summaries']) {
      const answer = await ask(cookie, 'GET', path, { 'sec-fetch-site': 'cross-site' })
      expect(answer.json()).toMatchObject({ code: 'HEL_CROSS_ORIGIN' })
    }
    for (const headers of [{}, SAME, { 'sec-fetch-site': 'none' }]) {
      expect((await ask(cookie, 'GET', '/v1/keys', headers as Headers)).statusCode).toBe(200)
    }
  })

  it('cannot sign anybody in, and are never allowed to send cookies', async () => {
    const elsewhere: Headers[] = [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://app.example' }]
    for (const headers of elsewhere) {
      const answer = await login({ key: harness.secrets.admin }, headers)
      expect(answer.json()).toMatchObject({ code: 'HEL_CROSS_ORIGIN' })
      expect(answer.headers).not.toHaveProperty('set-cookie')
      expect(answer.headers).not.toHaveProperty('access-control-allow-credentials')
    }
  })

  it('are no matter to a key, which no browser adds by itself', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://app.example' }
    const body = { ...GREETING, key: 'other' }
    expect((await harness.call('POST', '/v1/experiments', body, { headers })).statusCode).toBe(201)
  })
})
