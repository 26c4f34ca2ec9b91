import type { DatabaseSync } from 'node:sqlite'
import { HeliosError } from '../../errors.ts'
import { EventBatch, EXPOSURE } from '../../event-batch.ts'
import type { EventLog } from '../../storage.ts'
import { transaction } from './database.ts'
import { packId, unpackId } from './packed-id.ts'

const TEXTS_AT_ONCE = 100_000

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

/** Rows per INSERT: entering SQLite costs more than the values. */
const ROWS_AT_ONCE = 40
const OUTCOME_FIELDS = 6

type Value = string | number | null | Uint8Array

function appender(database: DatabaseSync): (batch: EventBatch, ids: readonly string[]) => void {
  const commit = database.prepare(
    'INSERT INTO commits (first_position, last_position, received_at) VALUES (?, ?, ?)',
  )
  const unit = database.prepare('INSERT INTO units (id, name) VALUES (?, ?)')
  const name = database.prepare('INSERT INTO names (id, name) VALUES (?, ?)')
  const remember = database.prepare('INSERT INTO remembered_ids (id, received_at) VALUES (?, ?)')
  const exposure = database.prepare('INSERT INTO exposures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const outcomes = outcomeInserter(database)
  return (batch, ids) => {
    if (batch.length === 0) return
    transaction(database, () => {
      commit.run(batch.firstPosition, batch.lastPosition, batch.receivedAt)
      for (let i = 0; i < batch.newUnits.length; i++)
        unit.run(batch.firstNewUnit + i, batch.newUnits[i] as string)
      for (let i = 0; i < batch.newNames.length; i++)
        name.run(batch.firstNewName + i, batch.newNames[i] as string)
      for (const id of ids) remember.run(id, batch.receivedAt)
      outcomes.begin()
      for (let i = 0; i < batch.length; i++) {
        if (batch.kind[i] === EXPOSURE) exposure.run(...exposureValues(batch, i))
        else outcomes.add(batch, i)
      }
      outcomes.flush()
    })
  }
}

function exposureValues(batch: EventBatch, i: number): Value[] {
  const propensity = batch.value[i] as number
  const policyVersion = batch.policyVersion[i] as number
  return [
    batch.firstPosition + i,
    packId(batch.ids[i] as string),
    batch.at[i] as number,
    batch.unit[i] as number,
    batch.subject[i] as number,
    batch.variant[i] as number,
    batch.version[i] as number,
    Number.isNaN(propensity) ? null : propensity,
    policyVersion < 0 ? null : policyVersion,
  ]
}

/** Gathers outcome rows and inserts many with one statement. */
function outcomeInserter(database: DatabaseSync): {
  begin(): void
  add(batch: EventBatch, i: number): void
  flush(): void
} {
  const insert = (rows: number) => {
    const row = `(${Array(OUTCOME_FIELDS).fill('?').join(', ')})`
    return database.prepare(`INSERT INTO outcomes VALUES ${Array(rows).fill(row).join(', ')}`)
  }
  const one = insert(1)
  const many = insert(ROWS_AT_ONCE)
  const values: Value[] = new Array(ROWS_AT_ONCE * OUTCOME_FIELDS).fill(null)
  let filled = 0
  return {
    begin: () => {
      filled = 0 // A transaction that failed may have left rows behind.
    },
    add: (batch, i) => {
      values[filled] = batch.firstPosition + i
      values[filled + 1] = packId(batch.ids[i] as string)
      values[filled + 2] = batch.at[i] as number
      values[filled + 3] = batch.unit[i] as number
      values[filled + 4] = batch.subject[i] as number
      values[filled + 5] = batch.value[i] as number
      filled += OUTCOME_FIELDS
      if (filled < values.length) return
      filled = 0
      many.run(...values)
    },
    flush: () => {
      const rest = filled
      filled = 0
      for (let from = 0; from < rest; from += OUTCOME_FIELDS)
        one.run(...values.slice(from, from + OUTCOME_FIELDS))
    },
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

/** One batch per commit, exactly as it was appended but for the new texts, which `units` and `names` give. */
async function* readBatches(database: DatabaseSync, fromPosition: number): AsyncIterable<EventBatch> {
  const commits = database.prepare(
    'SELECT first_position, last_position, received_at FROM commits WHERE first_position >= ? ORDER BY first_position LIMIT 1000',
  )
  const outcomes = database.prepare('SELECT * FROM outcomes WHERE position BETWEEN ? AND ? ORDER BY position')
  const exposures = database.prepare(
    'SELECT * FROM exposures WHERE position BETWEEN ? AND ? ORDER BY position',
  )
  for (let next = fromPosition; ; ) {
    const page = commits.all(next) as unknown as {
      first_position: number
      last_position: number
      received_at: number
    }[]
    for (const { first_position: first, last_position: last, received_at: receivedAt } of page) {
      const batch = new EventBatch(first, receivedAt)
      fill(
        batch,
        outcomes.all(first, last) as unknown as OutcomeRow[],
        exposures.all(first, last) as unknown as ExposureRow[],
      )
      if (batch.lastPosition !== last) {
        throw new HeliosError('HEL_STORAGE_FAILED', {
          problem: `rows are missing between ${first} and ${last}`,
        })
      }
      yield batch
      next = last + 1
    }
    if (page.length === 0) return
  }
}

interface OutcomeRow {
  position: number
  id: string | Uint8Array
  at: number
  unit: number
  metric: number
  value: number
}

interface ExposureRow {
  position: number
  id: string | Uint8Array
  at: number
  unit: number
  experiment: number
  variant: number
  version: number
  propensity: number | null
  policy_version: number | null
}

/** Merges the two kinds of rows by position. */
function fill(batch: EventBatch, outcomes: readonly OutcomeRow[], exposures: readonly ExposureRow[]): void {
  let next = 0
  const addExposuresBefore = (position: number) => {
    for (; next < exposures.length; next++) {
      const row = exposures[next] as ExposureRow
      if (row.position > position) return
      const propensity = row.propensity ?? Number.NaN
      batch.addExposure({ ...row, id: unpackId(row.id), propensity, policyVersion: row.policy_version ?? -1 })
    }
  }
  for (const { position, id, at, unit, metric, value } of outcomes) {
    addExposuresBefore(position)
    batch.addOutcome(unpackId(id), at, unit, metric, value)
  }
  addExposuresBefore(Number.POSITIVE_INFINITY)
}
