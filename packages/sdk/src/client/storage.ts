import type { Report } from './errors.ts'

/**
 * Where a client keeps what must outlive it. Synchronous, so that a variant is remembered before `use`
 * returns; it may throw, and the client goes on in memory.
 */
export interface ClientStorage {
  get(key: string): string | null | undefined
  set(key: string, value: string): void
  remove(key: string): void
  /** Every key, in any order; other people's keys are left alone. */
  keys(): Iterable<string>
}

export function memoryStorage(): ClientStorage {
  const values = new Map<string, string>()
  return {
    get: (key) => values.get(key),
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  }
}

/** A map that was kept under a key as its entries; empty when there is none, or it was damaged. */
export function storedMap<T>(storage: ClientStorage, key: string): Map<string, T> {
  try {
    return new Map(JSON.parse(storage.get(key) ?? '[]') as [string, T][])
  } catch {
    return new Map()
  }
}

/**
 * A storage that never throws and has its keys for itself. What the platform's storage does not take (it is
 * full, blocked, or there is none) is kept in memory.
 */
export function guardedStorage(
  prefix: string,
  open: () => ClientStorage | undefined,
  report: Report,
): ClientStorage {
  const memory = memoryStorage()
  let storage: ClientStorage | undefined
  let told = false

  /** What cannot be read or cleaned is not used any more; what is merely full still has the older values. */
  function attempt<T>(run: () => T, isFull = false): T | undefined {
    try {
      return run()
    } catch (cause) {
      if (!isFull) storage = undefined
      if (!told) report('storage-failed', 'The storage failed; memory is used instead', { cause })
      told = true
      return undefined
    }
  }

  storage = attempt(open)
  return {
    get: (key) => memory.get(key) ?? attempt(() => storage?.get(prefix + key)),
    set: (key, value) => {
      memory.set(key, value)
      attempt(() => {
        if (!storage) return
        storage.set(prefix + key, value)
        memory.remove(key)
      }, true)
    },
    remove: (key) => {
      memory.remove(key)
      attempt(() => storage?.remove(prefix + key))
    },
    keys: () => {
      const kept = attempt(() => [...(storage?.keys() ?? [])]) ?? []
      const own = kept.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
      return new Set([...memory.keys(), ...own])
    },
  }
}
