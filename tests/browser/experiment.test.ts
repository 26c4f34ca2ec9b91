import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, hasBrowser, launch, settled, visit } from './harness.ts'
import { createExperiment, openSite, type Site, sendTraffic } from './site.ts'

describe.skipIf(!hasBrowser)('the life of an experiment', () => {
  let site: Site
  let browser: Browser
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([openSite(), launch()])
  })
  afterAll(async () => {
    await browser.close()
    await site.close()
  })

  it('from the idea to the winner, each step in the history with its reason', async () => {
    await visit(browser, site, { path: '/' }, async ({ page }) => {
      await page
        .getByRole('link', { name: /New experiment|Create the first/ })
        .first()
        .click()
      await page.getByLabel('Name', { exact: true }).fill('Greeting tone')
      expect(await page.getByLabel('Key', { exact: false }).first().inputValue()).toBe('greeting-tone')
      await next(page, 'Variants')
      await page.getByLabel('Key of variant 2').fill('warm')
      await page.getByLabel('Name of variant 2').fill('Warm')
      await page.getByLabel('Payload of warm', { exact: true }).fill('Good to see you!')
      await next(page, 'Who')
      await next(page, 'Metrics')
      await page.getByLabel('Role of Converted', { exact: true }).selectOption('primary')
      await next(page, 'Size')
      await page.getByLabel('Minimum sample').fill('100')
      await next(page, 'Review')
      await page.getByRole('button', { name: 'Create and start' }).click()
      await page.waitForURL(`${site.url}/experiments/greeting-tone`)
      await page.getByText('Running', { exact: true }).first().waitFor()

      await sendTraffic(site, 'greeting-tone', {
        units: 2000,
        prefix: 'first',
        converts: (variant, unit) => unit % 10 < (variant === 'warm' ? 4 : 2),
      })
      await page.getByText('2,000 users').first().waitFor()
      await page.getByRole('heading', { name: /Warm\S? is better/ }).waitFor()
      await looksAsWhenLoaded(page)
      await sendTraffic(site, 'greeting-tone', { units: 500, prefix: 'second' })
      await page.getByText('2,500 users').first().waitFor()
      await looksAsWhenLoaded(page)

      await take(page, 'Pause', 'Stock is out')
      await page.getByText('Paused', { exact: true }).first().waitFor()
      await take(page, 'Resume', 'Stock is back')
      await page.getByText('Running', { exact: true }).first().waitFor()
      await page.getByRole('button', { name: 'Complete', exact: true }).click()
      await page.getByRole('dialog').getByRole('radio', { name: 'Warm' }).check()
      await page.getByRole('dialog').getByLabel('Why').fill('It converts twice as many')
      await page.getByRole('dialog').getByRole('button', { name: 'Complete' }).click()
      await page.getByText('Ships Warm to everyone').waitFor()

      await page.getByRole('link', { name: 'History' }).click()
      const entries = page.locator('main ol > li')
      await expectTexts(entries.allInnerTexts.bind(entries), [
        /Completed by first admin[\s\S]*It converts twice as many/,
        /Resumed by first admin[\s\S]*Stock is back/,
        /Paused by first admin[\s\S]*Stock is out/,
        /Started by first admin/,
        /Created by first admin/,
      ])
    })
    const definition = await site.call<{ status: string; shipped: string }>(
      'GET',
      '/v1/experiments/greeting-tone',
    )
    expect(definition).toMatchObject({ status: 'completed', shipped: 'warm' })
  })

  it('a change that somebody else made meanwhile is not overwritten', async () => {
    await createExperiment(site, { key: 'two-editors' })
    await visit(browser, site, { path: '/experiments/two-editors' }, async ({ page, context }) => {
      const other = await context.newPage()
      await other.goto(page.url())
      for (const each of [page, other]) {
        await each.getByRole('button', { name: 'Pause' }).click()
        await each.getByRole('dialog').waitFor()
      }
      await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click()
      await page.getByText('Paused', { exact: true }).first().waitFor()
      // The other tab either learned of it by itself, and offers the step no more, or is refused.
      const button = other.getByRole('dialog').getByRole('button', { name: 'Pause' })
      await eventually(
        async () => (await button.count()) === 0 || (await button.isDisabled()),
        (isGone) => isGone,
        'the button of the other tab',
      )
      const { version } = await site.call<{ version: number }>('GET', '/v1/experiments/two-editors')
      expect(version).toBe(3)
    })
  })

  it('a server that restarts: the page says so, recovers, and shows new numbers without a reload', async () => {
    await createExperiment(site, { key: 'restarted' })
    await sendTraffic(site, 'restarted', { units: 100, prefix: 'before' })
    await visit(browser, site, { path: '/experiments/restarted' }, async ({ page }) => {
      await page.getByText('100 users').first().waitFor()
      await page.evaluate(() => Object.assign(window, { wasNotReloaded: true }))
      await site.stop()
      await page.getByText('Connection lost').waitFor()
      await site.start()
      await page.getByText('Live', { exact: true }).waitFor()
      await sendTraffic(site, 'restarted', { units: 50, prefix: 'after' })
      await page.getByText('150 users').first().waitFor()
      expect(await page.evaluate(() => 'wasNotReloaded' in window)).toBe(true)
      await page.reload()
      await page.getByText('150 users').first().waitFor()
    })
  })

  it('numbers that would mislead are kept back, and shown when asked for', async () => {
    await createExperiment(site, { key: 'lossy', name: 'Lossy' })
    await sendTraffic(site, 'lossy', {
      units: 1500,
      prefix: 'lossy',
      converts: (_, unit) => unit % 3 === 0,
      loses: (variant, unit) => variant === 'warm' && unit % 4 === 0,
    })
    await visit(browser, site, { path: '/experiments/lossy' }, async ({ page }) => {
      const refusal = page.getByRole('region', { name: 'Why there are no numbers' })
      await refusal.waitFor()
      expect(await page.getByRole('region', { name: 'Verdict' }).count()).toBe(0)
      await refusal.getByRole('switch', { name: 'Show the numbers anyway' }).check()
      await page.getByRole('region', { name: 'Verdict' }).waitFor()
      await page.getByRole('heading', { name: /Primary metric/ }).waitFor()
      await page.goto(`${site.url}/`)
      await page.getByText('Effect not shown: it would mislead').waitFor()
      await page.getByRole('listitem').filter({ hasText: 'Lossy' }).getByText('Do not read').waitFor()
    })
  })

  it('two tabs follow each other', async () => {
    await visit(browser, site, { path: '/' }, async ({ page, context }) => {
      await settled(page)
      const other = await context.newPage()
      await other.goto(`${site.url}/`)
      await settled(other)
      await createExperiment(site, { key: 'seen-by-both', name: 'Seen by both' })
      for (const each of [other, page]) {
        await each.bringToFront()
        await each.getByRole('link', { name: 'Seen by both' }).waitFor()
      }
    })
  })

  it('a metric is defined, explained while it is typed, and can be chosen', async () => {
    await visit(browser, site, { path: '/catalogue' }, async ({ page }) => {
      await page.getByRole('button', { name: 'Define a metric' }).click()
      const drawer = page.getByRole('dialog', { name: 'Define a metric' })
      await drawer.getByLabel('Name', { exact: true }).fill('Order value')
      expect(await drawer.getByRole('textbox', { name: /^Key/ }).inputValue()).toBe('order_value')
      await drawer.getByText(/^Sum of order_value per unit/).waitFor()
      await drawer.getByRole('button', { name: 'Define metric' }).click()
      await drawer.waitFor({ state: 'detached' })
      await page.getByRole('region', { name: 'Yours' }).getByRole('link', { name: 'Order value' }).waitFor()
      await page.getByRole('region', { name: 'Yours' }).getByRole('link', { name: 'Order value' }).click()
      await page.getByRole('dialog', { name: 'Order value' }).waitFor()
      await page.reload()
      await page.getByRole('dialog', { name: 'Order value' }).waitFor()
      await page.keyboard.press('Escape')
      await page.goto(`${site.url}/new?step=metrics`)
      await page.getByLabel('Role of Order value').waitFor()
    })
  })
})

/** What was changed in place by live numbers must look like what is drawn from the same numbers at once. */
async function looksAsWhenLoaded(page: Page): Promise<void> {
  const fresh = await page.context().newPage()
  await fresh.goto(page.url())
  await settled(fresh)
  const wanted = await marksOf(fresh)
  await fresh.close()
  await page.bringToFront()
  await eventually(
    () => marksOf(page),
    (marks) => JSON.stringify(marks) === JSON.stringify(wanted),
    `charts after live updates, which should be ${JSON.stringify(wanted).slice(0, 3000)}`,
  )
}

/** Where the marks of the first plot are, the one of the primary metric, to the pixel. */
async function marksOf(page: Page): Promise<string[]> {
  const marks = await page
    .locator('main [role="img"] svg')
    .first()
    .evaluate((drawing) => {
      const { left, top } = drawing.getBoundingClientRect()
      return [...drawing.querySelectorAll('path')].map((mark) => {
        const box = mark.getBoundingClientRect()
        return [box.left - left, box.top - top, box.width, box.height].map(Math.round).join(' ')
      })
    })
  return marks.toSorted()
}

async function next(page: Page, step: string): Promise<void> {
  await page.getByRole('button', { name: `Next: ${step}` }).click()
}

async function take(page: Page, step: string, why: string): Promise<void> {
  await page.getByRole('button', { name: step, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Why').fill(why)
  await dialog.getByRole('button', { name: step, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

async function expectTexts(read: () => Promise<string[]>, expected: readonly RegExp[]): Promise<void> {
  const texts = await eventually(read, ({ length }) => length === expected.length, 'entries of the history')
  expected.forEach((pattern, index) => {
    expect(texts[index]).toMatch(pattern)
  })
}
