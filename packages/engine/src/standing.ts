import type { Readability } from '@helios/sdk'
import { type AnalysisInput, judgeSample, type SummarisedMetric } from './analyse.ts'
import { HeliosError } from './errors.ts'
import type { Experiment } from './experiment.ts'
import type { ExperimentTotals } from './projection/experiment-totals.ts'

/** Where an experiment stands at a moment: what every reading of it is made from. */
export interface Standing {
  readonly experiment: Experiment
  readonly totals: ExperimentTotals
  readonly now: number
  readonly input: Omit<AnalysisInput, 'evenIfMisleading'>
}

/** A metric of the experiment, and its place in what the projection keeps. */
export interface AskedMetric extends SummarisedMetric {
  readonly index: number
}

/** Throws HEL_METRIC_NOT_FOUND when the experiment does not have it. */
export function metricIn({ totals, input }: Standing, key: string): AskedMetric {
  const index = totals.plan.metrics.findIndex((plan) => plan.key === key)
  const found = input.metrics.find(({ metric }) => metric.key === key)
  if (!found || index < 0) throw new HeliosError('HEL_METRIC_NOT_FOUND', { metric: key })
  return { ...found, index }
}

/** Whether the numbers may be read: the same judgement as that of the analysis. */
export function readabilityOf({ input }: Standing): Readability {
  const { refusals } = judgeSample(input)
  return { status: refusals.length > 0 ? 'refused' : 'ok', refusals }
}
