import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { DemoStatus } from '../demo/control.ts'
import { type HeliosProcess, type Ready, runHelios, startHelios } from '../testing/process.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'helios-demo-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

type DemoReady = Ready & { readonly demo?: Pick<DemoStatus, 'seed' | 'speed'> }

/** Starts `helios demo` on a free port, and waits for its line. */
async function startDemo(
  store: string,
  ...args: string[]
): Promise<{ helios: HeliosProcess; ready: DemoReady; get<Answer>(address: string): Promise<Answer> }> {
  const file = path.join(folder, store)
  const helios = startHelios(['demo', '--path', file, '--port', '0', '--json', ...args])
  await vi.waitFor(() => expect(helios.written.stdout).toContain('\n'), 20_000)
  const ready = JSON.parse(helios.written.stdout) as DemoReady
  const headers = { authorization: `Bearer ${ready.adminKey}` }
  const get = async <Answer>(address: string): Promise<Answer> =>
    (await fetch(`${ready.url}${address}`, { headers })).json() as Promise<Answer>
  return { helios, ready, get }
}

async function interrupt({ child, finished }: HeliosProcess): Promise<void> {
  child.kill('SIGINT')
  expect(await finished).toMatchObject({ code: 0, stderr: '' })
}

it('has a history and live visitors, and stops without a word', async () => {
  const { helios, ready, get } = await startDemo('demo.db', '--speed', '20', '--seed', '3')
  expect(ready.demo).toMatchObject({ seed: 3, speed: 20 })
  expect(await get('/v1/demo')).toMatchObject({ simulated: true })
  let past = 0
  await vi.waitFor(
    async () => {
      const status = await get<DemoStatus>('/v1/demo')
      expect(status.history.share).toBe(1)
      past = status.unitsSent
    },
    { timeout: 60_000, interval: 200 },
  )
  expect(past).toBeGreaterThan(90_000)
  await vi.waitFor(
    async () => expect((await get<DemoStatus>('/v1/demo')).unitsSent).toBeGreaterThan(past + 50),
    {
      timeout: 20_000,
      interval: 200,
    },
  )
  expect(await get('/v1/demo')).toMatchObject({ refused: { events: 0, requests: 0 } })
  await interrupt(helios)
}, 120_000)

it('stops in the middle of its history as quietly', async () => {
  const { helios, get } = await startDemo('interrupted.db')
  await vi.waitFor(
    async () => expect((await get<DemoStatus>('/v1/demo')).history.share).toBeGreaterThan(0),
    20_000,
  )
  await interrupt(helios)
})

it('starts clean with --empty', async () => {
  const { helios, ready, get } = await startDemo('clean.db', '--empty')
  expect(ready).not.toHaveProperty('demo')
  expect(await get('/v1/overview')).toMatchObject({ events: 0, experiments: { draft: 0, running: 0 } })
  expect(await get('/v1/demo')).toMatchObject({ code: 'HEL_NOT_FOUND' })
  await interrupt(helios)
})

it('refuses what it does not understand', async () => {
  for (const args of [
    ['--speed', '101'],
    ['--seed', 'x'],
    ['--sped', '1'],
  ]) {
    const { code, stderr } = await runHelios(['demo', '--path', path.join(folder, 'none.db'), ...args])
    expect([args, code]).toEqual([args, 2])
    expect(stderr).toContain(args[0] === '--sped' ? '--speed' : args[0]?.slice(2))
  }
})
