import type { AnalysisInput, SummarisedMetric } from './analyse.ts'
import type { Finding, MetricRole } from './analysis.ts'
import { DAY_MILLISECONDS } from './clock.ts'
import type { MetricSummary } from './estimator.ts'
import { type Experiment, type MetricRoles, metricKeysOf, sharesOf } from './experiment.ts'
import { type KeptLook, looksTaken } from './looks-taken.ts'
import type { Metrics } from './metrics.ts'
import { plannedLook } from './planned-looks.ts'
import type { ExperimentTotals } from './projection/experiment-totals.ts'

/** Version of an experiment by number, for the shares that were in force. */
type VersionLookup = (version: number) => Experiment | undefined

/** What the projection knows of an experiment, in the form that an analysis takes. O(variants × metrics of `roles`). */
export function summariseExperiment(
  experiment: Experiment,
  totals: ExperimentTotals,
  versionOf: VersionLookup,
  metrics: Metrics,
  now: number,
  roles: MetricRoles = experiment.metrics,
): Omit<AnalysisInput, 'estimators' | 'posteriors' | 'evenIfMisleading'> {
  const shares = [...totals.arrivals.versions].flatMap(([version, units]) => {
    const of = versionOf(version)
    return of && units > 0 ? [{ units, shares: sharesOf(of) }] : []
  })
  const variants = experiment.variants.map(({ key }) => key)
  const taken = experiment.analysis.method === 'group-sequential' ? looksTaken(experiment, totals, now) : []
  return {
    variants,
    control: experiment.control,
    counts: totals.counts(),
    expected: variants.map((_, i) =>
      shares.reduce((sum, each) => sum + each.units * (each.shares[i] ?? 0), 0),
    ),
    crossoverUnits: totals.crossovers,
    stratifications: dailyCounts(totals),
    // Outcomes after the end do not count, so neither do units whose window was open then.
    metrics: summarisedMetrics(
      roles,
      metrics,
      (index) => summariesAt(totals, index, taken.at(-1), Math.min(now, experiment.endedAt ?? now)),
      totals,
    ),
    ...(taken.length > 0 ? { look: plannedLook(experiment.analysis, taken) } : {}),
    settings: experiment.analysis,
    minimumSample: experiment.minimumSample,
    ...scheduleOf(experiment, now),
    stopped: stoppedVariants(experiment),
    findings: findingsFor(
      experiment,
      shares.map((each) => each.shares),
      now,
    ),
  }
}

/** Variants that get no new units any more, while others do. */
function stoppedVariants(experiment: Experiment): string[] {
  const shares = sharesOf(experiment)
  return experiment.variants.flatMap(({ key }, i) => (shares[i] === 0 ? [key] : []))
}

/** Statistics as they were at a look; as they are where there is none. */
function summariesAt(
  totals: ExperimentTotals,
  metric: number,
  look: KeptLook | undefined,
  until: number,
): readonly MetricSummary[] {
  return look?.checkpoint === undefined
    ? totals.summaries(metric, until)
    : totals.history.summaries(look.checkpoint, metric)
}

function scheduleOf(experiment: Experiment, now: number): Pick<AnalysisInput, 'schedule'> {
  const { startedAt, endedAt = now, maximumDurationDays, status } = experiment
  if (startedAt === undefined) return {}
  return {
    schedule: {
      startedAt,
      until: endedAt,
      isOpen: status === 'running' || status === 'paused',
      ...(maximumDurationDays === undefined ? {} : { maximumDurationDays }),
    },
  }
}

function summarisedMetrics(
  roles: MetricRoles,
  metrics: Metrics,
  summariesOf: (index: number) => readonly MetricSummary[],
  totals: ExperimentTotals,
): SummarisedMetric[] {
  return metricKeysOf(roles).flatMap((key) => {
    const index = totals.plan.metrics.findIndex((plan) => plan.key === key)
    // A metric that is just being added is there once the past has been gone through for it.
    if (index < 0) return []
    return [{ metric: metrics.get(key), role: roleOf(key, roles), summaries: summariesOf(index) }]
  })
}

function roleOf(key: string, { primary, guardrails }: MetricRoles): MetricRole {
  if (primary.includes(key)) return 'primary'
  return guardrails.includes(key) ? 'guardrail' : 'secondary'
}

/** Units per day of first exposure: are the shares the same every day? */
function dailyCounts(totals: ExperimentTotals): AnalysisInput['stratifications'] {
  // A day whose units all turned out to have come earlier, or to be others, has none left.
  const days = [...totals.arrivals.days]
    .filter(([, counts]) => counts.some((count) => count > 0))
    .toSorted(([a], [b]) => a - b)
  if (days.length < 2) return []
  const strata = days.map(([day, counts]) => ({
    stratum: new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 10),
    counts: [...counts],
  }))
  return [{ name: 'day', strata }]
}

function findingsFor(experiment: Experiment, shares: readonly number[][], now: number): Finding[] {
  const findings: Finding[] = []
  if (new Set(shares.map(String)).size > 1) {
    findings.push({
      code: 'allocation-changed',
      message:
        'The shares of the variants were changed while the experiment ran: units of different times weigh differently in each variant.',
    })
  }
  const { startedAt, endedAt = now, maximumDurationDays, status } = experiment
  const days = startedAt === undefined ? 0 : (endedAt - startedAt) / DAY_MILLISECONDS
  if (maximumDurationDays !== undefined && days > maximumDurationDays) {
    findings.push({
      code: 'beyond-maximum-duration',
      message: `The experiment has run ${days.toFixed(1)} of at most ${maximumDurationDays} days: decide.`,
    })
  }
  const isOpen = status === 'running' || status === 'paused'
  if (isOpen && experiment.analysis.method === 'fixed-horizon') {
    findings.push({
      code: 'fixed-horizon',
      message:
        'These intervals and p-values hold for one look, at a sample size planned before; looking again and again until one is small finds effects that are not there.',
    })
  }
  return findings
}
