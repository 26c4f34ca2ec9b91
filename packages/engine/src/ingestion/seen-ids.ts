import { DAY_MILLISECONDS } from '../clock.ts'
import { IdBucket } from './id-bucket.ts'
import { parts, readTimeOrderedId } from './time-ordered-id.ts'

/** 16.4 s: short enough that a busy bucket is a few megabytes, long enough that a week has few. */
const BUCKET_MILLISECONDS = 2 ** 14
/** Buckets back from now that ids still arrive for, with clients that send every few seconds. */
const HOT_BUCKETS = 2
/** Ids in memory from which cold buckets are written out between snapshots. */
const SPILL_COUNT = 1_000_000
/** Senders whose clock is in another time zone; ids from later than this are told apart by the event log. */
const FUTURE_MILLISECONDS = DAY_MILLISECONDS

/** `unprepared`: to be asked again after `prepare`. */
export type IdVerdict = 'new' | 'duplicate' | 'untimed' | 'unprepared'

/**
 * Which event ids were taken in already, exactly. Ids that carry their time (UUIDv7) lie in one table per
 * quarter minute, and only the tables that are being written stay in memory; a unique index in the
 * database would cost several times everything else together, as ids of many senders arrive out of order.
 * Other ids are `untimed`: the event log remembers those.
 */
export class SeenIds {
  readonly #buckets = new Map<number, IdBucket>()
  /** Ids in memory, about. */
  #count = 0
  /** Buckets that exist in the last snapshot. */
  readonly #saved = new Set<number>()
  readonly #retentionMilliseconds: number
  readonly #load: (name: string) => Promise<Uint8Array | undefined>

  constructor(latenessMilliseconds: number, load: (name: string) => Promise<Uint8Array | undefined>) {
    this.#retentionMilliseconds = latenessMilliseconds + DAY_MILLISECONDS
    this.#load = load
  }

  /** Brings the buckets of these ids into memory. */
  async prepare(ids: Iterable<string>): Promise<void> {
    for (const id of ids) {
      if (!readTimeOrderedId(id)) continue
      const bucket = bucketOf(parts.time)
      if (this.#saved.has(bucket) && !this.#buckets.has(bucket)) await this.#bring(bucket)
    }
  }

  add(id: string, now: number): IdVerdict {
    if (!readTimeOrderedId(id)) return 'untimed'
    const { time, a, b, c } = parts
    if (time < now - this.#retentionMilliseconds || time > now + FUTURE_MILLISECONDS) return 'untimed'
    const bucket = this.#bucket(time)
    if (!bucket) return 'unprepared'
    if (!bucket.add(time % BUCKET_MILLISECONDS, a, b, c)) return 'duplicate'
    this.#count += 1
    return 'new'
  }

  /** Takes an id back that `add` had called new. */
  remove(id: string): void {
    if (!readTimeOrderedId(id)) return
    const { time, a, b, c } = parts
    this.#buckets.get(bucketOf(time))?.remove(time % BUCKET_MILLISECONDS, a, b, c)
  }

  /** Takes note of the buckets in a snapshot. */
  restore(names: readonly string[]): void {
    for (const name of names) if (name.startsWith(PREFIX)) this.#saved.add(Number(name.slice(PREFIX.length)))
  }

  /** Whether so many ids are in memory that cold buckets should be written out. */
  shouldSpill(now: number): boolean {
    if (this.#count < SPILL_COUNT) return false
    const coldest = bucketOf(now) - HOT_BUCKETS
    for (const number of this.#buckets.keys()) if (number < coldest) return true
    return false
  }

  /** What has to be written and removed for a snapshot at a time. */
  changes(now: number): { parts: [string, Uint8Array][]; remove: string[] } {
    const oldest = bucketOf(now - this.#retentionMilliseconds)
    const dirty = [...this.#buckets].filter(([number, bucket]) => bucket.dirty && number >= oldest)
    const stale = [...this.#saved].filter((number) => number < oldest)
    return {
      parts: dirty.map(([number, bucket]) => [PREFIX + number, bucket.toBytes()]),
      remove: stale.map((number) => PREFIX + number),
    }
  }

  /** To be called once the changes are durable: frees the buckets that are no longer being written. */
  settle(now: number): void {
    const oldest = bucketOf(now - this.#retentionMilliseconds)
    for (const [number, bucket] of this.#buckets) {
      if (bucket.dirty) this.#saved.add(number)
      bucket.dirty = false
      if (number < bucketOf(now) - HOT_BUCKETS) this.#buckets.delete(number)
    }
    this.#count = 0
    for (const bucket of this.#buckets.values()) this.#count += bucket.count
    for (const number of this.#saved) if (number < oldest) this.#saved.delete(number)
  }

  get byteLength(): number {
    return [...this.#buckets.values()].reduce((total, bucket) => total + bucket.byteLength, 0)
  }

  /** Bucket of a time; undefined when it was saved and is not in memory. */
  #bucket(time: number): IdBucket | undefined {
    const number = bucketOf(time)
    const known = this.#buckets.get(number)
    if (known || this.#saved.has(number)) return known
    const bucket = new IdBucket()
    this.#buckets.set(number, bucket)
    return bucket
  }

  async #bring(number: number): Promise<void> {
    const bytes = await this.#load(PREFIX + number)
    if (!this.#buckets.has(number))
      this.#buckets.set(number, bytes ? IdBucket.fromBytes(bytes) : new IdBucket())
  }
}

const PREFIX = 'ids/'

function bucketOf(time: number): number {
  return Math.floor(time / BUCKET_MILLISECONDS)
}
