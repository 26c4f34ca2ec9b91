import { HeliosError } from './errors.ts'
import type { Registry } from './storage.ts'

/** A registry that refuses with HEL_CLOSED once the store behind it is being closed. */
export function guardedRegistry(registry: Registry, isClosed: () => boolean): Registry {
  const open = () => {
    if (isClosed()) throw new HeliosError('HEL_CLOSED')
    return registry
  }
  return {
    list: async (collection) => open().list(collection),
    versions: async (collection, key) => open().versions(collection, key),
    write: async (documents, audit) => open().write(documents, audit),
    audit: async (subject) => open().audit(subject),
  }
}
