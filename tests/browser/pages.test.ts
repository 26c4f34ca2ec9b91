import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './axe.ts'
import { DEMO_PAGES, type DemoPage } from './demo-pages.ts'
import { hasBrowser, launch, PHONE, pictureFolder, scrollsSideways, settled, visit, WIDE } from './harness.ts'
import { openDemo, type Site } from './site.ts'

/** Every page of a demo, wide and on a phone, light and dark: accessible, not too wide, and pictured. */

const SCREENS = [
  { screen: 'wide', viewport: WIDE, schemes: ['light', 'dark'] },
  { screen: 'phone', viewport: PHONE, schemes: ['dark', 'light'] },
] as const

describe.skipIf(!hasBrowser)('every page', () => {
  let site: Site
  let browser: Browser
  let pictures: Awaited<ReturnType<typeof pictureFolder>>
  beforeAll(async () => {
    ;[site, browser, pictures] = await Promise.all([openDemo(), launch(), pictureFolder()])
  })
  afterAll(async () => {
    await browser.close()
    await site.close()
    await pictures.remove()
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
          expect.soft(await violations(page), scheme).toEqual([])
          await page.screenshot({
            path: path.join(pictures.path, `${shown.name}-${screen}-${scheme}.png`),
            fullPage: screen === 'phone' || !shown.prepare,
          })
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
