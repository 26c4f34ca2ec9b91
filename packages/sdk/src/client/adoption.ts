/** Taking over what tabs and processes left in the storage when they crashed. */
import type { Chunk } from './chunk.ts'
import type { Platform } from './platform.ts'
import type { ClientStorage } from './storage.ts'

export interface Names {
  /** Begins the keys of our own chunks. */
  readonly journal: string
  /** Begins the key where an owner says when it lived; its name follows. */
  readonly alive: string
  /** Begins the name of the lock that an owner holds as long as it lives; its name follows. */
  readonly lock: string
}

/** An owner that did not say for so long that it lives has crashed, or sleeps too deeply to mind. */
const GONE_AFTER_MILLISECONDS = 60_000

/**
 * Takes over the chunks of owners who are gone, oldest first. They get keys of our own, so that a third one
 * leaves them alone as long as we live; if two take over the same, the ids of the events make the second
 * sending harmless.
 *
 * @param keys of chunks that others own
 * @throws what the platform throws when it cannot tell who lives; then nothing is taken
 */
export async function takeOver(
  keys: readonly string[],
  names: Names,
  storage: ClientStorage,
  platform: Platform,
): Promise<Chunk[]> {
  const locks = await platform.locks?.query()
  const held = locks && new Set(locks.held?.map(({ name }) => name))
  const isGone = (owner: string): boolean => {
    if (held) return !held.has(names.lock + owner)
    return Math.abs(platform.now() - Number(storage.get(names.alive + owner) ?? 0)) > GONE_AFTER_MILLISECONDS
  }
  const left = keys.filter((key) => isGone(ownerOf(key))).sort()
  const chunks = left.map((key) => takeChunk(key, names.journal, storage))
  for (const key of left) storage.remove(names.alive + ownerOf(key))
  return chunks.filter((chunk) => chunk !== undefined)
}

function ownerOf(key: string): string {
  return key.slice(key.indexOf(':') + 1, key.lastIndexOf(':'))
}

function takeChunk(key: string, journal: string, storage: ClientStorage): Chunk | undefined {
  const text = storage.get(key) ?? ''
  const entries = text
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ text: line, isStamped: false }))
  const own = journal + key.slice(key.lastIndexOf(':'))
  // Written before it is removed: a crash in between leaves it twice, not never.
  if (entries.length > 0) storage.set(own, text)
  storage.remove(key)
  return entries.length > 0 ? { key: own, entries, size: Number.POSITIVE_INFINITY, isSending: false } : undefined
}
