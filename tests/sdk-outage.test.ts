import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Helios, sqliteStorage } from '@helios/engine'
import { createClient, type HeliosClientError, uuidv7 } from '@helios/sdk'
import { expect, it } from 'vitest'
import { startServe } from '../packages/server/src/testing/process.ts'

/**
 * The server is killed (SIGKILL) in the middle of a stream of outcomes, is away for a while, and starts again
 * on the same store and port. Nothing that was observed may be missing, and nothing may count twice.
 */

const OUTAGE_SECONDS = Number(process.env['HELIOS_OUTAGE_SECONDS'] ?? 60)
const EVENTS_PER_SECOND = 40
const SENDING_SECONDS = 3

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

it(`an outage of ${OUTAGE_SECONDS} s loses nothing and doubles nothing`, {
  timeout: OUTAGE_SECONDS * 1000 + 240_000,
}, async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'helios-outage-'))
  const store = path.join(directory, 'helios.db')
  const observed = new Set<string>()
  const errors: HeliosClientError[] = []
  const before = await startServe(store)
  const { url, adminKey = '' } = before.ready
  const client = createClient({
    url,
    key: adminKey,
    flushMilliseconds: 50,
    queueLimit: Math.max(10_000, OUTAGE_SECONDS * EVENTS_PER_SECOND * 2),
    onError: (error) => errors.push(error),
  })
  const isOver = { now: false }
  const stream = (async () => {
    while (!isOver.now) {
      const id = uuidv7()
      observed.add(id)
      client.observe({ id, unit: `user-${observed.size % 100}`, metric: 'clicks', value: 1 })

      await sleep(1000 / EVENTS_PER_SECOND)
    }
  })()
  await sleep(SENDING_SECONDS * 1000)
  await before.stop('SIGKILL')
  await sleep(OUTAGE_SECONDS * 1000)
  const waiting = client.status().queued
  const after = await startServe(store, ['--port', new URL(url).port])
  expect(after.ready.url).toBe(url)
  await sleep(SENDING_SECONDS * 1000)
  isOver.now = true
  await stream
  while (client.status().queued > 0) await sleep(100)
  await client.close()
  expect((await after.stop('SIGTERM')).code).toBe(0)
  expect(waiting).toBeGreaterThan(OUTAGE_SECONDS)
  expect(client.status().dropped).toBe(0)
  expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['unreachable']))

  const storage = sqliteStorage({ path: store })
  const found: string[] = []
  for await (const batch of storage.events.read(1)) found.push(...batch.ids)
  await storage.close()
  expect(new Set(found)).toEqual(observed)
  expect(found.length, 'events that are there twice').toBe(observed.size)
  const engine = await Helios.open({ path: store })
  expect(await engine.verify()).toMatchObject({ equal: true, events: observed.size })
  await engine.close()
  await rm(directory, { recursive: true })
  console.info(`${OUTAGE_SECONDS} s away, ${waiting} events waited, ${observed.size} events: each there once`)
})
