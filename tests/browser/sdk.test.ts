import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Helios, sqliteStorage } from '@helios/engine'
import type { HeliosClient } from '@helios/sdk'
import type { Browser, Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, hasBrowser, launch } from './harness.ts'
import { openSite, type Site } from './site.ts'

/** The client as it is used: bundled, in a page of another origin, against a server process. */

const UNITS = 100_000
/** How long the server is away: `HELIOS_OUTAGE_SECONDS=60` for a minute. */
const OUTAGE_MILLISECONDS = Number(process.env['HELIOS_OUTAGE_SECONDS'] ?? 5) * 1000
/** A client looks every half minute for what pages before it left behind. */
const TAKEN_OVER_WITHIN_MILLISECONDS = 60_000 + 2 * OUTAGE_MILLISECONDS
/** Without the stream it asks every half minute. */
const ASKED_WITHIN_MILLISECONDS = 60_000
const ENTRY = path.resolve(import.meta.dirname, '../../packages/sdk/src/index.ts')

const DESIGNS = [
  {
    key: 'weighted',
    variants: ['a', 'b', 'c'].map((key, index) => ({ key, control: index === 0, payload: { key } })),
    allocation: { kind: 'weighted', weights: { a: 5, b: 3, c: 2 } },
    metrics: { primary: ['converted'] },
    coverage: 0.8,
    audience: { attribute: 'country', operator: 'equals', value: 'PT' },
  },
  {
    key: 'equal',
    variants: ['a', 'b'].map((key, index) => ({ key, control: index === 0, payload: key })),
    metrics: { primary: ['converted'] },
  },
]

declare global {
  interface Window {
    sdk: typeof import('@helios/sdk')
    helios: HeliosClient
    errors: string[]
  }
}

describe.skipIf(!hasBrowser)('the client in a page of another origin', () => {
  let shop: Server
  let shopUrl: string
  let site: Site
  let key: string
  let browser: Browser
  beforeAll(async () => {
    shop = await serveShop(await bundle())
    shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
    ;[site, browser] = await Promise.all([openSite('serve', ['--cors-origins', shopUrl]), launch()])
    key = (await site.key('Shop', 'decide', 'ingest')).secret
    for (const design of DESIGNS) {
      await site.call('POST', '/v1/experiments', design)
      await site.call('POST', `/v1/experiments/${design.key}/start`)
    }
  })
  afterAll(async () => {
    await browser.close()
    await site.close()
    await new Promise((resolve) => shop.close(resolve))
  })

  /** Opens the shop with a client in it; files whose names match `blocked` cannot be loaded. */
  async function visitShop(
    use: (page: Page) => Promise<void>,
    flushMilliseconds = 100,
    { query = '', blocked }: { readonly query?: string; readonly blocked?: RegExp } = {},
  ): Promise<void> {
    const context = await browser.newContext()
    if (blocked) await context.route(blocked, (route) => route.abort())
    const page = await context.newPage()
    const thrown: string[] = []
    page.on('pageerror', (error) => thrown.push(error.stack ?? error.message))
    try {
      await page.goto(shopUrl + query)
      await startClient(page, flushMilliseconds)
      await use(page)
      expect(thrown).toEqual([])
    } finally {
      await context.close()
    }
  }

  async function startClient(page: Page, flushMilliseconds = 100): Promise<void> {
    await page.waitForFunction(() => 'sdk' in window)
    await page.evaluate(
      (options) => {
        window.errors = []
        window.helios = window.sdk.createClient({
          ...options,
          allowAddressOverrides: true,
          onError: ({ code }) => window.errors.push(code),
        })
      },
      { url: site.url, key, flushMilliseconds },
    )
  }

  it(`decides ${UNITS} units as the engine does`, async () => {
    const engine = await Helios.open()
    for (const design of DESIGNS) {
      await engine.experiments.create(design)
      await engine.experiments.start(design.key)
    }
    const units = Array.from({ length: UNITS }, (_, index) => unitNamed(index))
    const wanted = units.map((unit, index) => {
      const { variant, reason } = engine.decide(DESIGNS[index % 2]?.key ?? '', {
        unit,
        context: contextOf(index),
      })
      return `${variant} ${reason}`
    })
    await engine.close()
    await visitShop(async (page) => {
      expect(await page.evaluate(() => window.helios.ready(20_000))).toBe('live')
      const found = await page.evaluate(
        (names) =>
          names.map((unit, index) => {
            const attributes = { country: index % 3 === 0 ? 'DE' : 'PT' }
            const { variant, reason } = window.helios.decide(index % 2 === 0 ? 'weighted' : 'equal', {
              unit,
              attributes,
            })
            return `${variant} ${reason}`
          }),
        units,
      )
      expect(found.findIndex((decision, index) => decision !== wanted[index])).toBe(-1)
      expect(new Set(found).size).toBeGreaterThan(4)
    })
  })

  it('outcomes of an outage, with the page reloaded in its middle, arrive exactly once', {
    timeout: 90_000 + 4 * OUTAGE_MILLISECONDS,
  }, async () => {
    const sent: string[] = []
    await visitShop(async (page) => {
      const observe = async (name: string) => {
        sent.push(...(await page.evaluate(observeTwenty, name)))
      }
      await page.evaluate(() => window.helios.ready(20_000))
      await observe('before')
      await eventually(
        () => queuedIn(page),
        (queued) => queued === 0,
        'events that wait',
      )
      await observe('killed-meanwhile')
      await site.stop('SIGKILL')
      await observe('away')
      await page.reload()
      await startClient(page)
      await observe('after-the-reload')
      await sleep(OUTAGE_MILLISECONDS)
      await site.start()
      await eventually(
        () => site.call<{ events: number }>('GET', '/v1/overview'),
        ({ events }) => events >= sent.length,
        'events that arrived',
        TAKEN_OVER_WITHIN_MILLISECONDS,
      )
      expect(await page.evaluate(() => window.helios.status().dropped)).toBe(0)
      expect(await page.evaluate(() => [...new Set(window.errors)])).toEqual(['unreachable'])
    })
    await site.stop()
    const stored = (await storedIds(site.store)).filter((id) => id.startsWith('outage-'))
    expect(stored.toSorted()).toEqual(sent.toSorted())
    await site.start()
  })

  it('what waits is sent when the page is left', async () => {
    await visitShop(async (page) => {
      await page.evaluate(() => window.helios.ready(20_000))
      await page.evaluate(() => {
        window.helios.use('equal', { unit: 'leaving' })
        window.helios.observe({ unit: 'leaving', metric: 'conversions', value: 1, id: 'left-1' })
      })
      await page.goto('about:blank')
      await eventually(
        () => site.call<{ units: number }>('GET', '/v1/experiments/equal/analysis'),
        ({ units }) => units === 1,
        'units of the experiment',
      )
    }, 3_600_000)
  })

  /** Pauses or resumes an experiment; the page has to notice. */
  async function change(page: Page, verb: 'pause' | 'resume', withinMilliseconds?: number): Promise<void> {
    await site.call('POST', `/v1/experiments/equal/${verb}`)
    await eventually(
      () => page.evaluate(() => window.helios.decide('equal', { unit: 'u' }).reason),
      (reason) => reason === (verb === 'pause' ? 'not-running' : 'assigned'),
      `reason after ${verb}`,
      withinMilliseconds,
    )
  }

  it('is told of a change by the stream, long before it would ask', async () => {
    await visitShop(async (page) => {
      await page.evaluate(() => window.helios.ready(20_000))
      await change(page, 'pause')
      await change(page, 'resume')
    })
  })

  it('works without the part that is loaded later, and asks for changes now and then', async () => {
    const blocked = /background/
    await visitShop(
      async (page) => {
        expect(await page.evaluate(() => window.helios.ready(20_000))).toBe('live')
        await page.evaluate(() => window.helios.observe({ unit: 'blocked', metric: 'clicks', value: 1 }))
        expect(await page.evaluate(() => window.helios.flush())).toEqual({ sent: 1, rejected: 0, queued: 0 })
        await change(page, 'pause', ASKED_WITHIN_MILLISECONDS)
        await site.call('POST', '/v1/experiments/equal/resume')
        expect(await page.evaluate(() => window.errors)).toEqual([])
      },
      100,
      { blocked },
    )
  })

  it('shows the variant that the address names, without counting it', async () => {
    await visitShop(
      async (page) => {
        await page.evaluate(() => window.helios.ready(20_000))
        const decision = await page.evaluate(() => window.helios.use('equal', { unit: 'u' }))
        expect(decision).toMatchObject({ variant: 'b', reason: 'forced' })
        expect(await queuedIn(page)).toBe(0)
      },
      100,
      { query: '/?helios.equal=b' },
    )
  })

  it('leaves what it could not send to a tab that opens later, and a tab that lives keeps its own', async () => {
    await visitShop(async (closing) => {
      const open = async (page: Page): Promise<Page> => {
        await page.goto(shopUrl)
        await startClient(page)
        return page
      }
      const living = await open(await closing.context().newPage())
      for (const page of [closing, living]) await page.evaluate(() => window.helios.ready(20_000))
      await site.stop('SIGKILL')
      const sent = [
        ...(await closing.evaluate(observeTwenty, 'closing')),
        ...(await living.evaluate(observeTwenty, 'living')),
      ]
      const next = await closing.context().newPage()
      await closing.close()
      const late = await open(next)
      await eventually(
        () => queuedIn(late),
        (queued) => queued === 20,
        'events taken over',
      )
      expect(await queuedIn(living)).toBe(20)
      await site.start()
      for (const page of [late, living]) {
        const left = async () => (await page.evaluate(() => window.helios.flush())).queued
        await eventually(left, (queued) => queued === 0, 'events that wait')
      }
      await site.stop()
      const stored = await storedIds(site.store)
      for (const id of sent) expect(stored.filter((one) => one === id)).toHaveLength(1)
      await site.start()
      const journals = () => Object.keys(localStorage).filter((name) => name.includes(':journal:'))
      expect(await late.evaluate(journals)).toEqual([])
    })
  })
})

/** Names that need one, two, three and four bytes for a letter. */
function unitNamed(index: number): string {
  return `${['user', 'usuário', '利用者', '🙂'][index % 4]}-${Math.imul(index, 2_654_435_761) >>> 0}`
}

function contextOf(index: number): { readonly country: string } {
  return { country: index % 3 === 0 ? 'DE' : 'PT' }
}

/** Runs in the page: ids of what it observed. */
function observeTwenty(name: string): string[] {
  const ids = Array.from({ length: 20 }, (_, index) => `outage-${name}-${index}`)
  for (const id of ids) window.helios.observe({ id, unit: 'visitor', metric: 'clicks', value: 1 })
  return ids
}

function queuedIn(page: Page): Promise<number> {
  return page.evaluate(() => window.helios.status().queued)
}

async function storedIds(store: string): Promise<string[]> {
  const storage = sqliteStorage({ path: store })
  const ids: string[] = []
  for await (const batch of storage.events.read(1)) ids.push(...batch.ids)
  await storage.close()
  return ids
}

/** The client, made as an application would make it: its files by their addresses. */
async function bundle(): Promise<ReadonlyMap<string, string>> {
  const built = await rolldown({ input: ENTRY, platform: 'browser' })
  const { output } = await built.generate({ format: 'esm', minify: true, entryFileNames: 'sdk.js' })
  await built.close()
  return new Map(output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : '']))
}

/** A shop on an origin of its own. */
function serveShop(scripts: ReadonlyMap<string, string>): Promise<Server> {
  const page =
    '<!doctype html><title>Shop</title><script type="module">import * as sdk from "/sdk.js"; window.sdk = sdk</script>'
  const server = createServer((request, response) => {
    const script = scripts.get(request.url ?? '')
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript')
    response.end(script ?? page)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
