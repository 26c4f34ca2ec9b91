import type { SampleSummary } from '../../packages/engine/src/statistics/hypothesis-tests/sample-summary.ts'

/** Control (1) and treatment (2) as files of reference values give them. */
export interface SummaryFields {
  readonly mean1: number
  readonly var1: number
  readonly n1: number
  readonly mean2: number
  readonly var2: number
  readonly n2: number
}

export function summariesOf({
  mean1,
  var1,
  n1,
  mean2,
  var2,
  n2,
}: SummaryFields): [SampleSummary, SampleSummary] {
  return [
    { units: n1, mean: mean1, variance: var1 },
    { units: n2, mean: mean2, variance: var2 },
  ]
}
