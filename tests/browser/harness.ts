import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { expect, inject } from 'vitest'
import { type ServeProcess, startServe } from '../../packages/server/src/testing/process.ts'

export const WIDE = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

/** Where there is no browser the suites are left out, and said so at the end of the run. */
export const hasBrowser = inject('chromium') !== ''

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: inject('chromium'),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--force-color-profile=srgb'],
  })
}

/** A real server process on a store of its own. */
export interface Site {
  readonly url: string
  readonly adminKey: string
  /** Asks the API with the admin key. */
  call<T = unknown>(method: string, path: string, body?: unknown): Promise<T>
  /** A login link that nobody used yet. */
  loginLink(): Promise<string>
  /** Stops the process and starts another on the same store and port. */
  restart(): Promise<void>
  stop(signal?: NodeJS.Signals): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

export async function openSite(args: readonly string[] = []): Promise<Site> {
  const folder = await mkdtemp(path.join(tmpdir(), 'helios-browser-'))
  const store = path.join(folder, 'helios.db')
  let server: ServeProcess = await startServe(store, args)
  const url = server.ready.url
  const adminKey = server.ready.adminKey ?? ''
  const { port } = new URL(url)
  const call = async <T>(method: string, where: string, body?: unknown): Promise<T> => {
    const response = await fetch(url + where, {
      method,
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = (await response.json()) as T
    expect(response.ok, `${method} ${where}: ${JSON.stringify(answer).slice(0, 500)}`).toBe(true)
    return answer
  }
  const stop = async (signal?: NodeJS.Signals) => {
    await server.stop(signal)
  }
  const start = async () => {
    server = await startServe(store, ['--port', port, ...args])
  }
  return {
    url,
    adminKey,
    call,
    loginLink: async () => (await call<{ url: string }>('POST', '/v1/login-links')).url,
    stop,
    start,
    restart: async () => {
      await stop()
      await start()
    },
    close: async () => {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A page whose errors fail the test that looks at them. */
export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** What the page complained about, but for requests that the test made fail on purpose. */
  readonly complaints: string[]
  close(): Promise<void>
}

/** Opens a page in a context of its own; signed in by a link unless told otherwise. */
export async function visit(
  browser: Browser,
  site: Site,
  options: BrowserContextOptions & { readonly signedIn?: boolean; readonly path?: string } = {},
): Promise<Visit> {
  const { signedIn = true, path: where = '/', ...contextOptions } = options
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce', ...contextOptions })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|net::ERR_/.test(message.text()))
      complaints.push(message.text())
  })
  if (signedIn) {
    await page.goto(await site.loginLink())
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForURL((address) => !address.pathname.startsWith('/login'))
  }
  if (!signedIn || where !== '/') await page.goto(site.url + where)
  return { page, context, complaints, close: () => context.close() }
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** WCAG 2.0 to 2.2, levels A and AA, as far as axe can tell. */
export async function violations(page: Page): Promise<string[]> {
  // Through the debugger's door: the pages' policy lets no other script in.
  await page.evaluate(await readFile(AXE, 'utf8'))
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        run(options: unknown): Promise<{
          violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[]
        }>
      }
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    const found = await axe.run({ runOnly: { type: 'tag', values: tags } })
    return found.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html.slice(0, 300)}\n${failureSummary}`),
    )
  })
}

/** Whether the page is wider than the screen. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1)
}
