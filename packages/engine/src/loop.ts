import type { Decision, Receipt } from '@helios/sdk'
import { analyseSummaries } from './analyse.ts'
import type { Analysis } from './analysis.ts'
import type { Clock } from './clock.ts'
import { Decider, type DecisionRequest } from './decide.ts'
import { HeliosError } from './errors.ts'
import type { Estimator } from './estimator.ts'
import { type Experiment, metricKeysOf } from './experiment.ts'
import { Experiments } from './experiments.ts'
import { exposureOf } from './expose.ts'
import { SeenIds } from './ingestion/seen-ids.ts'
import { Metrics } from './metrics.ts'
import { Intake } from './observe.ts'
import type { Policy } from './policy.ts'
import { compareProjections } from './projection/compare.ts'
import type { ExperimentTotals } from './projection/experiment-totals.ts'
import { type ProjectionPlan, planFor } from './projection/plan.ts'
import { CLOCK_SKEW_MILLISECONDS, Projection } from './projection/projection.ts'
import { replay } from './projection/replay.ts'
import { restoreSnapshot, snapshotParts } from './projection/snapshot.ts'
import type { Registry, Storage } from './storage.ts'
import { summariseExperiment } from './summarise.ts'

export interface LoopOptions {
  readonly storage: Storage
  readonly clock: Clock
  readonly estimators: readonly Estimator[]
  readonly policies: readonly Policy[]
  readonly latenessMilliseconds: number
  readonly groupCommitMilliseconds: number
  /** Events after which the state in memory is saved, so that a restart replays fewer than these. */
  readonly eventsBetweenSnapshots: number
  /** Seed of the in-memory tables; unpredictable to senders. */
  readonly seed: number
}

export interface LoopStatus {
  /** Events in the log. */
  readonly position: number
  readonly snapshotPosition: number
  readonly units: number
  readonly experiments: number
  /** Memory that the projections take. */
  readonly bytes: number
  /** Memory that the ids of the last seconds take; depends on the rate of events. */
  readonly idBytes: number
}

const NOTHING: Receipt = { accepted: 0, duplicates: [], rejected: [] }

/** The closed loop: decide → expose → observe → analyse. */
export class Loop {
  readonly experiments: Experiments
  readonly metrics: Metrics
  /** Versioned documents of the store, for what lives beside experiments. */
  readonly registry: Registry
  readonly #options: LoopOptions
  readonly #decider: Decider
  readonly #seen: SeenIds
  #projection: Projection
  #intake!: Intake
  #snapshotPosition = 0
  #closed: Promise<void> | undefined

  protected constructor(options: LoopOptions) {
    const { storage, clock, policies, latenessMilliseconds } = options
    this.#options = options
    this.registry = guarded(storage.registry, () => this.#closed !== undefined)
    this.#projection = this.#emptyProjection()
    this.#seen = new SeenIds(latenessMilliseconds, storage.snapshots.load)
    this.#decider = new Decider((experiment, unit) => this.#stickyVariant(experiment, unit))
    this.metrics = new Metrics(this.registry, clock)
    this.experiments = new Experiments({
      registry: this.registry,
      clock,
      policies,
      metrics: this.metrics,
      position: () => this.#projection.position,
      onChange: (experiment, previous) => this.#follow(experiment, previous),
    })
  }

  /** Which variant a unit gets, and why. Synchronous, no I/O. */
  decide(experiment: string, request: DecisionRequest): Decision {
    return this.#decider.decide(experiment, request)
  }

  /** Records that a decision was used. Resolves when that is durable; may be left unawaited. */
  expose(decision: Decision): Promise<Receipt> {
    const event = exposureOf(decision, this.#options.clock.now())
    if (!event) return Promise.resolve(NOTHING)
    const receipt = this.#intake.observe([event])
    receipt.catch(() => {}) // A caller who does not wait must not be ended by an unhandled rejection.
    return receipt
  }

  /** Takes exposures and outcomes in; resolves when they are durable. Bad ones are named one by one. */
  observe(events: readonly unknown[]): Promise<Receipt> {
    return this.#intake.observe(events)
  }

  /** What the experiment did so far. Reads sufficient statistics: the number of events does not matter. */
  async analyse(key: string, options: { readonly evenIfMisleading?: boolean } = {}): Promise<Analysis> {
    const { clock, estimators } = this.#options
    // A metric that was just added is there once the past has been gone through for it.
    const known = this.#projection.totalsOf(key)
    if (known && this.#isOutdated(known, key)) await this.experiments.settled()
    const current = this.#projection.totalsOf(key)
    if (current && this.#isOutdated(current, key)) await this.#rebuild() // An earlier attempt failed.
    const experiment = this.experiments.get(key)
    const totals =
      this.#projection.totalsOf(key) ?? this.#emptyProjection().track(experiment, this.#planFor(experiment))
    const versionOf = (version: number) => this.experiments.version(key, version)
    const input = summariseExperiment(experiment, totals, versionOf, this.metrics, clock.now())
    return analyseSummaries({ ...input, estimators, evenIfMisleading: options.evenIfMisleading ?? false })
  }

  #isOutdated(totals: ExperimentTotals, key: string): boolean {
    return totals.plan.signature !== this.#planFor(this.experiments.get(key)).signature
  }

  status(): LoopStatus {
    return {
      position: this.#projection.position,
      snapshotPosition: this.#snapshotPosition,
      units: this.#projection.units.count,
      experiments: this.experiments.list().length,
      bytes: this.#projection.byteLength,
      idBytes: this.#seen.byteLength,
    }
  }

  /** Resolves when everything handed in so far is answered. */
  flush(): Promise<void> {
    return this.#intake.flush()
  }

  /** Saves the state in memory, so that the next start replays only what comes after. */
  snapshot(): Promise<void> {
    return this.#intake.exclusively(() => this.#saveSnapshot())
  }

  /** Replays the whole log and compares with the state in memory, bit by bit. */
  async verify(): Promise<{
    readonly equal: boolean
    readonly differences: string[]
    readonly events: number
  }> {
    return this.#intake.exclusively(async () => {
      const fresh = await this.#replayed()
      const differences = compareProjections(this.#projection, fresh)
      return { equal: differences.length === 0, differences, events: fresh.position }
    })
  }

  /** Answers what is under way, saves the state and closes the store. */
  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    try {
      await this.#intake.close()
      if (this.#projection.position > this.#snapshotPosition) await this.snapshot()
    } finally {
      await this.#options.storage.close()
    }
  }

  /** Brings the state back: the last snapshot, then the events after it. */
  protected async load(): Promise<void> {
    const { storage, clock, groupCommitMilliseconds, latenessMilliseconds } = this.#options
    await this.metrics.load()
    await this.experiments.load()
    for (const experiment of this.experiments.list()) this.#decider.learn(experiment)
    await this.#restore()
    this.#intake = new Intake({
      clock,
      groupCommitMilliseconds,
      events: storage.events,
      seen: this.#seen,
      projection: () => this.#projection,
      rules: {
        latenessMilliseconds,
        skewMilliseconds: CLOCK_SKEW_MILLISECONDS,
        source: (name) => this.metrics.source(name),
        experiment: (key) => this.experiments.find(key),
      },
      afterCommit: () => this.#snapshotWhenDue(),
    })
  }

  async #restore(): Promise<void> {
    const { storage, latenessMilliseconds } = this.#options
    const { snapshots, events } = storage
    const position = await snapshots.position()
    this.#seen.restore(await snapshots.names())
    const fits = await restoreSnapshot(
      this.#projection,
      latenessMilliseconds,
      this.#started(),
      snapshots.load,
    )
    this.#snapshotPosition = fits ? position : 0
    this.#trackAll(this.#projection)
    await replay(events, this.#projection, async (batch) => {
      if (batch.firstPosition <= position) return
      await this.#seen.prepare(batch.ids)
      for (const id of batch.ids) this.#seen.add(id, batch.receivedAt)
    })
  }

  #started(): { experiment: Experiment; plan: ProjectionPlan }[] {
    return this.experiments
      .list()
      .filter(({ startedAt }) => startedAt !== undefined)
      .map((experiment) => ({ experiment, plan: this.#planFor(experiment) }))
  }

  #trackAll(projection: Projection): void {
    for (const { experiment, plan } of this.#started()) projection.track(experiment, plan)
  }

  /** A new version of an experiment takes effect. */
  async #follow(experiment: Experiment, previous: Experiment | undefined): Promise<void> {
    this.#decider.learn(experiment)
    if (experiment.startedAt === undefined) return
    const plan = this.#planFor(experiment)
    const known = this.#projection.totalsOf(experiment.key)
    const needsPast = known ? known.plan.signature !== plan.signature : plan.covariateMilliseconds > 0
    if (previous && needsPast) await this.#rebuild()
    else this.#projection.track(experiment, plan)
  }

  /** Computes everything anew from the log, beside the live state, and exchanges the two. */
  async #rebuild(): Promise<void> {
    const fresh = await this.#replayed()
    await this.#intake.exclusively(async () => {
      await replay(this.#options.storage.events, fresh)
      this.#trackAll(fresh)
      this.#projection = fresh
      this.#intake.resynchronise()
      this.#snapshotPosition = 0
    })
  }

  async #replayed(): Promise<Projection> {
    const fresh = this.#emptyProjection()
    this.#trackAll(fresh)
    await replay(this.#options.storage.events, fresh)
    return fresh
  }

  async #snapshotWhenDue(): Promise<void> {
    const { eventsBetweenSnapshots } = this.#options
    if (this.#projection.position - this.#snapshotPosition >= eventsBetweenSnapshots)
      await this.#saveSnapshot()
    else if (this.#seen.shouldSpill(this.#options.clock.now())) await this.#spillIds()
  }

  /** Writes ids out between snapshots, so that a high rate of events does not fill the memory with them. */
  async #spillIds(): Promise<void> {
    const { storage, clock } = this.#options
    const now = clock.now()
    const { parts, remove } = this.#seen.changes(now)
    await storage.snapshots.save({ position: await storage.snapshots.position(), parts, remove })
    this.#seen.settle(now)
  }

  async #saveSnapshot(): Promise<void> {
    if (this.#intake.hasLeftovers) return
    const { storage, clock, latenessMilliseconds } = this.#options
    const now = clock.now()
    const ids = this.#seen.changes(now)
    const { position } = this.#projection
    const parts = [...snapshotParts(this.#projection, latenessMilliseconds), ...ids.parts]
    await storage.snapshots.save({ position, parts, remove: ids.remove })
    await storage.events.forgetIds(now - latenessMilliseconds)
    this.#seen.settle(now)
    this.#snapshotPosition = position
  }

  #emptyProjection(): Projection {
    const { latenessMilliseconds, seed } = this.#options
    return new Projection({ latenessMilliseconds, seed })
  }

  #planFor(experiment: Experiment): ProjectionPlan {
    return planFor(metricKeysOf(experiment.metrics).map((key) => this.metrics.get(key)))
  }

  #stickyVariant(experiment: string, unit: string): string | undefined {
    const index = this.#projection.variantOf(experiment, unit)
    return index < 0 ? undefined : this.experiments.get(experiment).variants[index]?.key
  }
}

/** A registry that refuses with HEL_CLOSED once the store behind it is being closed. */
function guarded(registry: Registry, isClosed: () => boolean): Registry {
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
