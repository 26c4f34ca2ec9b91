import type { DatabaseSync } from 'node:sqlite'
import { HeliosError } from '../../errors.ts'
import type { AuditEntry } from '../../life-cycle.ts'
import type { Registry, StoredDocument } from '../../storage.ts'
import { transaction } from './database.ts'

export function sqliteRegistry(database: DatabaseSync): Registry {
  const latest = database.prepare(
    `SELECT collection, key, max(version) AS version, value FROM documents WHERE collection = ? GROUP BY key ORDER BY key`,
  )
  const versions = database.prepare(
    'SELECT collection, key, version, value FROM documents WHERE collection = ? AND key = ? ORDER BY version',
  )
  const current = database.prepare(
    'SELECT max(version) AS version FROM documents WHERE collection = ? AND key = ?',
  )
  const insert = database.prepare(
    'INSERT INTO documents (collection, key, version, value) VALUES (?, ?, ?, ?)',
  )
  const log = database.prepare(
    'INSERT INTO audit (subject, version, action, at, by, why) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const lines = database.prepare(
    'SELECT subject, version, action, at, by, why FROM audit WHERE ?1 IS NULL OR subject = ?1 ORDER BY id',
  )
  return {
    list: async (collection) => latest.all(collection).map(documentOf),
    versions: async (collection, key) => versions.all(collection, key).map(documentOf),
    write: async (documents, audit) =>
      transaction(database, () => {
        for (const { collection, key, version, value } of documents) {
          const known = Number(current.get(collection, key)?.['version'] ?? 0)
          if (version !== known + 1) throw new HeliosError('HEL_VERSION_CONFLICT', { key, version: known })
          insert.run(collection, key, version, JSON.stringify(value))
        }
        for (const line of audit) log.run(line.subject, line.version, line.action, line.at, line.by, line.why)
      }),
    audit: async (subject) => lines.all(subject ?? null).map((row) => ({ ...row }) as unknown as AuditEntry),
  }
}

function documentOf(row: Record<string, unknown>): StoredDocument {
  return { ...(row as unknown as StoredDocument), value: JSON.parse(row['value'] as string) }
}
