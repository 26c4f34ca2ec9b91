import {
  type Comparison,
  type Estimator,
  type EstimatorSettings,
  faithful,
  type MetricSummary,
  refusal,
  relativeAnswer,
} from '../estimator.ts'
import { normalQuantile } from '../statistics/distributions/normal-quantile.ts'
import { studentTLog10TwoSidedP, studentTTwoSidedP } from '../statistics/distributions/student-t.ts'
import { studentTQuantile } from '../statistics/distributions/student-t-quantile.ts'
import { isProblem } from '../statistics/effects/effect.ts'
import { meanEffect } from '../statistics/effects/mean-effect.ts'
import { relativeInterval } from '../statistics/effects/relative-interval.ts'

/**
 * Difference of two means of independent units whose variances may differ. Interval and p-value from
 * Student's t with Welch and Satterthwaite's degrees of freedom.
 *
 * Source: Welch 1947, doi:10.1093/biomet/34.1-2.28; Satterthwaite 1946, doi:10.2307/3002019; relative:
 * `statistics/effects/relative-interval.ts`.
 */
export const welch: Estimator = {
  name: 'welch',
  metricKinds: ['mean', 'count'],
  inference: 'fixed-horizon',
  compare,
}

const ASSUMPTIONS = [
  'Units are independent of each other.',
  'Units are many enough, or their values near enough to normal, for t.',
  'The time of this look was fixed before the data were seen.',
] as const

function compare(control: MetricSummary, treatment: MetricSummary, { alpha }: EstimatorSettings): Comparison {
  const effect = meanEffect(control, treatment)
  if (isProblem(effect)) return refusal(effect)
  const { estimate, standardError, degreesOfFreedom } = effect
  const margin = -studentTQuantile(alpha / 2, degreesOfFreedom) * standardError
  const statistic = estimate / standardError
  return faithful({
    status: 'ok',
    method: "Welch's t",
    inference: 'fixed-horizon',
    absolute: { estimate, low: estimate - margin, high: estimate + margin },
    relative: relativeAnswer(relativeInterval(effect, -normalQuantile(alpha / 2)), 'normal quantile'),
    standardError,
    statistic,
    degreesOfFreedom,
    pValue: studentTTwoSidedP(statistic, degreesOfFreedom),
    log10PValue: studentTLog10TwoSidedP(statistic, degreesOfFreedom),
    alpha,
    assumptions: ASSUMPTIONS,
  })
}
