import { type Estimator, type MetricSummary, refusal } from '../estimator.ts'
import { INDEPENDENT_UNITS, ONE_LOOK, readOnce } from '../read-once.ts'
import { checked, isProblem } from '../statistics/effects/effect.ts'
import { meanEffect } from '../statistics/effects/mean-effect.ts'
import { pooledTTest } from '../statistics/hypothesis-tests/two-sample-t-tests.ts'

/**
 * Student's t test of two means with one variance common to both. Where sizes and variances differ it errs more often
 * than alpha; Welch's does not.
 *
 * Source: Student 1908, doi:10.1093/biomet/6.1.1; Fisher 1925, Metron 5:90–104.
 */
export const pooledT: Estimator = {
  name: 'pooled-t',
  metricKinds: ['mean', 'count'],
  inference: 'fixed-horizon',
  compare: (control, treatment, { alpha }) => {
    const plain = meanEffect(control, treatment)
    if (isProblem(plain)) return refusal(plain)
    const pooled = pooledTTest(sampleOf(control), sampleOf(treatment), alpha)
    const { standardError, degreesOfFreedom } = pooled
    const perUnit = standardError ** 2 / (1 / control.units + 1 / treatment.units)
    const effect = checked({
      ...plain,
      standardError,
      degreesOfFreedom,
      control: { value: plain.control.value, variance: perUnit / control.units },
      treatment: { value: plain.treatment.value, variance: perUnit / treatment.units },
    })
    return isProblem(effect) ? refusal(effect) : readOnce(effect, WORDS, alpha)
  },
}

const WORDS = {
  method: "Student's t, pooled variance",
  assumptions: [
    INDEPENDENT_UNITS,
    'The variance is the same in both variants.',
    'Units are many enough, or their values near enough to normal, for t.',
    ONE_LOOK,
  ],
} as const

function sampleOf({ units, mean, covariance }: MetricSummary) {
  return { units, mean: mean[0] ?? Number.NaN, variance: covariance[0]?.[0] ?? Number.NaN }
}
