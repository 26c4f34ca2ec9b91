import { type Comparison, faithful, notComputable, refusal } from '../estimator.ts'
import { INDEPENDENT_UNITS, ONE_LOOK } from '../read-once.ts'
import { type Sample, type SampleTest, type SampleTestSettings, sampleProblem } from '../sample-test.ts'
import { probabilityOfSuperiority } from '../statistics/effect-sizes/probability-of-superiority.ts'
import { mannWhitneyTest } from '../statistics/hypothesis-tests/mann-whitney.ts'

/**
 * Mann and Whitney's rank test (Wilcoxon's rank sum): does one variant tend to larger values? Exact without ties and up
 * to ten thousand pairs, else normal with variance corrected for ties and continuity. The interval is that of Brunner and
 * Munzel, which does not assume equal shapes, so it may disagree with p near alpha.
 *
 * Source: Mann & Whitney 1947, doi:10.1214/aoms/1177730491; interval: Brunner & Munzel 2000,
 * doi:10.1002/(SICI)1521-4036(200001)42:1<17::AID-BIMJ17>3.0.CO;2-U.
 */
export const mannWhitney: SampleTest = {
  name: 'mann-whitney',
  metricKinds: ['mean', 'count'],
  inference: 'fixed-horizon',
  compare,
}

function compare(control: Sample, treatment: Sample, { alpha }: SampleTestSettings): Comparison {
  const problem = sampleProblem(control, treatment)
  if (problem) return refusal(problem)
  const test = mannWhitneyTest(control.values, treatment.values)
  if (Number.isNaN(test.statistic)) return refusal('zero-variance')
  const isExact = !Number.isNaN(test.pValueExact)
  const { estimate, low, high, standardError } = probabilityOfSuperiority(
    control.values,
    treatment.values,
    alpha,
  )
  const distance = estimate - 0.5
  return faithful({
    status: 'ok',
    method: `Mann and Whitney's U, ${isExact ? 'exact' : 'normal, corrected for ties and continuity'}`,
    estimand: 'chance of the larger value, less one half',
    inference: 'fixed-horizon',
    absolute: { estimate: distance, low: low - 0.5, high: high - 0.5 },
    relative: notComputable('no-estimator', 'Ranks have no relative effect.'),
    standardError: test.statistic === 0 ? standardError : distance / test.statistic,
    statistic: test.statistic,
    pValue: isExact ? test.pValueExact : test.pValueCorrected,
    log10PValue: isExact ? Math.log10(test.pValueExact) : test.log10PValueCorrected,
    alpha,
    assumptions: [
      INDEPENDENT_UNITS,
      'p is of the hypothesis that both variants have the same distribution; where their spreads differ it is not a test of equal chances (brunner-munzel is).',
      ONE_LOOK,
    ],
  })
}
