import type { Receipt, RejectedEvent } from '@helios/sdk'
import { writeEvent } from './batch-writer.ts'
import type { Clock } from './clock.ts'
import { describeError, HeliosError } from './errors.ts'
import { EventBatch } from './event-batch.ts'
import {
  type CheckedEvent,
  checkEvent,
  type EventRules,
  emptyCheckedEvent,
  type Problem,
} from './ingestion/check-event.ts'
import type { SeenIds } from './ingestion/seen-ids.ts'
import { CLOCK_SKEW_MILLISECONDS, type Projection } from './projection/projection.ts'
import { Serial } from './serial.ts'
import type { EventLog } from './storage.ts'

export const MAXIMUM_BATCH = 10_000
/** Events that make a commit wait no longer for company. */
const COMMIT_SIZE = 1000
const LARGEST_COMMIT = 20_000

export interface ObserveDependencies
  extends Pick<EventRules, 'latenessMilliseconds' | 'source' | 'experiment'> {
  readonly clock: Clock
  readonly events: EventLog
  readonly seen: SeenIds
  /** The live projection; it is exchanged when it is rebuilt. */
  readonly projection: () => Projection
  /** How long a commit waits for more events, at most. */
  readonly groupCommitMilliseconds: number
  /** Called between commits, when events were made durable; must not reject. */
  readonly afterCommit: () => Promise<void>
}

interface Submission {
  readonly events: readonly unknown[]
  readonly resolve: (receipt: Receipt) => void
  readonly reject: (error: unknown) => void
}

/** A submission while its events are sorted into accepted, duplicate and rejected. */
interface Draft {
  accepted: number
  readonly duplicates: number[]
  readonly rejected: RejectedEvent[]
}

/** An event whose id cannot be judged before something is read from the store. */
interface Deferred {
  readonly draft: Draft
  readonly index: number
  readonly event: unknown
}

/**
 * Takes events in: checked one by one, told apart by id, made durable together, then folded into the
 * projection; only then answered. One commit is under way at a time, and what arrives meanwhile forms the
 * next (group commit), so that a flush to disk is shared by all who wait.
 */
export class Intake {
  readonly #dependencies: ObserveDependencies
  readonly #event: CheckedEvent = emptyCheckedEvent()
  readonly #rules: EventRules
  #queue: Submission[] = []
  #queued = 0
  #timer: NodeJS.Timeout | undefined
  readonly #work = new Serial()
  #isBusy = false
  #isClosed = false
  /** Units and names that are durable; later ones travel with the next batch. */
  #durableUnits = 0
  #durableNames = 0

  constructor(dependencies: ObserveDependencies) {
    const { latenessMilliseconds, source, experiment } = dependencies
    this.#dependencies = dependencies
    this.#rules = { latenessMilliseconds, skewMilliseconds: CLOCK_SKEW_MILLISECONDS, source, experiment }
    this.resynchronise()
  }

  observe(events: readonly unknown[]): Promise<Receipt> {
    if (this.#isClosed) return Promise.reject(new HeliosError('HEL_CLOSED'))
    if (!Array.isArray(events)) return Promise.reject(new HeliosError('HEL_BATCH_INVALID'))
    if (events.length > MAXIMUM_BATCH) {
      return Promise.reject(
        new HeliosError('HEL_BATCH_TOO_LARGE', { count: events.length, limit: MAXIMUM_BATCH }),
      )
    }
    return new Promise((resolve, reject) => {
      // A copy, for a caller who empties the array to fill it anew.
      this.#queue.push({ events: events.slice(), resolve, reject })
      this.#queued += events.length
      this.#schedule()
    })
  }

  /** Runs `work` while no commit is under way and none begins. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#work.run(work)
  }

  /** Resolves when everything handed in so far is answered. */
  async flush(): Promise<void> {
    while (this.#queue.length > 0 || this.#isBusy) {
      this.#begin()
      await this.#work.settled()
    }
    await this.#work.settled()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.flush()
  }

  /** Whether a failed commit left units or names behind that the log does not have yet. */
  get hasLeftovers(): boolean {
    const projection = this.#dependencies.projection()
    return projection.units.count > this.#durableUnits || projection.nameCount > this.#durableNames
  }

  /** The units and names of a rebuilt projection are all durable. */
  resynchronise(): void {
    this.#durableUnits = this.#dependencies.projection().units.count
    this.#durableNames = this.#dependencies.projection().nameCount
  }

  #schedule(): void {
    if (this.#isBusy) return
    if (this.#queued >= COMMIT_SIZE) this.#begin()
    else this.#timer ??= setTimeout(() => this.#begin(), this.#dependencies.groupCommitMilliseconds)
  }

  #begin(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#isBusy || this.#queue.length === 0) return
    this.#isBusy = true
    this.#work.run(() => this.#commitNext()).catch(noop)
  }

  async #commitNext(): Promise<void> {
    try {
      await this.#commit(this.#take())
      // Timers and requests get their turn even while somebody sends without pause; what is read here
      // joins the next commit.
      await new Promise(setImmediate)
    } finally {
      this.#isBusy = false
      this.#begin()
    }
  }

  #take(): Submission[] {
    const taken: Submission[] = []
    let events = 0
    for (const submission of this.#queue) {
      if (events > 0 && events + submission.events.length > LARGEST_COMMIT) break
      events += submission.events.length
      taken.push(submission)
    }
    this.#queue = this.#queue.slice(taken.length)
    this.#queued -= events
    return taken
  }

  async #commit(submissions: readonly Submission[]): Promise<void> {
    const drafts: Draft[] = submissions.map(() => ({ accepted: 0, duplicates: [], rejected: [] }))
    const batch = this.#newBatch()
    try {
      const deferred = this.#sort(submissions, drafts, batch)
      const remembered = deferred.length > 0 ? await this.#sortDeferred(deferred, batch) : []
      await this.#keep(batch, remembered)
    } catch (error) {
      for (const id of batch.ids) this.#dependencies.seen.remove(id)
      for (const submission of submissions) submission.reject(error)
      return
    }
    for (const [i, submission] of submissions.entries()) submission.resolve(receiptOf(drafts[i] as Draft))
    if (batch.length > 0) await this.#dependencies.afterCommit()
  }

  async #keep(batch: EventBatch, remembered: readonly string[]): Promise<void> {
    if (batch.length === 0) return
    const { events, projection } = this.#dependencies
    // Also when there are none: ids of a commit that failed must not travel with this one.
    events.rememberIds(remembered)
    await events.append(batch)
    this.#durableUnits = batch.firstNewUnit + batch.newUnits.length
    this.#durableNames = batch.firstNewName + batch.newNames.length
    projection().apply(batch)
  }

  /** An empty batch, but for units and names that a failed commit left behind. */
  #newBatch(): EventBatch {
    const { clock } = this.#dependencies
    const projection = this.#dependencies.projection()
    const batch = new EventBatch(projection.position + 1, clock.now())
    batch.firstNewUnit = this.#durableUnits
    batch.firstNewName = this.#durableNames
    for (let i = this.#durableUnits; i < projection.units.count; i++)
      batch.newUnits.push(projection.units.textOf(i))
    for (let i = this.#durableNames; i < projection.nameCount; i++) batch.newNames.push(projection.nameOf(i))
    return batch
  }

  #sort(submissions: readonly Submission[], drafts: readonly Draft[], batch: EventBatch): Deferred[] {
    const deferred: Deferred[] = []
    const { seen } = this.#dependencies
    const rules = this.#rules
    const event = this.#event
    for (let s = 0; s < submissions.length; s++) {
      const { events } = submissions[s] as Submission
      const draft = drafts[s] as Draft
      for (let index = 0; index < events.length; index++) {
        const problem = checkEvent(events[index], batch.receivedAt, rules, event)
        if (problem) draft.rejected.push(rejectionOf(index, problem))
        else {
          const verdict = seen.add(event.id, batch.receivedAt)
          if (verdict === 'new') this.#accept(draft, batch)
          else if (verdict === 'duplicate') draft.duplicates.push(index)
          else deferred.push({ draft, index, event: events[index] })
        }
      }
    }
    return deferred
  }

  /** Judges events whose ids needed a look into the store; the ids that the log has to remember. */
  async #sortDeferred(deferred: readonly Deferred[], batch: EventBatch): Promise<string[]> {
    const { seen, events } = this.#dependencies
    const ids = deferred.map(({ event }) => (event as { id: string }).id)
    await seen.prepare(ids)
    const known = new Set(await events.knownIds(ids))
    const remembered: string[] = []
    for (const { draft, index, event } of deferred) {
      checkEvent(event, batch.receivedAt, this.#rules, this.#event)
      const { id } = this.#event
      const verdict = seen.add(id, batch.receivedAt)
      if (verdict === 'duplicate' || known.has(id)) {
        draft.duplicates.push(index)
        continue
      }
      if (verdict === 'untimed') {
        known.add(id)
        remembered.push(id)
      }
      this.#accept(draft, batch)
    }
    for (const { draft } of deferred) draft.duplicates.sort((a, b) => a - b)
    return remembered
  }

  #accept(draft: Draft, batch: EventBatch): void {
    draft.accepted += 1
    writeEvent(this.#event, batch, this.#dependencies.projection())
  }
}

function receiptOf({ accepted, duplicates, rejected }: Draft): Receipt {
  return { accepted, duplicates, rejected }
}

function rejectionOf(index: number, { code, details }: Problem): RejectedEvent {
  return { index, code, message: describeError(code, details) }
}

function noop(): void {}
