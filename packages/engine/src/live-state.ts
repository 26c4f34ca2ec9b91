import type { Clock } from './clock.ts'
import type { Experiment } from './experiment.ts'
import { SeenIds } from './ingestion/seen-ids.ts'
import { compareProjections } from './projection/compare.ts'
import type { ProjectionPlan } from './projection/plan.ts'
import { Projection } from './projection/projection.ts'
import { replay } from './projection/replay.ts'
import { restoreSnapshot, SNAPSHOT_PREFIX, snapshotParts } from './projection/snapshot.ts'
import type { Storage } from './storage.ts'

export interface LiveStateOptions {
  readonly storage: Storage
  readonly clock: Clock
  readonly latenessMilliseconds: number
  /** Events after which the state is saved, so that a restart replays fewer than these. */
  readonly eventsBetweenSnapshots: number
  /** Seed of the tables; unpredictable to senders. */
  readonly seed: number
  /** Experiments that events may concern, and what is kept for each. */
  readonly started: () => readonly { readonly experiment: Experiment; readonly plan: ProjectionPlan }[]
}

/** Runs work while no events are taken in; see `Intake`. */
export interface Exclusive {
  exclusively<T>(work: () => Promise<T>): Promise<T>
  /** Told when the projection was exchanged for one that knows durable events only. */
  resynchronise(): void
}

export interface Verification {
  readonly equal: boolean
  readonly differences: string[]
  readonly events: number
}

/** What is in memory: the projection and the ids seen. Restored, saved, rebuilt and checked against the log. */
export class LiveState {
  readonly seen: SeenIds
  readonly #options: LiveStateOptions
  #projection: Projection
  #snapshotPosition = 0
  #snapshotError: string | undefined

  constructor(options: LiveStateOptions) {
    this.#options = options
    this.#projection = this.emptyProjection()
    this.seen = new SeenIds(options.latenessMilliseconds, options.storage.snapshots.load)
  }

  get projection(): Projection {
    return this.#projection
  }

  /** Position of the last snapshot that fits what is computed now; 0 when there is none. */
  get snapshotPosition(): number {
    return this.#snapshotPosition
  }

  /** Why the last snapshot could not be saved; undefined when it could. */
  get snapshotError(): string | undefined {
    return this.#snapshotError
  }

  get isSaved(): boolean {
    return this.#snapshotPosition === this.#projection.position
  }

  emptyProjection(): Projection {
    const { latenessMilliseconds, seed } = this.#options
    return new Projection({ latenessMilliseconds, seed })
  }

  /** Brings the state back: the last snapshot, then the events after it. */
  async restore(): Promise<void> {
    const { storage, latenessMilliseconds, started } = this.#options
    const { snapshots, events } = storage
    const position = await snapshots.position()
    this.seen.restore(await snapshots.names())
    const fits = await restoreSnapshot(this.#projection, latenessMilliseconds, started(), snapshots.load)
    this.#snapshotPosition = fits ? position : 0
    this.#trackAll(this.#projection)
    await replay(events, this.#projection, async (batch) => {
      if (batch.firstPosition <= position) return
      await this.seen.prepare(batch.ids)
      for (const id of batch.ids) this.seen.add(id, batch.receivedAt)
    })
  }

  /** Computes everything anew from the log, beside the live state, and exchanges the two. */
  async rebuild(intake: Exclusive): Promise<void> {
    const fresh = await this.#replayed()
    await intake.exclusively(async () => {
      await replay(this.#options.storage.events, fresh)
      this.#trackAll(fresh)
      this.#projection = fresh
      this.#snapshotPosition = 0
      intake.resynchronise()
    })
  }

  /** Replays the whole log and compares with what is in memory, bit by bit. */
  async verify(): Promise<Verification> {
    const fresh = await this.#replayed()
    const differences = compareProjections(this.#projection, fresh)
    return { equal: differences.length === 0, differences, events: fresh.position }
  }

  /** Saves everything. To be called between commits. */
  async save(): Promise<void> {
    const { storage, clock, latenessMilliseconds } = this.#options
    const now = clock.now()
    const ids = this.seen.changes(now)
    const { position } = this.#projection
    const parts = snapshotParts(this.#projection, latenessMilliseconds)
    const outdated = await this.#partsBeside(parts.map(([name]) => name))
    await storage.snapshots.save({
      position,
      parts: [...parts, ...ids.parts],
      remove: [...outdated, ...ids.remove],
    })
    await storage.events.forgetIds(now - latenessMilliseconds)
    this.seen.settle(now)
    this.#snapshotPosition = position
  }

  /** After a commit: saves what is due; a failure is kept for `snapshotError` and tried again after the next. */
  async saveWhenDue(): Promise<void> {
    const { eventsBetweenSnapshots, clock } = this.#options
    const isDue = this.#projection.position - this.#snapshotPosition >= eventsBetweenSnapshots
    try {
      if (isDue) await this.save()
      else if (this.seen.shouldSpill(clock.now())) await this.#spillIds()
      this.#snapshotError = undefined
    } catch (error) {
      this.#snapshotError = (error as Error).message
    }
  }

  /** Writes ids out between snapshots, so that a high rate of events does not fill the memory with them. */
  async #spillIds(): Promise<void> {
    const { storage, clock } = this.#options
    const now = clock.now()
    const { parts, remove } = this.seen.changes(now)
    await storage.snapshots.save({ position: await storage.snapshots.position(), parts, remove })
    this.seen.settle(now)
  }

  /** Parts of earlier snapshots that are written no more, such as columns of a metric that was taken away. */
  async #partsBeside(names: readonly string[]): Promise<string[]> {
    const written = new Set(names)
    const kept = await this.#options.storage.snapshots.names()
    return kept.filter((name) => name.startsWith(SNAPSHOT_PREFIX) && !written.has(name))
  }

  async #replayed(): Promise<Projection> {
    const fresh = this.emptyProjection()
    this.#trackAll(fresh)
    await replay(this.#options.storage.events, fresh)
    return fresh
  }

  #trackAll(projection: Projection): void {
    for (const { experiment, plan } of this.#options.started()) projection.track(experiment, plan)
  }
}
