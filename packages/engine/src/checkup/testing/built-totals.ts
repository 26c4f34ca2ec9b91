import { createMetric, type MetricInput } from '../../metric.ts'
import { ExperimentTotals } from '../../projection/experiment-totals.ts'
import { affectedBy, planFor } from '../../projection/plan.ts'
import type { Random } from '../../random.ts'
import { normalQuantile } from '../../statistics/distributions/normal-quantile.ts'
import type { CheckedMetric } from '../question.ts'

/** Totals of an experiment that is made up unit by unit. */
export interface BuiltTotals {
  readonly totals: ExperimentTotals
  readonly metrics: readonly CheckedMetric[]
  /** Adds a unit with one outcome per source, at its exposure; its slot. */
  add(variant: number, at: number, outcomes?: Readonly<Record<string, number>>): number
}

/** The first metric is the primary one. */
export function builtTotals(inputs: readonly MetricInput[], variants = 2): BuiltTotals {
  const metrics = inputs.map((input) => createMetric(input))
  const plan = planFor(metrics)
  const totals = new ExperimentTotals({ key: 'built', plan, variants, startedAt: 0, nameOf: String })
  return {
    totals,
    metrics: metrics.map((metric, i) => ({ metric, role: i === 0 ? 'primary' : 'secondary' })),
    add: (variant, at, outcomes = {}) => {
      const slot = totals.enrol(totals.count, { at, variant, version: 1, combination: 0 })
      for (const [source, value] of Object.entries(outcomes)) {
        const affected = affectedBy(plan, source)
        if (affected) totals.observe(slot, affected, value, at)
      }
      return slot
    },
  }
}

export function normal(random: Random): number {
  return normalQuantile(random.nextOpen())
}
