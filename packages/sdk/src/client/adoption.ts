/** Taking over what tabs and processes left in the storage when they crashed. */
import type { Chunk, Journals } from './chunk.ts'
import type { Platform } from './platform.ts'
import type { ClientStorage } from './storage.ts'

/** An owner that did not say for so long that it lives has crashed, or sleeps too deeply to mind. */
const GONE_AFTER_MILLISECONDS = 60_000

/**
 * Takes over the chunks of owners who are gone, oldest first. They get keys of our own, so that a third one
 * leaves them alone as long as we live; if two take over the same, the ids of the events make the second
 * sending harmless.
 *
 * @throws what the platform throws when it cannot tell who lives; then nothing is taken
 */
export async function takeOver({ storage, all, own, alive }: Journals, platform: Platform): Promise<Chunk[]> {
  const locks = await platform.locks?.query()
  const held = locks && new Set(locks.held?.map(({ name }) => name))
  const isGone = (owner: string): boolean => {
    if (held) return !held.has(alive + owner)
    return Math.abs(platform.now() - Number(storage.get(alive + owner) ?? 0)) > GONE_AFTER_MILLISECONDS
  }
  const ownerOf = (key: string): string => key.slice(all.length, key.lastIndexOf(':'))
  const left = [...storage.keys()].filter(
    (key) => key.startsWith(all) && !key.startsWith(own) && isGone(ownerOf(key)),
  )
  const chunks = left.sort().map((key) => takeChunk(key, own, storage))
  for (const key of left) storage.remove(alive + ownerOf(key))
  return chunks.filter((chunk) => chunk !== undefined)
}

function takeChunk(key: string, ownJournal: string, storage: ClientStorage): Chunk | undefined {
  const text = storage.get(key) ?? ''
  const entries = text
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ text: line, isStamped: false }))
  const own = ownJournal + key.slice(key.lastIndexOf(':'))
  // Written before it is removed: a crash in between leaves it twice, not never.
  if (entries.length > 0) storage.set(own, text)
  storage.remove(key)
  return entries.length > 0 ? { key: own, entries, size: Number.POSITIVE_INFINITY } : undefined
}
