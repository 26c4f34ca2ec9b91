import type { Page } from 'playwright-core'

/** A page of the demo: how it is called in pictures, where it is, and what is done there first. */
export interface DemoPage {
  readonly name: string
  readonly path: string
  readonly prepare?: (page: Page) => Promise<void>
  /** Opened without a session. */
  readonly isPublic?: true
  /** Shown in the README. */
  readonly isInReadme?: true
}

const LONG_PAGE = 'welcome-email'

export const DEMO_PAGES: readonly DemoPage[] = [
  { name: 'list', path: '/', isInReadme: true },
  { name: 'results', path: `/experiments/${LONG_PAGE}`, isInReadme: true },
  { name: 'results-in-numbers', path: `/experiments/${LONG_PAGE}`, prepare: openNumbers },
  { name: 'results-refused', path: '/experiments/checkout-redirect' },
  { name: 'results-completed', path: '/experiments/send-hour' },
  { name: 'results-draft', path: '/experiments/free-shipping' },
  { name: 'traffic', path: `/experiments/${LONG_PAGE}/traffic` },
  { name: 'segments', path: '/experiments/greeting-tone/segments' },
  { name: 'design', path: `/experiments/${LONG_PAGE}/design` },
  { name: 'design-edit', path: `/experiments/${LONG_PAGE}/design`, prepare: openEdit },
  { name: 'history', path: '/experiments/send-hour/history' },
  {
    name: 'dialog-complete',
    path: `/experiments/${LONG_PAGE}`,
    prepare: (page) => openDialog(page, 'Complete'),
  },
  { name: 'create-idea', path: '/new' },
  { name: 'create-variants', path: '/new', prepare: (page) => fillWizard(page, 'variants') },
  { name: 'create-who', path: '/new', prepare: (page) => fillWizard(page, 'audience') },
  { name: 'create-metrics', path: '/new', prepare: (page) => fillWizard(page, 'metrics') },
  { name: 'create-size', path: '/new', prepare: (page) => fillWizard(page, 'size'), isInReadme: true },
  { name: 'create-analysis', path: '/new', prepare: openAnalysis },
  { name: 'create-review', path: '/new', prepare: (page) => fillWizard(page, 'review') },
  { name: 'metrics', path: '/catalogue' },
  { name: 'metrics-detail', path: '/catalogue?metric=revenue', prepare: dialogShown },
  { name: 'metrics-define', path: '/catalogue?new=', prepare: dialogShown },
  { name: 'power', path: '/power' },
  { name: 'power-always-valid', path: '/power', prepare: readAnyTime },
  { name: 'keys', path: '/keys' },
  { name: 'keys-create', path: '/keys', prepare: (page) => openDialog(page, 'Create a key') },
  { name: 'settings', path: '/settings' },
  { name: 'demo-truth', path: '/', prepare: openTruth },
  { name: 'not-found', path: '/nowhere' },
  { name: 'unknown-experiment', path: '/experiments/welcome-mail' },
  { name: 'login', path: '/login', isPublic: true },
]

async function dialogShown(page: Page): Promise<void> {
  await page.getByRole('dialog').waitFor()
}

async function readAnyTime(page: Page): Promise<void> {
  await page.getByLabel('The result is read').selectOption('always-valid')
  await page.getByText('More: variants').click()
  await page.getByText('Looking more than once').waitFor()
}

async function openDialog(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  await dialogShown(page)
}

async function openTruth(page: Page): Promise<void> {
  const menu = page.getByRole('button', { name: 'Menu' })
  if (await menu.isVisible()) await menu.click()
  await page.getByRole('button', { name: 'What is true' }).click()
  await page.getByRole('dialog', { name: 'What is true' }).waitFor()
}

/** Everything that the results fold away, the Bayesian view of each metric that has one among it. */
async function openNumbers(page: Page): Promise<void> {
  for (const summary of await page.locator('main summary', { hasText: /in numbers|passed|Evidence/ }).all()) {
    await summary.click()
  }
  for (const summary of await page.locator('main summary', { hasText: 'Bayesian view' }).all()) {
    await summary.click()
  }
  await page.evaluate(() => window.scrollTo(0, 0))
}

async function openEdit(page: Page): Promise<void> {
  await openDialog(page, 'Edit')
  await page.getByRole('dialog').locator('summary', { hasText: 'Analysis' }).click()
}

async function openAnalysis(page: Page): Promise<void> {
  await fillWizard(page, 'size')
  await page.locator('summary', { hasText: 'Analysis' }).click()
  await page.getByRole('radio', { name: /^Group sequential/ }).check()
}

/** Fills the wizard as a person does, by label, and stops at a step. */
async function fillWizard(page: Page, stopsAt: string): Promise<void> {
  const go = (to: string) => page.getByRole('button', { name: `Next: ${to}` }).click()
  await page.getByLabel('Name', { exact: true }).fill('Onboarding checklist')
  await page
    .getByLabel('Hypothesis')
    .fill('A checklist shows newcomers what to do first, so more of them finish their profile within a week.')
  await go('Variants')
  await page.getByLabel('Name of variant 1').fill('As it is')
  await page.getByLabel('Key of variant 2').fill('checklist')
  await page.getByLabel('Name of variant 2').fill('With a checklist')
  await page.getByLabel('Payload of checklist', { exact: true }).fill('Three steps to get going')
  await page.getByRole('button', { name: 'Add a variant' }).click()
  await page.getByLabel('Key of variant 3').fill('film')
  await page.getByLabel('Name of variant 3').fill('With a short film')
  if (stopsAt === 'variants') return page.evaluate(() => window.scrollTo(0, 0))
  await go('Who')
  if (stopsAt === 'audience') return page.getByText('Conditions', { exact: true }).click()
  await go('Metrics')
  await page.getByLabel('Role of Converted', { exact: true }).selectOption('primary')
  if (stopsAt === 'metrics') return
  await go('Size')
  await page.getByLabel('Its value today').fill('12')
  await page.getByLabel('Units per day').fill('4000')
  await page
    .getByText(/per variant/i)
    .first()
    .waitFor()
  if (stopsAt === 'review') await go('Review')
}
