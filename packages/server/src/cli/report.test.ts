import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Helios } from '@helios/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHelios, type ServeProcess, startServe } from '../testing/process.ts'
import { createExperiment, eventsOf, STARTED, WELCOME } from '../testing/reported.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'helios-report-'))
const store = path.join(folder, 'store.db')
const made = { ...WELCOME, units: 300, days: 1 }

beforeAll(async () => {
  const helios = await Helios.open({ path: store })
  await createExperiment(helios, made)
  await helios.experiments.start(made.key)
  const { startedAt = STARTED } = helios.experiments.get(made.key)
  const events = eventsOf(made).map((event) => ({ ...event, at: startedAt }))
  expect(await helios.observe(events)).toMatchObject({ rejected: [] })
  await helios.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('from the store, while no server runs', () => {
  it('writes Markdown unless told otherwise', async () => {
    const { code, stdout, stderr } = await runHelios(['report', 'welcome', '--path', store])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^# Welcome tone\n/)
    expect(stdout).toContain('| Calm (control) | 100 |')
  })

  it('writes a file, whose name says what is in it', async () => {
    const out = path.join(folder, 'welcome.html')
    const { code, stdout } = await runHelios(['report', 'welcome', '--path', store, '--out', out])
    expect({ code, stdout }).toEqual({ code: 0, stdout: `✓ ${out}\n` })
    expect(readFileSync(out, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)
  })

  it('prints JSON for programs', async () => {
    const { stdout } = await runHelios(['report', 'welcome', '--json', '--path', store])
    expect(JSON.parse(stdout)).toMatchObject({ units: 300, experiment: { key: 'welcome' } })
  })

  it('says what was wrong, and writes nothing then', async () => {
    const out = path.join(folder, 'never.html')
    const run = async (...args: string[]) => {
      const { code, stderr, stdout } = await runHelios(['report', ...args, '--out', out])
      return { code, stdout, stderr }
    }
    const missing = path.join(folder, 'missing.db')
    expect(await run('gone', '--path', store)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'helios: There is no experiment "gone". (HEL_EXPERIMENT_NOT_FOUND)\n',
    })
    expect(await run('welcome', '--html', '--json', '--path', store)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Choose one of --html and --json'),
    })
    expect(await run('welcome', '--path', missing)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no store file'),
    })
    expect(existsSync(missing)).toBe(false)
    expect(existsSync(out)).toBe(false)
    const nowhere = path.join(folder, 'no', 'such', 'folder.md')
    const { code, stderr } = await runHelios(['report', 'welcome', '--path', store, '--out', nowhere])
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('give another place with --out'),
    })
  })
})

describe('from a running server', () => {
  let server: ServeProcess
  let env: Record<string, string>
  beforeAll(async () => {
    const made = await runHelios([
      'keys',
      'create',
      '--name',
      'reader',
      '--scopes',
      'read',
      '--path',
      store,
      '--json',
    ])
    const { secret } = JSON.parse(made.stdout) as { secret: string }
    server = await startServe(store)
    env = { HELIOS_URL: server.ready.url, HELIOS_KEY: secret }
  })
  afterAll(() => server.stop())

  it('asks with the key of the environment', async () => {
    const { code, stdout, stderr } = await runHelios(['report', 'welcome', '--json'], env)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ units: 300 })
    const html = await runHelios(['report', 'welcome', '--html'], env)
    expect(html.stdout).toMatch(/^<!doctype html>/)
  })

  it('passes its refusals on, and says how to reach it', async () => {
    const gone = await runHelios(['report', '../gone'], env)
    expect(gone).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('HEL_EXPERIMENT_NOT_FOUND'),
    })
    const { HELIOS_URL = '' } = env
    const keyless = await runHelios(['report', 'welcome'], { HELIOS_URL })
    expect(keyless).toMatchObject({ code: 2, stderr: expect.stringContaining('HELIOS_KEY') })
    const locked = await runHelios(['report', 'welcome', '--path', store], env)
    expect(locked).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('open in another process'),
    })
  })
})
