import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHarness, type Harness, type Method } from '../testing/harness.ts'

const PAGE = '<!doctype html><div id="root"></div>'
const SCRIPT = 'export const a = 1\n'.repeat(100)
const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

const directory = mkdtempSync(path.join(tmpdir(), 'helios-pages-'))
const folder = path.join(directory, 'dist')
let harness: Harness
beforeAll(async () => {
  mkdirSync(path.join(folder, 'assets'), { recursive: true })
  writeFileSync(path.join(directory, 'secret.txt'), 'outside')
  writeFileSync(path.join(folder, 'index.html'), PAGE)
  writeFileSync(path.join(folder, 'robots.txt'), 'User-agent: *\n')
  writeFileSync(path.join(folder, 'assets/index-abc.js'), SCRIPT)
  writeFileSync(path.join(folder, 'assets/index-abc.js.gz'), gzipSync(SCRIPT))
  writeFileSync(path.join(folder, 'assets/inter-def.woff2'), Buffer.from([0, 255, 1]))
  harness = await createHarness({ pages: folder })
})
afterAll(async () => {
  await harness.close()
  rmSync(directory, { recursive: true })
})

const get = (url: string, headers: Readonly<Record<string, string>> = {}, method: Method = 'GET') =>
  harness.call(method, url, undefined, { secret: '', headers })

describe('a page', () => {
  it.each([
    '/',
    '/login',
    '/experiments/greeting/segments?metric=a',
    '/anything',
    '/startle',
    '/v10',
    '/%E0%A4%A',
  ])('is at %s', async (url) => {
    const answer = await get(url, BROWSER)
    expect([answer.statusCode, answer.body]).toEqual([200, PAGE])
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    })
  })

  it('runs nothing but our own scripts, and talks to nobody else', async () => {
    const policy = String((await get('/', BROWSER)).headers['content-security-policy'])
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
    ])
      expect(policy.split('; ')).toContain(rule)
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/)
  })

  it('is not sent again while it is the same', async () => {
    const { headers } = await get('/', BROWSER)
    const again = await get('/login', { ...BROWSER, 'if-none-match': String(headers['etag']) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    expect((await get('/', { ...BROWSER, 'if-none-match': '"old"' })).statusCode).toBe(200)
  })

  it.each([
    '/v1/nothing',
    '/v1',
    '/docs/nothing',
    '/assets/index-old.js',
    '/metrics/nothing',
    '/healthz/nothing',
  ])('is not at %s, which belongs to something else', async (url) => {
    const answer = await get(url, BROWSER)
    expect(answer.json()).toMatchObject({ status: 404, code: 'HEL_NOT_FOUND' })
  })

  it('is for browsers: programs learn that nothing is there', async () => {
    expect((await get('/experiments', { accept: 'application/json' })).json()).toMatchObject({ status: 404 })
    expect((await get('/experiments')).statusCode).toBe(404)
    expect((await get('/experiments', BROWSER, 'POST')).statusCode).toBe(404)
    expect((await get('/', {})).body).toBe(PAGE)
  })

  it('leaves the other addresses as they are', async () => {
    for (const url of ['/healthz', '/readyz', '/openapi.json'])
      expect((await get(url, BROWSER)).headers['content-type']).toMatch(/^application\/json/)
    expect((await get('/docs/errors', BROWSER)).body).toContain('HEL_NOT_FOUND')
    const start = (await get('/start', BROWSER)).body
    expect(start).toContain('Paste into a terminal')
    expect(start).not.toContain('npm run build')
    expect((await get('/metrics', BROWSER)).statusCode).toBe(401)
  })
})

describe('an asset', () => {
  it('never changes, and comes compressed where it can', async () => {
    const headers = { 'accept-encoding': 'gzip, deflate, br' }
    const answer = await get('/assets/index-abc.js', headers)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'gzip',
      vary: 'accept-encoding',
    })
    expect(answer.rawPayload).toEqual(gzipSync(SCRIPT))
    const plain = await get('/assets/index-abc.js')
    expect(plain.body).toBe(SCRIPT)
    expect(plain.headers).not.toHaveProperty('content-encoding')
    const font = await get('/assets/inter-def.woff2', headers)
    expect([font.headers['content-type'], [...font.rawPayload]]).toEqual(['font/woff2', [0, 255, 1]])
  })

  it('answers HEAD without a body', async () => {
    const answer = await get('/assets/index-abc.js', {}, 'HEAD')
    expect([answer.statusCode, answer.body]).toEqual([200, ''])
    expect(answer.headers['content-length']).toBe(String(SCRIPT.length))
  })

  it('without a hash in its name is asked for again', async () => {
    expect((await get('/robots.txt')).headers['cache-control']).toBe('no-cache')
  })

  it.each([
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/../secret.txt',
    '/assets//index-abc.js',
    '/assets/',
    '/assets/index-abc.js/',
    '/assets/index-abc.js%00',
    '/assets/index-abc.js.gz',
    '//secret.txt',
  ])('%s is nothing', async (url) => {
    const answer = await get(url)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).not.toContain('outside')
  })
})

it('keeps what the answer varies by for browsers of other origins', async () => {
  const other = await createHarness({ pages: folder, corsOrigins: ['https://app.example'] })
  const answer = await other.call('GET', '/assets/index-abc.js', undefined, { secret: '' })
  expect(answer.headers['vary']).toBe('origin, accept-encoding')
  await other.close()
})

it('gives way to the start page where nothing was built', async () => {
  for (const pages of [false, path.join(directory, 'absent'), directory] as const) {
    const other = await createHarness({ pages })
    const answer = await other.call('GET', '/', undefined, { secret: '', headers: BROWSER })
    expect(answer.body).toContain('npm run build')
    expect((await other.call('GET', '/login', undefined, { headers: BROWSER })).statusCode).toBe(404)
    await other.close()
  }
})
