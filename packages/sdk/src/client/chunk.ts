/**
 * Events as they are kept until the server has them: in chunks, one storage key each.
 *
 *     journal:OWNER:CHUNK → one event a line
 */

export interface Chunk {
  readonly key: string
  entries: Entry[]
  /** UTF-16 units of all entries; one that is full takes no more. */
  size: number
  /** On its way to the server: nothing is added and nothing dropped until it is known what became of it. */
  isSending: boolean
}

export interface Entry {
  readonly text: string
  /** Whether the time in it is ours, and moves when our clock turns out to be wrong. */
  readonly isStamped: boolean
}

/** How journals are told apart, and who lives. */
export interface JournalNames {
  /** Begins the keys of all chunks, whoever owns them. */
  readonly all: string
  /** Begins the keys of our own chunks. */
  readonly own: string
  /** Begins the key where an owner says when it lived; its name follows. */
  readonly alive: string
  /** Begins the name of the lock that an owner holds as long as it lives; its name follows. */
  readonly lock: string
}
