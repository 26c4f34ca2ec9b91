import { type Comparison, faithful, notComputable, refusal } from '../estimator.ts'
import { INDEPENDENT_UNITS, ONE_LOOK } from '../read-once.ts'
import { type Sample, type SampleTest, type SampleTestSettings, sampleProblem } from '../sample-test.ts'
import { brunnerMunzelTest } from '../statistics/hypothesis-tests/brunner-munzel.ts'
import { tMargin } from '../statistics/hypothesis-tests/t-inference.ts'

/**
 * Brunner and Munzel's test: is a unit of either variant as likely as the other's to have the larger value, whatever the
 * two distributions, with ties? Test and interval share one standard error and t, so they agree.
 *
 * Source: Brunner & Munzel 2000, doi:10.1002/(SICI)1521-4036(200001)42:1<17::AID-BIMJ17>3.0.CO;2-U.
 */
export const brunnerMunzel: SampleTest = {
  name: 'brunner-munzel',
  metricKinds: ['mean', 'count'],
  inference: 'fixed-horizon',
  compare,
}

function compare(control: Sample, treatment: Sample, { alpha }: SampleTestSettings): Comparison {
  const problem = sampleProblem(control, treatment)
  if (problem) return refusal(problem)
  const test = brunnerMunzelTest(control.values, treatment.values)
  const { standardError, degreesOfFreedom, statistic, pValue, log10PValue } = test
  if (Number.isNaN(statistic)) return refusal('zero-variance')
  const estimate = test.estimate - 0.5
  const margin = tMargin(standardError, degreesOfFreedom, alpha)
  return faithful({
    status: 'ok',
    method: "Brunner and Munzel's t on ranks",
    estimand: 'chance of the larger value, less one half',
    inference: 'fixed-horizon',
    absolute: { estimate, low: estimate - margin, high: estimate + margin },
    relative: notComputable('no-estimator', 'Ranks have no relative effect.'),
    standardError,
    statistic,
    degreesOfFreedom,
    pValue,
    log10PValue,
    alpha,
    assumptions: [INDEPENDENT_UNITS, 'Each variant has some ten units or more.', ONE_LOOK],
  })
}
