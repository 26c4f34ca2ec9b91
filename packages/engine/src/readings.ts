import type { ExperimentSummary, MetricHistory, SegmentAnalysis, Traffic } from '@helios/sdk'
import { type AnalysisInput, analyseSummaries } from './analyse.ts'
import type { Analysis } from './analysis.ts'
import type { Clock } from './clock.ts'
import type { Estimator } from './estimator.ts'
import type { Experiment, MetricRoles } from './experiment.ts'
import type { Experiments } from './experiments.ts'
import { historyOf } from './history.ts'
import type { Exclusive, LiveState } from './live-state.ts'
import type { Metrics } from './metrics.ts'
import type { ExperimentTotals } from './projection/experiment-totals.ts'
import type { ProjectionPlan } from './projection/plan.ts'
import { segmentsOf } from './segments.ts'
import type { Standing } from './standing.ts'
import { Summaries } from './summaries.ts'
import { summariseExperiment } from './summarise.ts'
import { trafficOf } from './traffic.ts'

export interface ReadingsDependencies {
  readonly experiments: Experiments
  readonly metrics: Metrics
  readonly state: LiveState
  readonly intake: Exclusive
  readonly clock: Clock
  readonly estimators: readonly Estimator[]
  readonly planFor: (experiment: Experiment) => ProjectionPlan
}

export interface ReadingOptions {
  /** Give the numbers even where the analysis is refused. */
  readonly evenIfMisleading?: boolean
}

/** What can be read of experiments. Every answer comes from sufficient statistics, whatever the events. */
export class Readings {
  readonly #dependencies: ReadingsDependencies
  readonly #summaries: Summaries

  constructor(dependencies: ReadingsDependencies) {
    this.#dependencies = dependencies
    this.#summaries = new Summaries({
      inputFor: (experiment, totals, now) =>
        this.#inputFor(experiment, totals, now, { ...experiment.metrics, secondary: [], guardrails: [] }),
    })
  }

  /** Whether the projection keeps something else for an experiment than it asks for now. */
  isOutdated(key: string): boolean {
    const { state, experiments, planFor } = this.#dependencies
    const totals = state.projection.totalsOf(key)
    return totals !== undefined && totals.plan.signature !== planFor(experiments.get(key)).signature
  }

  async analyse(key: string, { evenIfMisleading = false }: ReadingOptions): Promise<Analysis> {
    const { input } = await this.#standing(key)
    return analyseSummaries({ ...input, evenIfMisleading })
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
    const { experiments, metrics, estimators } = this.#dependencies
    const versionOf = (version: number) => experiments.version(experiment.key, version)
    return { ...summariseExperiment(experiment, totals, versionOf, metrics, now, roles), estimators }
  }
}
