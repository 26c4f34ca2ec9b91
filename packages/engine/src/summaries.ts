import type { ExperimentSummary } from '@helios/sdk'
import { type AnalysisInput, analyseSummaries } from './analyse.ts'
import type { Analysis, FindingCode } from './analysis.ts'
import { hourOf } from './clock.ts'
import { type Experiment, metricKeysOf } from './experiment.ts'
import { intervalOf } from './history.ts'
import type { ExperimentTotals } from './projection/experiment-totals.ts'
import { recentUnits } from './traffic.ts'

/** Warnings that say where an experiment stands, not that something is wrong with it. */
const EXPECTED_WARNINGS: readonly FindingCode[] = ['fixed-horizon', 'no-units', 'below-minimum-sample']

interface Entry {
  readonly experiment: Experiment
  readonly totals: ExperimentTotals | undefined
  readonly changes: number
  readonly hour: number
  readonly summary: ExperimentSummary
}

export interface SummariesDependencies {
  /** What an analysis of the primary metrics alone is made from. */
  readonly inputFor: (
    experiment: Experiment,
    totals: ExperimentTotals,
    now: number,
  ) => Omit<AnalysisInput, 'evenIfMisleading'>
}

/**
 * Lines of the list of experiments. A line is made anew when the experiment or its numbers changed, and
 * every hour: time closes windows, and moves the traffic that is shown.
 */
export class Summaries {
  readonly #dependencies: SummariesDependencies
  readonly #entries = new Map<string, Entry>()

  constructor(dependencies: SummariesDependencies) {
    this.#dependencies = dependencies
  }

  /** `totals` is undefined while the experiment has not started. */
  of(experiment: Experiment, totals: ExperimentTotals | undefined, now: number): ExperimentSummary {
    const entry = this.#entries.get(experiment.key)
    const changes = totals?.changes ?? 0
    const hour = hourOf(now)
    const isCurrent =
      entry?.experiment === experiment &&
      entry.totals === totals &&
      entry.changes === changes &&
      entry.hour === hour
    if (isCurrent) return entry.summary
    const summary = this.#summarise(experiment, totals, now)
    this.#entries.set(experiment.key, { experiment, totals, changes, hour, summary })
    return summary
  }

  #summarise(experiment: Experiment, totals: ExperimentTotals | undefined, now: number): ExperimentSummary {
    const { key, name, status, unit, version, tags, createdAt, startedAt, endedAt, shipped } = experiment
    const input = totals && this.#dependencies.inputFor(experiment, totals, now)
    const analysis = input && analyseSummaries({ ...input, evenIfMisleading: false })
    const leading = analysis && leadingOf(experiment, analysis)
    return {
      key,
      name,
      status,
      unit,
      version,
      tags,
      variants: experiment.variants.length,
      metrics: metricKeysOf(experiment.metrics).length,
      createdAt,
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(endedAt === undefined ? {} : { endedAt }),
      ...(shipped === undefined ? {} : { shipped }),
      units: analysis?.units ?? 0,
      recentUnits: recentUnits(totals, now),
      health: healthOf(analysis),
      ...(leading ? { leading } : {}),
    }
  }
}

function healthOf(analysis: Analysis | undefined): ExperimentSummary['health'] {
  if (!analysis || analysis.units === 0) return { level: 'idle', findings: [] }
  const { refusals, warnings } = analysis
  const findings = [...refusals, ...warnings.filter(({ code }) => !EXPECTED_WARNINGS.includes(code))]
  if (refusals.length > 0) return { level: 'bad', findings }
  return { level: findings.length > 0 ? 'attention' : 'good', findings }
}

/** The clearest comparison on the first primary metric. */
function leadingOf({ metrics, variants }: Experiment, analysis: Analysis): ExperimentSummary['leading'] {
  const [metric = ''] = metrics.primary
  const found = analysis.metrics[metric]
  if (!found) return undefined
  const computed = Object.entries(found.comparisons).flatMap(([variant, comparison]) =>
    comparison.status === 'ok' ? [{ variant, comparison }] : [],
  )
  const [first] = computed.toSorted((a, b) => a.comparison.pValueAdjusted - b.comparison.pValueAdjusted)
  if (!first) return undefined
  const { variant, comparison } = first
  const { method, absolute, relative, pValueAdjusted } = comparison
  return {
    metric,
    direction: found.direction,
    variant,
    variantName: variants.find(({ key }) => key === variant)?.name ?? variant,
    method,
    absolute,
    relative: intervalOf(relative),
    pValueAdjusted,
    isSignificant: pValueAdjusted < analysis.alpha,
  }
}
