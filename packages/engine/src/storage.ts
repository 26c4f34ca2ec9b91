import type { EventBatch } from './event-batch.ts'
import type { AuditEntry } from './life-cycle.ts'

/**
 * Port: where bytes are kept. A driver is a function from options to this plain object.
 *
 * Contract of every facet: a promise that resolves means the data survives the end of the process; a
 * promise that rejects means that nothing of that call was kept.
 */
export interface Storage {
  readonly registry: Registry
  readonly events: EventLog
  readonly snapshots: SnapshotStore
  readonly state: StateStore
  close(): Promise<void>
}

/** Versioned documents: experiments, metrics, API keys. No version is ever changed or removed. */
export interface Registry {
  /** Latest version of each document of a collection, ordered by key. */
  list(collection: string): Promise<StoredDocument[]>
  /** All versions of one document, oldest first. */
  versions(collection: string, key: string): Promise<StoredDocument[]>
  /**
   * Keeps all documents and audit lines, or none. Each version must follow the latest one of its
   * document (1 for a new one), else HEL_VERSION_CONFLICT: two writers cannot overwrite each other.
   */
  write(documents: readonly StoredDocument[], audit: readonly AuditEntry[]): Promise<void>
  /** Audit lines of one subject, or of all, oldest first. */
  audit(subject?: string): Promise<AuditEntry[]>
}

export interface StoredDocument {
  readonly collection: string
  readonly key: string
  readonly version: number
  /** JSON value. */
  readonly value: unknown
}

/** Append-only log of accepted events, numbered from 1 without gaps. */
export interface EventLog {
  /** Position of the last durable event; 0 when there is none. */
  lastPosition(): Promise<number>
  /** Keeps all rows, new units and new names of the batch, or nothing. `firstPosition` must be the next one. */
  append(batch: EventBatch): Promise<void>
  /** Durable events from the first commit at or after a position, in order, one batch per commit. */
  read(fromPosition: number): AsyncIterable<EventBatch>
  /** Texts behind the integers of units and names, from an integer on, in order. */
  units(from: number): AsyncIterable<readonly string[]>
  names(from: number): AsyncIterable<readonly string[]>
  /**
   * Which of these ids the log remembers. Asked only for ids that carry no time (no UUIDv7), which the
   * engine cannot keep apart by itself; `append` is told the same ids by `rememberIds`.
   */
  knownIds(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** Ids to be remembered durably with the next append. */
  rememberIds(ids: readonly string[]): void
  /** Forgets remembered ids of events received before a time. */
  forgetIds(receivedBefore: number): Promise<void>
}

/** Named parts of the state in memory as it was at one position of the log. */
export interface SnapshotStore {
  /** Position of the latest snapshot; 0 when there is none. */
  position(): Promise<number>
  names(): Promise<string[]>
  load(name: string): Promise<Uint8Array | undefined>
  /** Replaces the named parts, removes others and moves the position, all or nothing. */
  save(snapshot: Snapshot): Promise<void>
}

export interface Snapshot {
  readonly position: number
  readonly parts: Iterable<readonly [name: string, bytes: Uint8Array]>
  readonly remove: readonly string[]
}

/** Small shared values with optimistic concurrency and expiry. */
export interface StateStore {
  /** Current entry; undefined when absent or expired at `now`. */
  get(key: string, now: number): Promise<StateEntry | undefined>
  /**
   * Writes iff the current version is `expectedVersion` (0 = absent or expired); answers whether it did.
   * `expiresAt` in milliseconds since 1970; never when absent.
   */
  compareAndSet(
    key: string,
    expectedVersion: number,
    value: Uint8Array,
    now: number,
    expiresAt?: number,
  ): Promise<boolean>
}

export interface StateEntry {
  readonly version: number
  readonly value: Uint8Array
}
