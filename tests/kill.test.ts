import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Helios, sqliteStorage } from '@helios/engine'
import { type HeliosEvent, uuidv7 } from '@helios/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHelios, type ServeProcess, startServe } from '../packages/server/src/testing/process.ts'

/**
 * The real server process is killed (SIGKILL) twenty times at random moments while four senders send as
 * fast as they can. What was acknowledged must be there, once; what was not is sent again, as a client
 * does, and must not count twice.
 */

const KILLS = 20
const SENDERS = 4
const BATCH = 50
const LONGEST_LIFE_MILLISECONDS = 700

interface Batch {
  readonly events: readonly HeliosEvent[]
  isAcknowledged: boolean
}

describe('kill -9 during ingestion', () => {
  let directory: string
  let store: string
  let secret: string
  const batches: Batch[] = []

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'helios-kill-'))
    store = path.join(directory, 'helios.db')
    const engine = await Helios.open({ path: store })
    await engine.experiments.create({
      key: 'kill',
      variants: [{ key: 'a', control: true }, { key: 'b' }],
      metrics: { primary: ['clicks', 'revenue'] },
    })
    await engine.experiments.start('kill')
    await engine.close()
    const made = await runHelios([
      'keys',
      'create',
      '--name',
      'test',
      '--scopes',
      'admin',
      '--path',
      store,
      '--json',
    ])
    expect(made.code, made.stderr).toBe(0)
    secret = (JSON.parse(made.stdout) as { secret: string }).secret
  })
  afterAll(() => rm(directory, { recursive: true, force: true }))

  it('loses nothing acknowledged and counts nothing twice', { timeout: 240_000 }, async () => {
    let killed = 0
    for (; killed < KILLS; killed++) {
      const server = await startServe(store)
      const stopped = { now: false }
      const senders = Array.from({ length: SENDERS }, (_, i) => sendUntil(stopped, server, i))
      await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LIFE_MILLISECONDS))
      expect((await server.stop('SIGKILL')).code).toBeNull()
      stopped.now = true
      await Promise.all(senders)
    }
    const server = await startServe(store)
    for (const batch of batches) if (!batch.isAcknowledged) await send(server, batch)
    expect((await server.stop('SIGTERM')).code).toBe(0)
    await expectEverythingOnce()
  })

  /** Sends new batches, and before them those that a killed server left unanswered. */
  async function sendUntil(stopped: { now: boolean }, server: ServeProcess, sender: number): Promise<void> {
    for (const [i, batch] of batches.entries()) {
      if (!batch.isAcknowledged && i % SENDERS === sender && !stopped.now) await send(server, batch)
    }
    while (!stopped.now) {
      const batch = newBatch()
      batches.push(batch)
      await send(server, batch)
    }
  }

  async function send(server: ServeProcess, batch: Batch): Promise<void> {
    try {
      const response = await fetch(`${server.ready.url}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify(batch.events),
      })
      const receipt = (await response.json()) as {
        accepted: number
        duplicates: number[]
        rejected: unknown[]
      }
      expect(response.status).toBe(200)
      expect(receipt.rejected).toEqual([])
      expect(receipt.accepted + receipt.duplicates.length).toBe(batch.events.length)
      batch.isAcknowledged = true
    } catch (error) {
      if (error instanceof TypeError || error instanceof SyntaxError) return // The server is gone: not acknowledged.
      throw error
    }
  }

  function newBatch(): Batch {
    const events = Array.from({ length: BATCH }, (_, i): HeliosEvent => {
      const unit = `unit ${Math.floor(Math.random() * 500)}`
      // Ids as different clients make them: mostly UUIDv7, some random, some texts of their own.
      const id = i % 10 === 0 ? randomUUID() : i % 11 === 0 ? `own/${randomUUID()}` : uuidv7()
      if (i % 5 === 0)
        return { type: 'exposure', id, experiment: 'kill', variant: unit.length % 2 ? 'a' : 'b', unit }
      return { id, unit, metric: i % 2 ? 'clicks' : 'revenue', value: i }
    })
    return { events, isAcknowledged: false }
  }

  async function expectEverythingOnce(): Promise<void> {
    const sent = new Set(batches.flatMap(({ events }) => events.map(({ id }) => id)))
    const storage = sqliteStorage({ path: store })
    const found: string[] = []
    for await (const batch of storage.events.read(1)) found.push(...batch.ids)
    await storage.close()
    expect(batches.every(({ isAcknowledged }) => isAcknowledged)).toBe(true)
    expect(found.length).toBeGreaterThan(KILLS * BATCH)
    expect(new Set(found).size, 'events that are there twice').toBe(found.length)
    expect(sent.size).toBe(found.length)
    expect(found.every((id) => sent.has(id))).toBe(true)
    const engine = await Helios.open({ path: store })
    const verified = await engine.verify()
    expect(verified).toEqual({ equal: true, differences: [], events: found.length })
    await engine.close()
    console.info(`${KILLS} kills, ${found.length} events in ${batches.length} batches: each there once`)
  }
})
