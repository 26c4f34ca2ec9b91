import type { AnalysisInput, SummarisedMetric } from './analyse.ts'
import type { Finding, MetricRole } from './analysis.ts'
import { DAY_MILLISECONDS } from './clock.ts'
import { type Experiment, type MetricRoles, metricKeysOf, sharesOf } from './experiment.ts'
import type { Metrics } from './metrics.ts'
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
): Omit<AnalysisInput, 'estimators' | 'evenIfMisleading'> {
  const shares = [...totals.arrivals.versions].flatMap(([version, units]) => {
    const of = versionOf(version)
    return of && units > 0 ? [{ units, shares: sharesOf(of) }] : []
  })
  const variants = experiment.variants.map(({ key }) => key)
  return {
    variants,
    control: experiment.control,
    counts: totals.counts(),
    expected: variants.map((_, i) =>
      shares.reduce((sum, each) => sum + each.units * (each.shares[i] ?? 0), 0),
    ),
    crossoverUnits: totals.crossovers,
    stratifications: dailyCounts(totals),
    metrics: summarisedMetrics(roles, totals, metrics, now),
    settings: experiment.analysis,
    minimumSample: experiment.minimumSample,
    findings: findingsFor(
      experiment,
      shares.map((each) => each.shares),
      now,
    ),
  }
}

function summarisedMetrics(
  roles: MetricRoles,
  totals: ExperimentTotals,
  metrics: Metrics,
  now: number,
): SummarisedMetric[] {
  return metricKeysOf(roles).flatMap((key) => {
    const index = totals.plan.metrics.findIndex((plan) => plan.key === key)
    // A metric that is just being added is there once the past has been gone through for it.
    if (index < 0) return []
    return [{ metric: metrics.get(key), role: roleOf(key, roles), summaries: totals.summaries(index, now) }]
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
  if (status === 'running' || status === 'paused') {
    findings.push({
      code: 'fixed-horizon',
      message:
        'These intervals and p-values hold for one look, at a sample size planned before; looking again and again until one is small finds effects that are not there.',
    })
  }
  return findings
}
