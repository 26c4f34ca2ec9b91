import { type Comparison, faithful, refusal } from '../estimator.ts'
import { Random } from '../random.ts'
import { INDEPENDENT_UNITS, ONE_LOOK } from '../read-once.ts'
import { type Sample, type SampleTest, type SampleTestSettings, sampleProblem } from '../sample-test.ts'
import { welchTTestOfSamples } from '../statistics/hypothesis-tests/two-sample-t-tests.ts'
import { bootstrapMeans, type MeansBootstrap } from '../statistics/resampling/bootstrap-means.ts'

/** Unless asked otherwise so many, or as many as this budget of drawn units allows. */
const USUAL_REPLICATES = 4999
const DRAWS = 2e8
const FEWEST_REPLICATES = 999

/**
 * Bootstrap of the difference of means with the bias-corrected accelerated interval, which follows the skew of the
 * values; p is Welch's, since drawn resamples cannot tell a small p.
 *
 * Source: Efron 1987, doi:10.1080/01621459.1987.10478410; DiCiccio & Efron 1996, doi:10.1214/ss/1032280214; p: Welch 1947,
 * doi:10.1093/biomet/34.1-2.28.
 */
export const bootstrap: SampleTest = {
  name: 'bootstrap',
  metricKinds: ['mean', 'count', 'proportion'],
  inference: 'fixed-horizon',
  compare,
}

function compare(control: Sample, treatment: Sample, settings: SampleTestSettings): Comparison {
  const problem = sampleProblem(control, treatment)
  if (problem) return refusal(problem)
  const { alpha, seed } = settings
  const welch = welchTTestOfSamples(control.values, treatment.values, alpha)
  if (Number.isNaN(welch.statistic)) return refusal('zero-variance')
  const units = control.values.length + treatment.values.length
  const affordable = Math.max(FEWEST_REPLICATES, Math.floor(DRAWS / units))
  const replicates = settings.replicates ?? Math.min(USUAL_REPLICATES, affordable)
  const random = new Random(seed)
  const found = bootstrapMeans(control.values, treatment.values, { replicates, alpha, random })
  if (!found || Number.isNaN(found.bca.low) || Number.isNaN(found.bca.high)) return refusal('too-few-units')
  return faithful({
    status: 'ok',
    method: `bootstrap of means, BCa interval from ${replicates.toLocaleString('en-US')} resamples, Welch's p`,
    inference: 'fixed-horizon',
    absolute: reaching(welch.estimate, found.bca),
    relative: relativeOf(found),
    standardError: welch.standardError,
    statistic: welch.statistic,
    degreesOfFreedom: welch.degreesOfFreedom,
    pValue: welch.pValue,
    log10PValue: welch.log10PValue,
    alpha,
    assumptions: [
      INDEPENDENT_UNITS,
      'Each variant has some twenty units or more.',
      'Interval and p come from different methods; near alpha they may disagree.',
      ONE_LOOK,
    ],
  })
}

function relativeOf({ relative }: MeansBootstrap) {
  if (!relative || Number.isNaN(relative.low) || Number.isNaN(relative.high)) return refusal('baseline-zero')
  return { status: 'ok' as const, method: 'bootstrap, BCa', ...reaching(relative.estimate, relative) }
}

/** With few resamples a strongly corrected interval can miss the estimate, to which it then reaches. */
function reaching(estimate: number, { low, high }: { readonly low: number; readonly high: number }) {
  return { estimate, low: Math.min(low, estimate), high: Math.max(high, estimate) }
}
