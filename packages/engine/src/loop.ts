import type {
  AaReplay,
  Decision,
  ExperimentSummary,
  MetricHistory,
  Receipt,
  SegmentAnalysis,
  Traffic,
} from '@helios/sdk'
import type { Analysis } from './analysis.ts'
import type { AaReplayOptions } from './checkup/aa-replay.ts'
import type { Clock } from './clock.ts'
import { Decider, type DecisionRequest } from './decide.ts'
import type { Estimator } from './estimator.ts'
import { type Experiment, metricKeysOf } from './experiment.ts'
import { Experiments } from './experiments.ts'
import { exposureOf } from './expose.ts'
import { guardedRegistry } from './guarded-registry.ts'
import { LiveState, type Verification } from './live-state.ts'
import { Metrics } from './metrics.ts'
import { Intake } from './observe.ts'
import type { Policy } from './policy.ts'
import type { PosteriorModel } from './posterior.ts'
import { type ProjectionPlan, planFor } from './projection/plan.ts'
import { type AnalysisOptions, type ReadingOptions, Readings } from './readings.ts'
import type { Registry, Storage } from './storage.ts'
import type { Checkup } from './trust/evidence.ts'

export interface LoopOptions {
  readonly storage: Storage
  readonly clock: Clock
  readonly estimators: readonly Estimator[]
  readonly posteriors: readonly PosteriorModel[]
  readonly policies: readonly Policy[]
  readonly latenessMilliseconds: number
  readonly groupCommitMilliseconds: number
  readonly eventsBetweenSnapshots: number
  readonly seed: number
}

export interface LoopStatus {
  /** Events in the log. */
  readonly position: number
  readonly snapshotPosition: number
  /** Why the last snapshot could not be saved. */
  readonly snapshotError?: string
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
  readonly #state: LiveState
  readonly #intake: Intake
  readonly #readings: Readings
  /** Versions never change, so neither does what is to be kept for one. */
  readonly #plans = new WeakMap<Experiment, ProjectionPlan>()
  #closed: Promise<void> | undefined

  protected constructor(options: LoopOptions) {
    const { storage, clock, policies } = options
    this.#options = options
    this.registry = guardedRegistry(storage.registry, () => this.#closed !== undefined)
    this.metrics = new Metrics(this.registry, clock)
    this.#state = new LiveState({ ...options, started: () => this.#started() })
    this.#decider = new Decider((experiment, unit) => this.#stickyVariant(experiment, unit))
    this.experiments = new Experiments({
      registry: this.registry,
      clock,
      policies,
      metrics: this.metrics,
      position: () => this.#state.projection.position,
      onChange: (experiment, previous) => this.#follow(experiment, previous),
    })
    this.#intake = new Intake({
      ...options,
      events: storage.events,
      seen: this.#state.seen,
      projection: () => this.#state.projection,
      source: (name) => this.metrics.source(name),
      experiment: (key) => this.experiments.find(key),
      afterCommit: () => this.#state.saveWhenDue(),
    })
    this.#readings = new Readings({
      ...options,
      experiments: this.experiments,
      metrics: this.metrics,
      state: this.#state,
      intake: this.#intake,
      planFor: (experiment) => this.#planFor(experiment),
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

  /**
   * Takes exposures and outcomes in; resolves when they are durable. Bad ones are named one by one.
   * The events belong to Helios until then: changing them meanwhile changes what is kept.
   */
  observe(events: readonly unknown[]): Promise<Receipt> {
    return this.#intake.observe(events)
  }

  /**
   * What the experiment did so far. Reads sufficient statistics: the number of events does not matter. With
   * `checkup` its health is judged by a closer look at the units as well.
   */
  analyse(key: string, options: AnalysisOptions = {}): Promise<Analysis> {
    return this.#readings.analyse(key, options)
  }

  /**
   * A closer look at the units: does the effect change with the day on which they came, or with the day of the
   * week, and how much hangs on a few of them? Goes through all units, with pauses for other work, and is taken
   * anew at most once a minute.
   */
  checkup(key: string): Promise<Checkup> {
    return this.#readings.checkup(key)
  }

  /**
   * Divides the control's units at random again and again, and tests each metric where there is nothing to find:
   * are the tests honest on these data? Throws HEL_REQUEST_INVALID for options outside their domain.
   */
  aaReplay(key: string, options: AaReplayOptions = {}): Promise<AaReplay> {
    return this.#readings.aaReplay(key, options)
  }

  /** The effect on one metric as it was seen over time, up to now. */
  history(key: string, metric: string, options: ReadingOptions = {}): Promise<MetricHistory> {
    return this.#readings.history(key, metric, options)
  }

  /** The effect on one metric within the values of each declared dimension. */
  segments(key: string, metric: string, options: ReadingOptions = {}): Promise<SegmentAnalysis> {
    return this.#readings.segments(key, metric, options)
  }

  /** How units came in, hour by hour. */
  traffic(key: string): Traffic {
    return this.#readings.traffic(key)
  }

  /** One line about an experiment; its numbers are those of this moment, its traffic that of this hour. */
  summary(key: string): ExperimentSummary {
    return this.#readings.summary(key)
  }

  /** One line about each experiment; those that did not change cost next to nothing. */
  summaries(): ExperimentSummary[] {
    return this.#readings.summaries()
  }

  status(): LoopStatus {
    const { projection, seen, snapshotPosition, snapshotError } = this.#state
    return {
      position: projection.position,
      snapshotPosition,
      ...(snapshotError === undefined ? {} : { snapshotError }),
      units: projection.units.count - projection.aliases.count,
      experiments: this.experiments.list().length,
      bytes: projection.byteLength,
      idBytes: seen.byteLength,
    }
  }

  /** Resolves when everything handed in so far is answered. */
  flush(): Promise<void> {
    return this.#intake.flush()
  }

  /** Saves the state in memory, so that the next start replays only what comes after. */
  snapshot(): Promise<void> {
    return this.#intake.exclusively(async () => {
      if (!this.#intake.hasLeftovers) await this.#state.save()
    })
  }

  /** Replays the whole log and compares with the state in memory, bit by bit. */
  verify(): Promise<Verification> {
    return this.#intake.exclusively(() => this.#state.verify())
  }

  /** Answers what is under way, saves the state and closes the store. */
  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    try {
      await this.#intake.close()
      if (!this.#state.isSaved) await this.snapshot()
    } finally {
      await this.#options.storage.close()
    }
  }

  protected async load(): Promise<void> {
    await this.metrics.load()
    await this.experiments.load()
    for (const experiment of this.experiments.list()) this.#decider.learn(experiment)
    await this.#state.restore()
    this.#intake.resynchronise()
  }

  /** A new version of an experiment takes effect. */
  async #follow(experiment: Experiment, previous: Experiment | undefined): Promise<void> {
    this.#decider.learn(experiment)
    if (experiment.startedAt === undefined) return
    const plan = this.#planFor(experiment)
    const isKnown = this.#state.projection.totalsOf(experiment.key) !== undefined
    const needsPast = isKnown ? this.#readings.isOutdated(experiment.key) : plan.covariateMilliseconds > 0
    if (previous && needsPast) await this.#state.rebuild(this.#intake)
    else this.#state.projection.track(experiment, plan)
  }

  #started(): { experiment: Experiment; plan: ProjectionPlan }[] {
    return this.experiments
      .list()
      .filter(({ startedAt }) => startedAt !== undefined)
      .map((experiment) => ({ experiment, plan: this.#planFor(experiment) }))
  }

  #planFor(experiment: Experiment): ProjectionPlan {
    const known = this.#plans.get(experiment)
    if (known) return known
    const metrics = metricKeysOf(experiment.metrics).map((key) => this.metrics.get(key))
    const plan = planFor(metrics, experiment.dimensions)
    this.#plans.set(experiment, plan)
    return plan
  }

  #stickyVariant(experiment: string, unit: string): string | undefined {
    const index = this.#state.projection.variantOf(experiment, unit)
    return index < 0 ? undefined : this.experiments.get(experiment).variants[index]?.key
  }
}
