import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasBrowser, launch, visit } from './harness.ts'
import { openSite, type Site } from './site.ts'

describe.skipIf(!hasBrowser)('signing in', () => {
  let site: Site
  let browser: Browser
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([openSite(), launch()])
  })
  afterAll(async () => {
    await browser.close()
    await site.close()
  })

  it('the link of the start signs in once, and leaves no token in the address', async () => {
    await visit(browser, site, { as: false }, async ({ page }) => {
      await page.goto(site.firstLink)
      await page.getByRole('heading', { level: 1, name: 'Experiments' }).waitFor()
      expect(page.url()).toBe(`${site.url}/`)
      await page.reload()
      await page.getByRole('heading', { level: 1, name: 'Experiments' }).waitFor()
    })
    await visit(browser, site, { as: false }, async ({ page }) => {
      await page.goto(site.firstLink)
      const alert = page.getByRole('alert')
      await alert.waitFor()
      expect(await alert.innerText()).toContain('npx helios login')
      expect(page.url()).not.toContain('hll_')
    })
  })

  it('a made-up token explains itself and lets a key in instead', async () => {
    await visit(browser, site, { as: false, path: '/login#hll_made-up' }, async ({ page }) => {
      await page.getByRole('alert').getByText('helios login').waitFor()
      await page.getByLabel('API key', { exact: true }).fill(site.adminKey)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('heading', { level: 1, name: 'Experiments' }).waitFor()
    })
  })

  it('a wrong key is refused in words, the right one goes where the visitor wanted', async () => {
    await visit(browser, site, { as: false, path: '/settings' }, async ({ page }) => {
      const key = page.getByLabel('API key', { exact: true })
      await key.fill('hel_00000000_wrong')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('alert').waitFor()
      await key.fill(site.adminKey)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/settings')
    })
  })

  it('never goes to another site after signing in', async () => {
    for (const then of ['//example.com', 'https://example.com/', '/\\example.com']) {
      const path = `/login?then=${encodeURIComponent(then)}`
      await visit(browser, site, { as: false, path }, async ({ page }) => {
        await page.getByLabel('API key', { exact: true }).fill(site.adminKey)
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.getByRole('heading', { level: 1, name: 'Experiments' }).waitFor()
        expect(page.url()).toBe(`${site.url}/`)
      })
    }
  })

  it('signing out ends the session for every tab', async () => {
    await visit(browser, site, { path: '/' }, async ({ page, context }) => {
      const other = await context.newPage()
      await other.goto(`${site.url}/keys`)
      await other.getByRole('heading', { level: 1, name: 'API keys' }).waitFor()
      await page.getByRole('button', { name: 'Your session' }).click()
      await page.getByRole('menuitem', { name: 'Sign out' }).click()
      await page.getByRole('button', { name: 'Sign in' }).waitFor()
      await other.reload()
      await other.getByRole('button', { name: 'Sign in' }).waitFor()
      expect(new URL(other.url()).searchParams.get('then')).toBe('/keys')
    })
  })

  it('a key is made, used, revoked and then refused, together with the sessions it began', async () => {
    await visit(browser, site, { path: '/keys' }, async ({ page }) => {
      await page.getByRole('button', { name: 'Create a key' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name').fill('Checkout service')
      await dialog.getByRole('checkbox', { name: /^read/ }).check()
      await dialog.getByRole('button', { name: 'Create key' }).click()
      const secret = await page
        .getByRole('region', { name: 'Secret of the new key' })
        .locator('code')
        .innerText()
      expect(secret).toMatch(/^hel_[0-9a-f]{8}_[\w-]{43}$/)
      await page.getByRole('button', { name: 'I have copied it' }).click()
      await site.call('GET', '/v1/experiments', undefined, secret)

      await visit(browser, site, { as: secret, path: '/' }, async ({ page: reader }) => {
        await reader.getByRole('heading', { level: 1, name: 'Experiments' }).waitFor()
        await page.getByRole('button', { name: 'Revoke Checkout service' }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click()
        await page.getByRole('dialog').waitFor({ state: 'detached' })
        await reader.reload()
        await reader.getByRole('button', { name: 'Sign in' }).waitFor()
      })
      await expect(site.call('GET', '/v1/experiments', undefined, secret)).rejects.toThrow('401')
      expect(await page.content()).not.toContain(secret)
    })
  })

  it('a session that can only read sees what it may not do, with the reason', async () => {
    const { secret } = await site.key('Reader', 'read')
    await visit(browser, site, { as: secret, path: '/' }, async ({ page }) => {
      const create = page.getByRole('button', { name: 'New experiment' })
      await create.first().waitFor()
      expect(await create.first().getAttribute('aria-disabled')).toBe('true')
      await create.first().focus()
      await page.getByRole('tooltip').getByText('admin').waitFor()
      await page.goto(`${site.url}/keys`)
      await page.getByText('Only for administrators').waitFor()
      await page.goto(`${site.url}/catalogue`)
      const define = page.getByRole('button', { name: 'Define a metric' })
      await define.waitFor()
      expect(await define.getAttribute('aria-disabled')).toBe('true')
      await define.click({ force: true })
      expect(await page.getByRole('dialog').count()).toBe(0)
    })
  })
})
