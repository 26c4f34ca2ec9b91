import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, hasBrowser, launch, PHONE, settled, visit } from './harness.ts'
import { createExperiment, openSite, type Site, sendTraffic } from './site.ts'

/** Everything without a mouse. */

const LONGEST_WAY = 80

describe.skipIf(!hasBrowser)('by keyboard alone', () => {
  let site: Site
  let browser: Browser
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([openSite(), launch()])
    await createExperiment(site, { key: 'greeting', name: 'Greeting' })
    await sendTraffic(site, 'greeting', { units: 300, prefix: 'user', converts: (_, unit) => unit % 3 === 0 })
  })
  afterAll(async () => {
    await browser.close()
    await site.close()
  })

  it('an experiment is created', async () => {
    await visit(browser, site, { path: '/' }, async ({ page }) => {
      await settled(page)
      await pressOn(page, 'New experiment')
      await page.getByRole('heading', { level: 1, name: 'New experiment' }).waitFor()
      await tabTo(page, 'Name')
      await page.keyboard.type('By keyboard')
      await pressOn(page, 'Next: Variants')
      await focusIs(page, 'What do units meet?')
      await pressOn(page, 'Next: Who')
      await pressOn(page, 'Next: Metrics')
      await pressOn(page, 'Next: Size')
      await pressOn(page, 'Next: Review')
      await pressOn(page, 'Create draft')
      await page.waitForURL(`${site.url}/experiments/by-keyboard`)
    })
  })

  it('a step with something wrong is not left: the focus goes to what is wrong', async () => {
    await visit(browser, site, { path: '/new' }, async ({ page }) => {
      await settled(page)
      await pressOn(page, 'Next: Variants')
      await eventually(
        () => focused(page),
        ({ id }) => id === 'key',
        'the focus',
      )
      await page.getByRole('alert').first().waitFor()
      expect(await page.locator('#key').getAttribute('aria-invalid')).toBe('true')
    })
  })

  it('the parts of an experiment are walked through, and the focus stays with them', async () => {
    await visit(browser, site, { path: '/experiments/greeting' }, async ({ page }) => {
      await settled(page)
      for (const part of ['Traffic', 'Segments', 'Design', 'History', 'Results']) {
        await page.getByRole('navigation', { name: 'Parts of the experiment' }).getByText(part).focus()
        await page.keyboard.press('Enter')
        await settled(page)
        await focusIs(page, part)
      }
    })
  })

  it('a dialog keeps the focus, closes by Escape, and gives it back', async () => {
    await visit(browser, site, { path: '/experiments/greeting' }, async ({ page }) => {
      await settled(page)
      await pressOn(page, 'Pause')
      const dialog = page.getByRole('dialog')
      await dialog.waitFor()
      for (let i = 0; i < 12; i += 1) {
        await page.keyboard.press('Tab')
        expect(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(
          true,
        )
      }
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await focusIs(page, 'Pause')
    })
  })

  it('drawers and dialogs of the other pages give the focus back', async () => {
    await visit(browser, site, { path: '/catalogue' }, async ({ page }) => {
      for (const [where, opener] of [
        ['/catalogue', 'Define a metric'],
        ['/catalogue', 'Revenue'],
        ['/keys', 'Create a key'],
      ] as const) {
        await page.goto(site.url + where)
        await settled(page)
        await pressOn(page, opener)
        await page.getByRole('dialog').waitFor()
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
        await focusIs(page, opener)
      }
    })
  })

  it('the menu of the phone opens, leads on, and gives the focus back', async () => {
    await visit(browser, site, { path: '/', viewport: PHONE }, async ({ page }) => {
      await settled(page)
      await pressOn(page, 'Menu')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await focusIs(page, 'Menu')
      await page.keyboard.press('Enter')
      await pressOn(page, 'Settings')
      await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    })
  })

  it('the first stop of each page skips the navigation, and what has the focus shows it', async () => {
    await visit(browser, site, { path: '/' }, async ({ page }) => {
      await settled(page)
      await page.keyboard.press('Tab')
      await focusIs(page, 'Skip to the content')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Tab')
      await focusIs(page, 'New experiment')
      const outline = await page.evaluate(() => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(
          document.activeElement ?? document.body,
        )
        return outlineStyle === 'none' ? boxShadow : outlineWidth
      })
      expect(outline).not.toMatch(/^(0px|none)$/)
    })
  })

  it('an explanation opens with the focus', async () => {
    await visit(browser, site, { path: '/' }, async ({ page }) => {
      await settled(page)
      await tabTo(page, 'Need attention')
      await page.getByRole('tooltip').getByText('numbers would mislead').waitFor()
    })
  })
})

interface Focused {
  readonly id: string
  readonly name: string
}

/** What has the focus: its label, or its words. */
function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
    const words = element?.getAttribute('aria-label') ?? labels[0]?.innerText ?? element?.innerText ?? ''
    return { id: element?.id ?? '', name: words.trim() }
  })
}

async function focusIs(page: Page, name: string): Promise<void> {
  await eventually(
    () => focused(page),
    (now) => now.name === name,
    `the focus should be on ${name}`,
  )
}

/** Goes on by the Tab key until something of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = []
  for (let i = 0; i < LONGEST_WAY; i += 1) {
    await page.keyboard.press('Tab')
    const now = await focused(page)
    if (now.name === name) return
    passed.push(now.name)
  }
  throw new Error(`${name} cannot be reached by Tab; passed ${passed.join(' | ')}`)
}

async function pressOn(page: Page, name: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}
