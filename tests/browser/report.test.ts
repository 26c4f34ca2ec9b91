import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './axe.ts'
import { hasBrowser, launch, PHONE, scrollsSideways, settled, visit, WIDE } from './harness.ts'
import { openDemo, type Site } from './site.ts'

describe.skipIf(!hasBrowser)('the report', () => {
  let site: Site
  let browser: Browser
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([openDemo(), launch()])
  })
  afterAll(async () => {
    await browser.close()
    await site.close()
  })

  /** Charts that are shown at this width, and the colour of their words. */
  const drawings = (page: Page) => page.locator('svg[role="img"]:visible')
  const inkOf = (page: Page) =>
    drawings(page)
      .first()
      .locator('text')
      .first()
      .evaluate((word) => getComputedStyle(word).fill)

  it('opens from the page of its experiment, and asks for nothing more', async () => {
    await visit(browser, site, { path: '/experiments/welcome-email' }, async ({ page, context }) => {
      await settled(page)
      const opened = context.waitForEvent('page')
      await page.getByRole('link', { name: 'Report' }).click()
      const report = await opened
      const asked: string[] = []
      report.on('request', (request) => asked.push(request.url()))
      await report.reload()
      expect(asked).toEqual([`${site.url}/v1/experiments/welcome-email/report?format=html`])
      expect(await report.getByRole('heading', { level: 1 }).innerText()).toContain('Welcome email')
      expect(await report.locator('script').count()).toBe(0)
    })
  })

  it.each([
    ['wide', WIDE],
    ['on a phone', PHONE],
  ])('can be read %s, light and dark, by everyone', async (_, viewport) => {
    const path = '/v1/experiments/welcome-email/report?format=html'
    await visit(browser, site, { viewport, path, colorScheme: 'light' }, async ({ page }) => {
      expect(await scrollsSideways(page)).toBe(false)
      expect(await drawings(page).count()).toBeGreaterThanOrEqual(3)
      expect(await violations(page, 'everything')).toEqual([])
      const light = await inkOf(page)
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await violations(page, 'colours')).toEqual([])
      expect(await inkOf(page)).not.toBe(light)
      await page.emulateMedia({ media: 'print' })
      expect(await inkOf(page)).toBe(light)
    })
  })
})
