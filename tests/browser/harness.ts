import { mkdtemp } from 'node:fs/promises'
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
import type { Site } from './site.ts'

export const WIDE = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

/** Where there is no browser the suites are left out, and said so at the end of the run. */
export const hasBrowser = inject('chromium') !== ''

/** Waiting this long means that it will not happen; a busy machine is slow. */
const PATIENCE_MILLISECONDS = 20_000

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: inject('chromium'),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--force-color-profile=srgb'],
  })
}

/** A browser window of one person; what its pages complain about fails the test. */
export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
}

export interface VisitOptions extends BrowserContextOptions {
  /** Secret of the key to be signed in with; the admin key by default, nobody when false. */
  readonly as?: string | false
  /** Where to go first; nowhere when absent. */
  readonly path?: string
  /** Runs in every page before its own scripts. */
  readonly before?: () => void
}

/**
 * Opens a page in a context of its own, hands it over, and closes it. Fails on whatever a page threw, wrote
 * to the console as an error (refusals by the pages' own policy are among that), and on missing files.
 */
export async function visit(
  browser: Browser,
  site: Site,
  options: VisitOptions,
  use: (visit: Visit) => Promise<void>,
): Promise<void> {
  const { as = site.adminKey, path: where, before, ...contextOptions } = options
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce', ...contextOptions })
  context.setDefaultTimeout(PATIENCE_MILLISECONDS)
  if (before) await context.addInitScript(before)
  const complaints: string[] = []
  context.on('page', (page) => listenTo(page, complaints))
  try {
    if (as !== false) await context.addCookies([await site.session(as)])
    const page = await context.newPage()
    if (where !== undefined) await page.goto(site.url + where)
    await use({ page, context }).catch(async (error: unknown) => {
      const file = await failureShot(page)
      throw new Error(`${error}\nAt ${page.url()}\nPicture: ${file}\nConsole: ${complaints.join('\n')}`)
    })
    expect(complaints, 'complaints of the page').toEqual([])
  } finally {
    await context.close()
  }
}

/** What the browser itself writes when a request fails; whether that is wrong is judged by the answer. */
const NETWORK = /Failed to load resource|net::ERR_/

function listenTo(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`${page.url()} threw ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !NETWORK.test(message.text())) complaints.push(message.text())
  })
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    const isRefusal = pathname.startsWith('/v1/') && response.status() < 500
    // A server that stops says 503, which the pages take for what it is.
    if (response.status() >= 400 && response.status() !== 503 && !isRefusal)
      complaints.push(`${response.status()} for ${response.url()}`)
  })
}

async function failureShot(page: Page): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'helios-browser-failed-'))
  const file = path.join(folder, 'page.png')
  await page.screenshot({ path: file, timeout: 10_000 }).catch(() => undefined)
  return file
}

/** Waits until a value is what is hoped for. */
export async function eventually<T>(
  read: () => Promise<T>,
  holds: (value: T) => boolean,
  what: string,
  patienceMilliseconds = PATIENCE_MILLISECONDS,
): Promise<T> {
  const end = Date.now() + patienceMilliseconds
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    if (Date.now() > end) throw new Error(`${what}: still ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Waits until nothing is being loaded: no skeleton, no chart that is still to be drawn. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
  await page.waitForFunction(
    () =>
      document.querySelector(
        '.mantine-Skeleton-root, [role="img"][aria-busy="true"], .mantine-Loader-root',
      ) === null,
  )
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const passing = document.getAnimations().filter(({ effect }) => {
      const end = effect?.getComputedTiming().endTime
      return typeof end === 'number' && Number.isFinite(end)
    })
    await Promise.allSettled(passing.map(({ finished }) => finished))
  })
}

/** Whether the page is wider than the screen. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1)
}
