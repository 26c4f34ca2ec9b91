import type { DatabaseSync } from 'node:sqlite'
import type { StateStore } from '../../storage.ts'
import { transaction } from './database.ts'

export function sqliteState(database: DatabaseSync): StateStore {
  const read = database.prepare(
    'SELECT version, value FROM state WHERE key = ? AND (expires_at IS NULL OR expires_at > ?)',
  )
  const write = database.prepare(
    'INSERT OR REPLACE INTO state (key, version, value, expires_at) VALUES (?, ?, ?, ?)',
  )
  const get = (key: string, now: number) => {
    const row = read.get(key, now)
    return row && { version: row['version'] as number, value: row['value'] as Uint8Array }
  }
  return {
    get: async (key, now) => get(key, now),
    compareAndSet: async (key, expectedVersion, value, now, expiresAt) =>
      transaction(database, () => {
        if ((get(key, now)?.version ?? 0) !== expectedVersion) return false
        write.run(key, expectedVersion + 1, value, expiresAt ?? null)
        return true
      }),
  }
}
