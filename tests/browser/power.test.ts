import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, hasBrowser, launch, settled, visit } from './harness.ts'
import { openSite, type Site } from './site.ts'

describe.skipIf(!hasBrowser)('the power calculator', () => {
  let site: Site
  let browser: Browser
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([openSite(), launch()])
  })
  afterAll(async () => {
    await browser.close()
    await site.close()
  })

  const answer = (page: Page) => page.getByRole('region', { name: 'Answer' }).innerText()
  const says = (page: Page, part: string) =>
    eventually(
      () => answer(page),
      (text) => text.includes(part),
      `an answer with ${part}`,
    )

  it('answers while it is typed, whatever is unknown', async () => {
    await visit(browser, site, { path: '/power' }, async ({ page }) => {
      await settled(page)
      await says(page, '14,751')
      await page.getByLabel('Smallest effect that matters').fill('20')
      await says(page, '3,841')
      await page.getByLabel('I want to know').selectOption('power')
      await page.getByLabel('Units per variant', { exact: true }).fill('3841')
      await says(page, '80.0')
      await page.getByLabel('I want to know').selectOption('minimumDetectableEffect')
      await says(page, 'can be found')
      await page.getByLabel('Its value today').fill('')
      await says(page, 'Fill in what is empty')
      await page.getByLabel('Its value today').fill('20')
      await says(page, 'can be found')
    })
  })

  it('hands its numbers to a new experiment', async () => {
    await visit(browser, site, { path: '/power' }, async ({ page }) => {
      await settled(page)
      await page.getByRole('button', { name: 'Use in a new experiment' }).click()
      await page.getByRole('heading', { level: 1, name: 'New experiment' }).waitFor()
      await page.getByLabel('Name', { exact: true }).fill('Planned')
      for (const step of ['Variants', 'Who', 'Metrics', 'Size'])
        await page.getByRole('button', { name: `Next: ${step}` }).click()
      expect(await page.getByLabel('Its value today').inputValue()).toBe('10 %')
      expect(await page.getByLabel('Smallest effect that matters').inputValue()).toBe('10 %')
      expect(await page.getByLabel('Minimum sample').inputValue()).toBe('14,751')
    })
  })
})
