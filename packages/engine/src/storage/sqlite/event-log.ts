import type { DatabaseSync } from 'node:sqlite'
import { HeliosError } from '../../errors.ts'
import type { EventBatch } from '../../event-batch.ts'
import type { EventLog } from '../../storage.ts'
import { decodeBatch, encodeBatch } from './batch-codec.ts'
import { transaction } from './database.ts'

const TEXTS_AT_ONCE = 100_000
const COMMITS_AT_ONCE = 100

export function sqliteEventLog(database: DatabaseSync): EventLog {
  const append = appender(database)
  const last = database.prepare('SELECT max(last_position) AS position FROM commits')
  const known = database.prepare('SELECT 1 FROM remembered_ids WHERE id = ?')
  const forget = database.prepare('DELETE FROM remembered_ids WHERE received_at < ?')
  let pending: readonly string[] = []
  return {
    lastPosition: async () => Number(last.get()?.['position'] ?? 0),
    append: async (batch) => {
      const ids = pending
      pending = []
      append(batch, ids)
    },
    read: (fromPosition) => readBatches(database, fromPosition),
    units: (from) => readTexts(database, 'units', from),
    names: (from) => readTexts(database, 'names', from),
    knownIds: async (ids) => new Set(ids.filter((id) => known.get(id) !== undefined)),
    rememberIds: (ids) => {
      pending = ids
    },
    forgetIds: async (receivedBefore) => {
      transaction(database, () => forget.run(receivedBefore))
    },
  }
}

function appender(database: DatabaseSync): (batch: EventBatch, ids: readonly string[]) => void {
  const commit = database.prepare(
    'INSERT INTO commits (first_position, last_position, received_at, events) VALUES (?, ?, ?, ?)',
  )
  const unit = database.prepare('INSERT INTO units (id, name) VALUES (?, ?)')
  const name = database.prepare('INSERT INTO names (id, name) VALUES (?, ?)')
  const remember = database.prepare('INSERT INTO remembered_ids (id, received_at) VALUES (?, ?)')
  return (batch, ids) => {
    if (batch.length === 0) return
    transaction(database, () => {
      commit.run(batch.firstPosition, batch.lastPosition, batch.receivedAt, encodeBatch(batch))
      for (let i = 0; i < batch.newUnits.length; i++)
        unit.run(batch.firstNewUnit + i, batch.newUnits[i] as string)
      for (let i = 0; i < batch.newNames.length; i++)
        name.run(batch.firstNewName + i, batch.newNames[i] as string)
      for (const id of ids) remember.run(id, batch.receivedAt)
    })
  }
}

async function* readTexts(
  database: DatabaseSync,
  table: 'units' | 'names',
  from: number,
): AsyncIterable<string[]> {
  const page = database.prepare(`SELECT name FROM ${table} WHERE id >= ? ORDER BY id LIMIT ${TEXTS_AT_ONCE}`)
  for (let next = from; ; next += TEXTS_AT_ONCE) {
    const texts = page.all(next).map((row) => row['name'] as string)
    if (texts.length > 0) yield texts
    if (texts.length < TEXTS_AT_ONCE) return
  }
}

/** One batch per commit, as it was appended but for the new texts, which `units` and `names` give. */
async function* readBatches(database: DatabaseSync, fromPosition: number): AsyncIterable<EventBatch> {
  const page = database.prepare(
    `SELECT first_position, last_position, received_at, events FROM commits
     WHERE first_position >= ? ORDER BY first_position LIMIT ${COMMITS_AT_ONCE}`,
  )
  for (let next = fromPosition; ; ) {
    const commits = page.all(next) as unknown as Commit[]
    for (const { first_position: first, last_position: last, received_at: receivedAt, events } of commits) {
      yield decoded(events, first, last, receivedAt)
      next = last + 1
    }
    if (commits.length < COMMITS_AT_ONCE) return
  }
}

interface Commit {
  readonly first_position: number
  readonly last_position: number
  readonly received_at: number
  readonly events: Uint8Array
}

function decoded(events: Uint8Array, first: number, last: number, receivedAt: number): EventBatch {
  try {
    const batch = decodeBatch(events, first, receivedAt)
    if (batch.lastPosition === last) return batch
  } catch (error) {
    throw new HeliosError('HEL_STORAGE_FAILED', { problem: (error as Error).message }, { cause: error })
  }
  throw new HeliosError('HEL_STORAGE_FAILED', { problem: `events are missing between ${first} and ${last}` })
}
