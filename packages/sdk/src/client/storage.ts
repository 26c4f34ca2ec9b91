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
  const attempt = <T>(run: () => T): T | undefined => {
    try {
      return run()
    } catch (cause) {
      if (!told) report('storage-failed', 'The storage failed; memory is used instead', { cause })
      told = true
      return undefined
    }
  }
  /** What cannot be read or cleaned is not used any more; what is merely full still has the older values. */
  const use = <T>(run: (storage: ClientStorage) => T): T | undefined =>
    attempt(() => {
      const used = storage
      storage = undefined
      const result = used && run(used)
      storage = used
      return result
    })
  storage = attempt(open)
  return {
    get: (key) => memory.get(key) ?? use((used) => used.get(prefix + key)),
    set: (key, value) => {
      const isKept = attempt(() => {
        storage?.set(prefix + key, value)
        return storage
      })
      if (isKept) memory.remove(key)
      else memory.set(key, value)
    },
    remove: (key) => {
      memory.remove(key)
      use((used) => used.remove(prefix + key))
    },
    keys: () => {
      const kept = use((used) => [...used.keys()]) ?? []
      const own = kept.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
      return new Set([...memory.keys(), ...own])
    },
  }
}
