import {
  type Comparison,
  type Estimator,
  type EstimatorSettings,
  faithful,
  type MetricSummary,
  refusal,
  relativeAnswer,
} from '../estimator.ts'
import { normalLog10TwoSidedP, normalTwoSidedP } from '../statistics/distributions/normal.ts'
import { normalQuantile } from '../statistics/distributions/normal-quantile.ts'
import { isProblem } from '../statistics/effects/effect.ts'
import { ratioEffect } from '../statistics/effects/ratio-effect.ts'
import { relativeInterval } from '../statistics/effects/relative-interval.ts'

/**
 * Difference of two ratios of totals (clicks per view) over the units that were randomised, by the delta method.
 * z test and normal intervals.
 *
 * Source: Deng, Knoblich & Lu 2018, section 4 (cluster randomisation), doi:10.1145/3219819.3219919; relative:
 * `statistics/effects/relative-interval.ts`.
 */
export const ratio: Estimator = {
  name: 'ratio',
  metricKinds: ['ratio'],
  inference: 'fixed-horizon',
  compare,
}

const ASSUMPTIONS = [
  'Units are independent of each other, and they are what was randomised.',
  'The mean denominator lies many standard errors from 0.',
  'Units are many enough for the normal approximation.',
  'The time of this look was fixed before the data were seen.',
] as const

function compare(control: MetricSummary, treatment: MetricSummary, { alpha }: EstimatorSettings): Comparison {
  const effect = ratioEffect(control, treatment)
  if (isProblem(effect)) return refusal(effect)
  const { estimate, standardError } = effect
  const statistic = estimate / standardError
  const margin = -normalQuantile(alpha / 2) * standardError
  return faithful({
    status: 'ok',
    method: 'delta method for ratios, z',
    inference: 'fixed-horizon',
    absolute: { estimate, low: estimate - margin, high: estimate + margin },
    relative: relativeAnswer(relativeInterval(effect, -normalQuantile(alpha / 2)), 'normal quantile'),
    standardError,
    statistic,
    pValue: normalTwoSidedP(statistic),
    log10PValue: normalLog10TwoSidedP(statistic),
    alpha,
    assumptions: ASSUMPTIONS,
  })
}
