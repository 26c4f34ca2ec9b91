import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './axe.ts'
import { DEMO_PAGES, type DemoPage } from './demo-pages.ts'
import { hasBrowser, launch, PHONE, scrollsSideways, settled, visit, WIDE } from './harness.ts'
import { openDemo, type Site } from './site.ts'

/** Every page of a demo, wide and on a phone, light and dark: accessible, not too wide, and pictured. */

/** Where pictures of every page go, when somebody wants to look at them. */
const PICTURES = process.env['HELIOS_SCREENSHOT_FOLDER']
/** Those of the README; written over only on demand, so that a test run leaves no changes behind. */
const README_PICTURES =
  process.env['HELIOS_WRITE_SCREENSHOTS'] === '1'
    ? path.resolve(import.meta.dirname, '../../docs/images')
    : undefined

const SCREENS = [
  { screen: 'wide', viewport: WIDE, schemes: ['light', 'dark'] },
  { screen: 'phone', viewport: PHONE, schemes: ['dark', 'light'] },
] as const

describe.skipIf(!hasBrowser)('every page', () => {
  let site: Site
  let browser: Browser
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([openDemo(), launch()])
  })
  afterAll(async () => {
    await browser.close()
    await site.close()
  })

  describe.each(SCREENS)('$screen', ({ screen, viewport, schemes }) => {
    it.each(DEMO_PAGES)('$name', async (shown) => {
      const [first, second] = schemes
      const as = shown.isPublic ? (false as const) : site.adminKey
      const options = { viewport, colorScheme: first, as, path: shown.path }
      await visit(browser, site, options, async ({ page }) => {
        await prepared(page, shown)
        expect.soft(await scrollsSideways(page), 'wider than the screen').toBe(false)
        for (const scheme of [first, second]) {
          await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
          await settled(page)
          const found = await violations(page, scheme === first ? 'everything' : 'colours')
          expect.soft(found, scheme).toEqual([])
          await takePictures(page, shown, screen, scheme)
        }
      })
    })
  })
})

async function prepared(page: Page, { prepare }: DemoPage): Promise<void> {
  await settled(page)
  await prepare?.(page)
  await settled(page)
}

async function takePictures(page: Page, shown: DemoPage, screen: string, scheme: string): Promise<void> {
  const { name, prepare, isInReadme } = shown
  if (README_PICTURES !== undefined && isInReadme && screen === 'wide') {
    await page.evaluate(() => window.scrollTo(0, 0))
    const file = scheme === 'dark' ? `${name}-dark.png` : `${name}.png`
    await page.screenshot({ path: path.join(README_PICTURES, file) })
  }
  if (PICTURES !== undefined) {
    const fullPage = screen === 'phone' || prepare === undefined
    await page.screenshot({ path: path.join(PICTURES, `${name}-${screen}-${scheme}.png`), fullPage })
  }
}
