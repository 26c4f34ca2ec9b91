import type { Helios } from '@helios/engine'
import type {
  Analysis,
  AuditEntry,
  Experiment,
  Metric,
  MetricHistory,
  SegmentAnalysis,
  Traffic,
} from '@helios/sdk'

/** All that a report is made of, as the engine answered it. */
export interface ReportSource {
  /** When it was asked, milliseconds since 1970. */
  readonly at: number
  /** IANA name of the zone in which times are written. */
  readonly timeZone: string
  readonly release: string
  readonly experiment: Experiment
  /** Those of the experiment; primary ones first. */
  readonly metrics: readonly Metric[]
  readonly analysis: Analysis
  /** Of the first primary metrics, unless there are too many variants. */
  readonly histories: readonly MetricHistory[]
  /** The same, where dimensions are declared. */
  readonly segments: readonly SegmentAnalysis[]
  readonly traffic: Traffic
  readonly audit: readonly AuditEntry[]
}

/** More metrics than these are in the tables, and their course is left out. */
const MOST_FOLLOWED_METRICS = 8
/** The course of more variants than these would be tens of megabytes. */
const MOST_FOLLOWED_VARIANTS = 100

/** Asks the engine, units included. Throws HEL_EXPERIMENT_NOT_FOUND. */
export async function readSource(
  helios: Helios,
  key: string,
  made: Pick<ReportSource, 'at' | 'release'>,
): Promise<ReportSource> {
  const analysis = await helios.analyse(key, { checkup: true })
  const experiment = helios.experiments.get(key)
  const { primary, secondary, guardrails } = experiment.metrics
  const followed =
    experiment.variants.length > MOST_FOLLOWED_VARIANTS ? [] : primary.slice(0, MOST_FOLLOWED_METRICS)
  const keys = [...new Set([...primary, ...guardrails, ...secondary])]
  return {
    ...made,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    experiment,
    metrics: keys.map((metric) => helios.metrics.get(metric)),
    analysis,
    histories: await Promise.all(followed.map((metric) => helios.history(key, metric))),
    segments:
      experiment.dimensions.length === 0
        ? []
        : await Promise.all(followed.map((metric) => helios.segments(key, metric))),
    traffic: helios.traffic(key),
    audit: await helios.experiments.audit(key),
  }
}
