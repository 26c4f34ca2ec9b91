import { type Comparison, faithful, notComputable, refusal } from '../estimator.ts'
import { INDEPENDENT_UNITS, ONE_LOOK } from '../read-once.ts'
import { type Sample, type SampleTest, type SampleTestSettings, sampleProblem } from '../sample-test.ts'
import { normalLog10TwoSidedP, normalTwoSidedP } from '../statistics/distributions/normal.ts'
import { quantileEffect } from '../statistics/metrics/quantile-effect.ts'
import { quantileEstimate, sorted } from '../statistics/metrics/sample-quantile.ts'

const MEDIAN = 0.5

/**
 * Difference of a quantile. The interval of each variant's is exact from order statistics, whatever the distribution; the
 * two are combined, which keeps their skew. p is normal, with the standard error that the widths of the intervals give.
 *
 * Source: Conover 1999, section 3.2 (each variant); Zou & Donner 2008, doi:10.1002/sim.3095 (difference); Deng, Knoblich
 * & Lu 2018, section 4.2, doi:10.1145/3219819.3219919 (standard error).
 */
export const quantile: SampleTest = {
  name: 'quantile',
  metricKinds: ['quantile'],
  inference: 'fixed-horizon',
  compare,
}

function compare(
  control: Sample,
  treatment: Sample,
  { alpha, quantile: level = MEDIAN }: SampleTestSettings,
): Comparison {
  const problem = sampleProblem(control, treatment)
  if (problem) return refusal(problem)
  const [c, t] = [control, treatment].map(({ values }) => quantileEstimate(sorted(values), level, alpha))
  const effect = c && t ? quantileEffect(c, t, alpha) : undefined
  if (!effect) return refusal('invalid-values')
  const { estimate, low, high, standardError, relative } = effect
  if (standardError === Number.POSITIVE_INFINITY) return beyondReach(level)
  if (!(standardError > 0)) return refusal('zero-variance')
  const statistic = estimate / standardError
  return faithful({
    status: 'ok',
    method: `difference of the ${level} quantiles, order statistics`,
    inference: 'fixed-horizon',
    absolute: { estimate, low, high },
    relative: relative
      ? { status: 'ok', method: 'MOVER-R from order statistics', ...relative }
      : refusal('baseline-zero'),
    standardError,
    statistic,
    pValue: normalTwoSidedP(statistic),
    log10PValue: normalLog10TwoSidedP(statistic),
    alpha,
    assumptions: [
      INDEPENDENT_UNITS,
      'The distribution is smooth near the quantile; many equal values there make the answer cautious.',
      'Interval and p come from different approximations; near alpha they may disagree.',
      ONE_LOOK,
    ],
  })
}

function beyondReach(level: number): Comparison {
  const message = `The units are too few for an interval of the ${level} quantile; it lies too near to the ends of the values seen.`
  return notComputable('too-few-units', message)
}
