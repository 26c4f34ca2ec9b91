import type { DatabaseSync } from 'node:sqlite'
import type { SnapshotStore } from '../../storage.ts'
import { transaction } from './database.ts'

/** SQLite takes up to 1 GB in one value; smaller chunks keep its cache small. */
const CHUNK_BYTES = 16 * 1024 * 1024

export function sqliteSnapshots(database: DatabaseSync): SnapshotStore {
  const position = database.prepare('SELECT position FROM snapshot_position')
  const setPosition = database.prepare(
    'INSERT OR REPLACE INTO snapshot_position (id, position) VALUES (1, ?)',
  )
  const names = database.prepare('SELECT DISTINCT name FROM snapshot_parts ORDER BY name')
  const chunks = database.prepare('SELECT bytes FROM snapshot_parts WHERE name = ? ORDER BY chunk')
  const remove = database.prepare('DELETE FROM snapshot_parts WHERE name = ?')
  const insert = database.prepare('INSERT INTO snapshot_parts (name, chunk, bytes) VALUES (?, ?, ?)')
  return {
    position: async () => Number(position.get()?.['position'] ?? 0),
    names: async () => names.all().map((row) => row['name'] as string),
    load: async (name) => {
      const parts = chunks.all(name).map((row) => row['bytes'] as Uint8Array)
      return parts.length === 0 ? undefined : concatenated(parts)
    },
    save: async (snapshot) =>
      transaction(database, () => {
        for (const name of snapshot.remove) remove.run(name)
        for (const [name, bytes] of snapshot.parts) {
          remove.run(name)
          for (let chunk = 0; chunk * CHUNK_BYTES < bytes.length || chunk === 0; chunk++) {
            insert.run(name, chunk, bytes.subarray(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES))
          }
        }
        setPosition.run(snapshot.position)
      }),
  }
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
