import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, launch, PHONE, scrollsSideways, settled, visit } from './harness.ts'
import { createExperiment, openSite, type Site, sendTraffic } from './site.ts'

/** Names that are markup, right to left, or endless; too many variants; payloads that are too large. */

const MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
const RIGHT_TO_LEFT = 'ערב טוב \u202Eتجربة'
const ENDLESS = 'w'.repeat(200)
const TABS = ['', '/traffic', '/segments', '/design', '/history']

const isHacked = (page: Page): Promise<boolean> => page.evaluate(() => 'hacked' in window)

describe.skipIf(!hasBrowser)('hostile content', () => {
  let site: Site
  let browser: Browser
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([openSite(), launch()])
  })
  afterAll(async () => {
    await browser.close()
    await site.close()
  })

  it('names are text everywhere, and break no layout', async () => {
    await site.call('POST', '/v1/metrics', {
      key: 'odd_metric',
      name: `${MARKUP} metric`,
      description: MARKUP,
      kind: 'proportion',
      direction: 'increase',
      source: 'conversions',
    })
    await createExperiment(site, {
      key: 'odd-names',
      name: `${MARKUP} ${RIGHT_TO_LEFT}`,
      hypothesis: `${MARKUP} ${ENDLESS}`,
      variants: [
        { key: 'control', name: MARKUP, payload: { html: MARKUP }, control: true },
        { key: 'other', name: RIGHT_TO_LEFT, payload: ENDLESS },
        { key: 'third', name: ENDLESS, payload: null },
      ],
      metrics: { primary: ['odd_metric'], secondary: ['converted'] },
      dimensions: ['country'],
    })
    await createExperiment(site, { key: 'endless', name: ENDLESS })
    await sendTraffic(site, 'odd-names', {
      units: 600,
      prefix: MARKUP.slice(0, 40),
      converts: (_, unit) => unit % 3 === 0,
    })
    const { secret } = await site.key(`${MARKUP} key`.slice(0, 100), 'admin')
    for (const viewport of [undefined, PHONE]) {
      await visit(
        browser,
        site,
        { as: secret, path: '/', ...(viewport ? { viewport } : {}) },
        async ({ page }) => {
          await page.getByRole('link', { name: MARKUP }).waitFor()
          expect.soft(await scrollsSideways(page), 'list').toBe(false)
          for (const tab of TABS) {
            await page.goto(`${site.url}/experiments/odd-names${tab}`)
            await page.getByRole('heading', { level: 1 }).getByText(MARKUP).waitFor()
            await settled(page)
            expect.soft(await scrollsSideways(page), `tab ${tab}`).toBe(false)
            await hoverCharts(page)
            expect(await isHacked(page)).toBe(false)
          }
          await page.getByRole('button', { name: 'Complete', exact: true }).click()
          await page.getByRole('dialog').getByRole('radio', { name: MARKUP }).waitFor()
          expect.soft(await scrollsSideways(page), 'dialog').toBe(false)
          for (const path of ['/keys', '/catalogue', '/catalogue?metric=odd_metric', '/settings']) {
            await page.goto(site.url + path)
            await page.getByText(MARKUP.slice(0, 40)).first().waitFor()
            await settled(page)
            expect.soft(await scrollsSideways(page), path).toBe(false)
          }
          expect(await isHacked(page)).toBe(false)
        },
      )
    }
  })

  it('an address with markup, broken escapes or climbing dots is a page that explains', async () => {
    await visit(browser, site, {}, async ({ page }) => {
      for (const path of [
        `/experiments/${encodeURIComponent(MARKUP)}`,
        '/experiments/%E0%A4%A',
        '/experiments/no-such/odd-tab',
        `/${encodeURIComponent(MARKUP)}`,
        '/?search=%22%3E%3Cscript%3E&order=odd&status=odd',
      ]) {
        await page.goto(site.url + path)
        await settled(page)
        expect(await isHacked(page)).toBe(false)
        expect(await page.getByRole('heading', { level: 1 }).count(), path).toBe(1)
      }
    })
  })

  it('works where the browser forbids storage', async () => {
    const before = () => {
      for (const name of ['localStorage', 'sessionStorage'] as const) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('Access is denied for this document.', 'SecurityError')
          },
        })
      }
    }
    await visit(browser, site, { before, path: '/' }, async ({ page }) => {
      await page.getByRole('heading', { level: 1, name: 'Experiments' }).waitFor()
      await page.getByRole('button', { name: /Use the (dark|light) colours/ }).click()
      await page.getByRole('link', { name: 'New experiment' }).click()
      await page.getByLabel('Name', { exact: true }).fill('Without storage')
      await page.getByRole('button', { name: 'Next: Variants' }).click()
      await page.getByRole('button', { name: 'Review' }).click()
      await page.getByRole('button', { name: 'Create draft' }).click()
      await page.waitForURL(`${site.url}/experiments/without-storage`)
      await page.getByText('Draft', { exact: true }).first().waitFor()
    })
  })

  it('a thousand variants can be pasted, created, and looked at', async () => {
    const keys = Array.from({ length: 1000 }, (_, index) => `variant-${index}`)
    await visit(browser, site, { path: '/new' }, async ({ page }) => {
      await page.getByLabel('Name', { exact: true }).fill('A thousand')
      await page.getByRole('button', { name: 'Next: Variants' }).click()
      await page.getByLabel('Key of variant 1').fill('')
      await page.getByLabel('Key of variant 2').fill('')
      await page.getByRole('button', { name: 'Paste many' }).click()
      await page.getByRole('dialog').getByLabel('Variants').fill(keys.join('\n'))
      await page.getByRole('button', { name: 'Add 1000 variants' }).click()
      await page.getByRole('button', { name: 'Show all 1000 variants' }).waitFor()
      await page.getByRole('button', { name: 'Metrics' }).click()
      await page.getByLabel('Role of Converted', { exact: true }).selectOption('primary')
      await page.getByRole('button', { name: 'Review' }).click()
      await page.getByRole('button', { name: 'Create and start' }).click()
      await page.waitForURL(`${site.url}/experiments/a-thousand`)
      await page.getByText('Running', { exact: true }).first().waitFor()
      await sendTraffic(site, 'a-thousand', {
        units: 5000,
        prefix: 'many',
        converts: (_, unit) => unit % 5 === 0,
      })
      await page.getByText('5,000 users').first().waitFor()
      for (const tab of TABS) {
        await page.goto(`${site.url}/experiments/a-thousand${tab}`)
        await settled(page)
        expect.soft(await scrollsSideways(page), tab).toBe(false)
      }
    })
  })

  it('a payload of 900 KB is created and shown in part; one of 1.2 MB is refused before it is sent', async () => {
    const payload = 'payload '.repeat(900_000 / 8)
    await visit(browser, site, { path: '/new' }, async ({ page }) => {
      await page.getByLabel('Name', { exact: true }).fill('Large payload')
      await page.getByRole('button', { name: 'Next: Variants' }).click()
      const field = page.getByLabel('Payload of treatment', { exact: true })
      await setText(page, field, payload + payload.slice(0, 300_000))
      await page.getByRole('button', { name: 'Review' }).click()
      await page.getByRole('alert').getByText('Too large to be created').waitFor()
      const create = page.getByRole('button', { name: 'Create draft' })
      expect(await create.getAttribute('aria-disabled')).toBe('true')
      await page.getByRole('button', { name: 'Variants', exact: false }).first().click()
      await setText(page, field, payload)
      await page.getByRole('button', { name: 'Review' }).click()
      await create.click()
      await page.waitForURL(`${site.url}/experiments/large-payload`)
      await page.goto(`${site.url}/experiments/large-payload/design`)
      await settled(page)
      expect(await scrollsSideways(page)).toBe(false)
      const shown = (await page.locator('main').innerText()).length
      expect(shown).toBeLessThan(100_000)
    })
  })
})

/** Typing a megabyte letter by letter would take minutes; pasting sets the value at once, as this does. */
async function setText(page: Page, field: ReturnType<Page['getByLabel']>, text: string): Promise<void> {
  await field.focus()
  await page.evaluate((value) => {
    const element = document.activeElement as HTMLTextAreaElement
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(element, value)
    element.dispatchEvent(new Event('input', { bubbles: true }))
  }, text)
}

/** Moves the pointer over the middle and the marks of each chart, so that its tooltips are drawn. */
async function hoverCharts(page: Page): Promise<void> {
  for (const chart of await page.getByRole('img').all()) {
    const box = await chart.boundingBox()
    if (box === null || box.height < 60) continue
    await chart.scrollIntoViewIfNeeded()
    for (const [x, y] of [
      [0.1, 0.2],
      [0.5, 0.2],
      [0.5, 0.5],
      [0.3, 0.8],
    ] as const) {
      await chart.hover({ position: { x: box.width * x, y: box.height * y }, force: true })
    }
  }
}
