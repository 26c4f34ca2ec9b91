/**
 * Claim: from `npm start` to a chart that moves takes seconds.
 *
 * Starts the demo on a new store with the command of `npm start` (npm itself adds about 0.3 s), opens the login link in Chromium as soon as it is
 * there, goes to the results of an experiment, and waits until a chart is drawn and the number of units
 * changes without a reload.
 *
 *     npm run bench -- first-chart [--json]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium, HOW_TO_ENABLE } from '../tests/browser/chromium.ts'
import { report } from './measure.ts'

const EXPERIMENT = 'welcome-email'

const executablePath = findChromium()
if (executablePath === undefined) {
  console.error(`There is no Chromium. ${HOW_TO_ENABLE}`)
  process.exit(2)
}

const folder = await mkdtemp(path.join(tmpdir(), 'helios-first-chart-'))
const begin = performance.now()
const seconds = (): number => Math.round(performance.now() - begin) / 1000
const launcher = path.resolve(import.meta.dirname, '../packages/server/bin/helios.cjs')
const args = [launcher, 'demo', '--path', path.join(folder, 'demo.db'), '--port', '0', '--json']
const demo = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  const [line] = (await once(demo.stdout, 'data')) as [Buffer]
  const listening = seconds()
  const { url, loginUrl } = JSON.parse(String(line)) as { url: string; loginUrl: string }
  const page = await browser.newPage()
  await page.goto(loginUrl)
  await page.getByRole('heading', { level: 1, name: 'Experiments' }).waitFor()
  const signedIn = seconds()
  // The experiment is there once the demo has begun to make its past.
  await page.getByRole('link', { name: /Welcome email/ }).waitFor()
  await page.goto(`${url}/experiments/${EXPERIMENT}`)
  await page.locator('[role=img] svg').first().waitFor()
  const chart = seconds()
  const before = await page
    .getByText(/^[\d,]+ users$/)
    .first()
    .textContent()
  await page
    .getByText(before ?? '', { exact: true })
    .first()
    .waitFor({ state: 'detached' })
  report('From npm start to a chart that moves', {
    'server listens, s': listening,
    'first page, signed in, s': signedIn,
    'first chart drawn, s': chart,
    'numbers move, s': seconds(),
  })
} finally {
  await browser.close()
  demo.kill('SIGTERM')
  await once(demo, 'close')
  await rm(folder, { recursive: true, force: true })
}
