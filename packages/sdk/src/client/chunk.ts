/**
 * Events as they are kept until the server has them: in chunks, one storage key each.
 *
 *     journal:OWNER:CHUNK → one event a line
 */
import type { ClientStorage } from './storage.ts'

export interface Chunk {
  readonly key: string
  entries: Entry[]
  /** UTF-16 units of all entries; one that is full takes no more. */
  size: number
}

export interface Entry {
  readonly text: string
  /** Whether the time in it is ours, and moves when our clock turns out to be wrong. */
  readonly isStamped: boolean
}

/** Where journals are, and how they are told apart. */
export interface Journals {
  readonly storage: ClientStorage
  /** Begins the keys of all chunks, whoever owns them. */
  readonly all: string
  /** Begins the keys of our own chunks. */
  readonly own: string
  /** Begins the key where an owner says when it lived, and the name of the lock that it holds as long as it does. */
  readonly alive: string
}
