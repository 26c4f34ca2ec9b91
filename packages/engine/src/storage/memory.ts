import { HeliosError } from '../errors.ts'
import type { EventBatch } from '../event-batch.ts'
import type { AuditEntry } from '../life-cycle.ts'
import type {
  EventLog,
  Registry,
  Snapshot,
  SnapshotStore,
  StateEntry,
  StateStore,
  Storage,
  StoredDocument,
} from '../storage.ts'

/** Keeps everything in memory, for tests: it forgets at the end of the process. */
export function memoryStorage(): Storage {
  return {
    registry: memoryRegistry(),
    events: memoryEventLog(),
    snapshots: memorySnapshots(),
    state: memoryState(),
    close: async () => {},
  }
}

function memoryRegistry(): Registry {
  const documents = new Map<string, StoredDocument[]>()
  const lines: AuditEntry[] = []
  const nameOf = ({ collection, key }: Pick<StoredDocument, 'collection' | 'key'>) => `${collection}/${key}`
  return {
    list: async (collection) =>
      [...documents.values()]
        .flatMap((versions) => versions.at(-1) ?? [])
        .filter((document) => document.collection === collection)
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    versions: async (collection, key) => [...(documents.get(nameOf({ collection, key })) ?? [])],
    write: async (written, audit) => {
      for (const document of written) {
        const current = documents.get(nameOf(document))?.length ?? 0
        if (document.version !== current + 1) {
          throw new HeliosError('HEL_VERSION_CONFLICT', { key: document.key, version: current })
        }
      }
      for (const document of written) {
        const copy = structuredClone(document)
        documents.set(nameOf(document), [...(documents.get(nameOf(document)) ?? []), copy])
      }
      lines.push(...structuredClone(audit))
    },
    audit: async (subject) => lines.filter((line) => subject === undefined || line.subject === subject),
  }
}

function memoryEventLog(): EventLog {
  const batches: EventBatch[] = []
  const units: string[] = []
  const names: string[] = []
  const remembered = new Map<string, number>()
  let pending: string[] = []
  return {
    lastPosition: async () => batches.at(-1)?.lastPosition ?? 0,
    append: async (batch) => {
      if (batch.length === 0) return
      batches.push(batch)
      units.push(...batch.newUnits)
      names.push(...batch.newNames)
      for (const id of pending) remembered.set(id, batch.receivedAt)
      pending = []
    },
    read: async function* (fromPosition) {
      for (const batch of batches) if (batch.firstPosition >= fromPosition) yield batch
    },
    units: async function* (from) {
      yield units.slice(from)
    },
    names: async function* (from) {
      yield names.slice(from)
    },
    knownIds: async (ids) => new Set(ids.filter((id) => remembered.has(id))),
    rememberIds: (ids) => {
      pending = [...ids]
    },
    forgetIds: async (receivedBefore) => {
      for (const [id, receivedAt] of remembered) if (receivedAt < receivedBefore) remembered.delete(id)
    },
  }
}

function memorySnapshots(): SnapshotStore {
  const parts = new Map<string, Uint8Array>()
  let position = 0
  return {
    position: async () => position,
    names: async () => [...parts.keys()].toSorted(),
    load: async (name) => parts.get(name)?.slice(),
    save: async (snapshot: Snapshot) => {
      for (const name of snapshot.remove) parts.delete(name)
      for (const [name, bytes] of snapshot.parts) parts.set(name, bytes.slice())
      position = snapshot.position
    },
  }
}

function memoryState(): StateStore {
  const entries = new Map<string, StateEntry & { readonly expiresAt: number }>()
  const current = (key: string, now: number) => {
    const entry = entries.get(key)
    return entry && entry.expiresAt > now ? entry : undefined
  }
  return {
    get: async (key, now) => {
      const entry = current(key, now)
      return entry && { version: entry.version, value: entry.value.slice() }
    },
    compareAndSet: async (key, expectedVersion, value, now, expiresAt = Number.POSITIVE_INFINITY) => {
      if ((current(key, now)?.version ?? 0) !== expectedVersion) return false
      entries.set(key, { version: expectedVersion + 1, value: value.slice(), expiresAt })
      return true
    },
  }
}
