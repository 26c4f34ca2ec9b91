import type { AaReplay, ExperimentSummary, MetricHistory, SegmentAnalysis, Traffic } from '@helios/sdk'
import { type AnalysisInput, analyseSummaries } from './analyse.ts'
import type { Analysis } from './analysis.ts'
import { type AaReplayOptions, aaReplayOf } from './checkup/aa-replay.ts'
import { RecentCheckups } from './checkup/recent-checkups.ts'
import type { Clock } from './clock.ts'
import type { Estimator } from './estimator.ts'
import type { Experiment, MetricRoles } from './experiment.ts'
import type { Experiments } from './experiments.ts'
import { historyOf } from './history.ts'
import type { Exclusive, LiveState } from './live-state.ts'
import type { Metrics } from './metrics.ts'
import type { PosteriorModel } from './posterior.ts'
import type { ExperimentTotals } from './projection/experiment-totals.ts'
import type { ProjectionPlan } from './projection/plan.ts'
import { segmentsOf } from './segments.ts'
import type { Standing } from './standing.ts'
import { Summaries } from './summaries.ts'
import { summariseExperiment } from './summarise.ts'
import { trafficOf } from './traffic.ts'
import type { Checkup } from './trust/evidence.ts'

export interface ReadingsDependencies {
  readonly experiments: Experiments
  readonly metrics: Metrics
  readonly state: LiveState
  readonly intake: Exclusive
  readonly clock: Clock
  readonly estimators: readonly Estimator[]
  readonly posteriors: readonly PosteriorModel[]
  readonly planFor: (experiment: Experiment) => ProjectionPlan
}

export interface ReadingOptions {
  /** Give the numbers even where the analysis is refused. */
  readonly evenIfMisleading?: boolean
}

export interface AnalysisOptions extends ReadingOptions {
  /** Judge health by a closer look at the units as well: `Readings.checkup`. */
  readonly checkup?: boolean
}

/**
 * What can be read of experiments. Answers come from sufficient statistics, whatever the events; only a checkup and
 * a replay go through the units.
 */
export class Readings {
  readonly #dependencies: ReadingsDependencies
  readonly #summaries: Summaries
  readonly #checkups = new RecentCheckups()

  constructor(dependencies: ReadingsDependencies) {
    this.#dependencies = dependencies
    this.#summaries = new Summaries({
      // A line of the list shows no posterior, and there may be thousands of lines.
      inputFor: (experiment, totals, now) => ({
        ...this.#inputFor(experiment, totals, now, { ...experiment.metrics, secondary: [], guardrails: [] }),
        posteriors: [],
      }),
    })
  }

  /** Whether the projection keeps something else for an experiment than it asks for now. */
  isOutdated(key: string): boolean {
    const { state, experiments, planFor } = this.#dependencies
    const totals = state.projection.totalsOf(key)
    return totals !== undefined && totals.plan.signature !== planFor(experiments.get(key)).signature
  }

  async analyse(
    key: string,
    { evenIfMisleading = false, checkup = false }: AnalysisOptions,
  ): Promise<Analysis> {
    const standing = await this.#standing(key)
    const looked = checkup ? { checkup: await this.#checkupOf(standing) } : {}
    return analyseSummaries({ ...standing.input, evenIfMisleading, ...looked })
  }

  /** O(units), at most once a minute; see `RecentCheckups`. */
  async checkup(key: string): Promise<Checkup> {
    return this.#checkupOf(await this.#standing(key))
  }

  /** O(units × replays), anew each time; see `aaReplayOf`. */
  async aaReplay(key: string, options: AaReplayOptions): Promise<AaReplay> {
    const { experiment, totals, now, input } = await this.#standing(key)
    return aaReplayOf({ experiment, totals, now, metrics: input.metrics }, options)
  }

  async history(
    key: string,
    metric: string,
    { evenIfMisleading = false }: ReadingOptions,
  ): Promise<MetricHistory> {
    return historyOf(await this.#standing(key), metric, evenIfMisleading)
  }

  async segments(
    key: string,
    metric: string,
    { evenIfMisleading = false }: ReadingOptions,
  ): Promise<SegmentAnalysis> {
    return segmentsOf(await this.#standing(key), metric, evenIfMisleading)
  }

  traffic(key: string): Traffic {
    const experiment = this.#dependencies.experiments.get(key)
    return trafficOf(experiment, this.#totalsOf(experiment))
  }

  summary(key: string): ExperimentSummary {
    return this.#summarise(this.#dependencies.experiments.get(key))
  }

  summaries(): ExperimentSummary[] {
    return this.#dependencies.experiments.list().map((experiment) => this.#summarise(experiment))
  }

  #summarise(experiment: Experiment): ExperimentSummary {
    const { state, clock } = this.#dependencies
    return this.#summaries.of(experiment, state.projection.totalsOf(experiment.key), clock.now())
  }

  async #standing(key: string): Promise<Standing> {
    const { experiments, state, intake, clock } = this.#dependencies
    // A metric that was just added is there once the past has been gone through for it.
    if (this.isOutdated(key)) await experiments.settled()
    if (this.isOutdated(key)) await state.rebuild(intake)
    const experiment = experiments.get(key)
    const totals = this.#totalsOf(experiment)
    const now = clock.now()
    return { experiment, totals, now, input: this.#inputFor(experiment, totals, now, experiment.metrics) }
  }

  #checkupOf({ experiment, totals, now, input }: Standing): Promise<Checkup> {
    return this.#checkups.of({ experiment, totals, now, metrics: input.metrics })
  }

  #totalsOf(experiment: Experiment): ExperimentTotals {
    const { state, planFor } = this.#dependencies
    return (
      state.projection.totalsOf(experiment.key) ??
      state.emptyProjection().track(experiment, planFor(experiment))
    )
  }

  #inputFor(
    experiment: Experiment,
    totals: ExperimentTotals,
    now: number,
    roles: MetricRoles,
  ): Omit<AnalysisInput, 'evenIfMisleading'> {
    const { experiments, metrics, estimators, posteriors } = this.#dependencies
    const versionOf = (version: number) => experiments.version(experiment.key, version)
    return {
      ...summariseExperiment(experiment, totals, versionOf, metrics, now, roles),
      estimators,
      posteriors,
    }
  }
}
