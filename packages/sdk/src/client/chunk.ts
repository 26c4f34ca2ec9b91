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
