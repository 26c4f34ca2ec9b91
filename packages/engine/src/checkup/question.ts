import type { MetricRole } from '../analysis.ts'
import type { Experiment } from '../experiment.ts'
import type { Metric } from '../metric.ts'
import type { ExperimentTotals } from '../projection/experiment-totals.ts'

/** Whose units are looked at, and for which metrics. */
export interface CheckupQuestion {
  readonly experiment: Pick<Experiment, 'variants' | 'control' | 'endedAt'>
  readonly totals: ExperimentTotals
  readonly metrics: readonly CheckedMetric[]
  readonly now: number
}

export interface CheckedMetric {
  readonly metric: Pick<Metric, 'key' | 'kind'>
  readonly role: MetricRole
}

/** A metric and its place in the plan. */
export interface PlannedMetric extends CheckedMetric {
  readonly index: number
}

/** Metrics that the projection keeps; one that is just being added is there later. */
export function plannedMetrics({ totals, metrics }: CheckupQuestion): PlannedMetric[] {
  return metrics.flatMap((each) => {
    const index = totals.plan.metrics.findIndex(({ key }) => key === each.metric.key)
    return index < 0 ? [] : [{ ...each, index }]
  })
}

/** Until when outcomes count. */
export function untilOf({ experiment, now }: CheckupQuestion): number {
  return Math.min(now, experiment.endedAt ?? Number.POSITIVE_INFINITY)
}

export function controlOf({ experiment }: CheckupQuestion): number {
  return experiment.variants.findIndex(({ key }) => key === experiment.control)
}
