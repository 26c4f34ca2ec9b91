import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServeProcess, startServe } from '../packages/server/src/testing/process.ts'
import { findChromium, HOW_TO_ENABLE } from './browser/chromium.ts'

/** The client in a real browser, on a page of another origin than the server. */

const executablePath = findChromium()
const directory = mkdtempSync(path.join(tmpdir(), 'helios-sdk-browser-'))
const store = path.join(directory, 'helios.db')
let site: Server
let origin: string
let helios: ServeProcess
let browser: Browser
let key: string

async function call<T>(method: string, route: string, body?: unknown): Promise<T> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  const answer = await fetch(helios.ready.url + route, {
    method,
    headers: { authorization: `Bearer ${key}`, ...json },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await answer.json()) as T
}

const events = async (): Promise<number> => (await call<{ events: number }>('GET', '/v1/overview')).events

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** The client as a script that a page can load. */
async function bundle(): Promise<string> {
  const input = path.resolve(import.meta.dirname, '../packages/sdk/src/client/client.ts')
  const made = await rolldown({ input, platform: 'browser' })
  const { output } = await made.generate({ format: 'iife', name: 'sdk', minify: true })
  await made.close()
  return output[0].code
}

async function startSite(script: string): Promise<void> {
  site = createServer((request, response) => {
    const isScript = request.url === '/sdk.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : '<!doctype html><title>A page</title><script src="/sdk.js"></script>')
  }).listen(0, '127.0.0.1')
  await once(site, 'listening')
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
}

/** A page with a client under `helios`; answers with its state. */
async function open(context: BrowserContext, query = ''): Promise<{ page: Page; state: unknown }> {
  const page = await context.newPage()
  await page.goto(origin + query)
  const options = JSON.stringify({ url: helios.ready.url, key, allowAddressOverrides: true })
  const state = await page.evaluate(
    `globalThis.errors = []; globalThis.helios = sdk.createClient({ ...${options}, onError: (e) => errors.push(e.code) }); helios.ready(10000)`,
  )
  return { page, state }
}

const observe = (page: Page, count: number): Promise<unknown> =>
  page.evaluate(
    `for (let i = 0; i < ${count}; i++) helios.observe({ unit: 'u' + i, metric: 'clicks', value: 1 })`,
  )

describe.skipIf(executablePath === undefined)(`in a browser (${HOW_TO_ENABLE})`, { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await startSite(await bundle())
    helios = await startServe(store, ['--cors-origins', origin])
    key = helios.ready.adminKey as string
    await call('POST', '/v1/experiments', {
      key: 'tone',
      variants: [
        { key: 'calm', control: true, payload: 'Hello.' },
        { key: 'warm', payload: 'Hi!' },
      ],
      metrics: { primary: ['clicks'] },
    })
    await call('POST', '/v1/experiments/tone/start')
    browser = await chromium.launch({ executablePath: executablePath as string, args: ['--no-sandbox'] })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await helios?.stop('SIGKILL')
    site?.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('decides, exposes, and sends what waits when the page is left at once', async () => {
    const context = await browser.newContext()
    const { page, state } = await open(context)
    expect(state).toBe('live')
    const before = await events()
    const used = "helios.use('tone', { unit: helios.anonymousUnit() })"
    expect(await page.evaluate(`${used}.reason`)).toBe('assigned')
    await observe(page, 20)
    await page.goto('about:blank')
    await until(async () => (await events()) === before + 21)
    // The page was gone before the answer came, so the next one sends the same again: the ids count it once.
    const again = await open(context)
    expect(await again.page.evaluate('helios.flush()')).toMatchObject({ rejected: 0, queued: 0 })
    await context.close()
    expect(await events()).toBe(before + 21)
  })

  it('is told of a change by the stream', async () => {
    const context = await browser.newContext()
    const { page } = await open(context)
    const reason = "helios.decide('tone', { unit: 'u' }).reason"
    await call('POST', '/v1/experiments/tone/pause')
    await until(async () => (await page.evaluate(reason)) === 'not-running')
    await call('POST', '/v1/experiments/tone/resume')
    await until(async () => (await page.evaluate(reason)) === 'assigned')
    await context.close()
  })

  it('shows the variant that the address names, without counting it', async () => {
    const context = await browser.newContext()
    const { page } = await open(context, '/?helios.tone=warm')
    const decision = await page.evaluate("helios.use('tone', { unit: 'u' })")
    expect(decision).toMatchObject({ variant: 'warm', reason: 'forced' })
    expect(await page.evaluate('helios.status().queued')).toBe(0)
    await context.close()
  })

  it('leaves what it could not send to a tab that opens later, and a tab that lives keeps its own', async () => {
    const context = await browser.newContext()
    const [closing, living] = [await open(context), await open(context)]
    const before = await events()
    const { url } = helios.ready
    await helios.stop('SIGKILL')
    await observe(closing.page, 30)
    await observe(living.page, 40)
    await closing.page.close()
    const late = await open(context)
    expect(late.state).toBe('cached')
    await until(async () => (await late.page.evaluate('helios.status().queued')) === 30)
    expect(await living.page.evaluate('helios.status().queued')).toBe(40)
    helios = await startServe(store, ['--cors-origins', origin, '--port', new URL(url).port])
    await late.page.evaluate('helios.flush()')
    await living.page.evaluate('helios.flush()')
    await until(async () => (await events()) === before + 70)
    expect(
      await late.page.evaluate('Object.keys(localStorage).filter((key) => /journal/.test(key))'),
    ).toEqual([])
    expect(await late.page.evaluate('errors')).toEqual(expect.arrayContaining(['unreachable']))
    await context.close()
  })
})
