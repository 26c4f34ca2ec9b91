import type { MomentsSummary } from './cross-moments.ts'

/** Statistics of the outcomes of one variant; and with the covariates of the same units, where there are some. */
export interface JointSummary extends MomentsSummary {
  /** Moments of the outcomes followed by the covariates. */
  readonly joint?: Pick<MomentsSummary, 'mean' | 'covariance'>
}

/** The outcomes apart, from statistics of outcomes followed by covariates. */
export function jointSummary(all: MomentsSummary, outcomes: number): JointSummary {
  const { units, mean, covariance } = all
  if (mean.length <= outcomes) return all
  return {
    units,
    mean: mean.slice(0, outcomes),
    covariance: covariance.slice(0, outcomes).map((row) => row.slice(0, outcomes)),
    joint: { mean, covariance },
  }
}
