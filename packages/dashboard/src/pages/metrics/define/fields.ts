import type { Metric } from '@helios/sdk'
import type { MetricDraft } from './metric-draft.ts'
import type { MetricProblems } from './metric-problems.ts'

/** What every part of the form needs. */
export interface FormPart {
  readonly draft: MetricDraft
  readonly problems: MetricProblems
  readonly set: (change: Partial<MetricDraft>) => void
  /** What is there already, to choose sources from. */
  readonly metrics: readonly Metric[]
}
