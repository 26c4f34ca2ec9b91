import { type Comparison, faithful, notComputable, refusal } from '../estimator.ts'
import { type Sample, type SampleTest, type SampleTestSettings, sampleProblem } from '../sample-test.ts'
import { summariseSample } from '../statistics/hypothesis-tests/sample-summary.ts'
import { welchTTestOfSamples } from '../statistics/hypothesis-tests/two-sample-t-tests.ts'
import {
  type BoundedOutcomes,
  bettingConfidenceInterval,
  logBettingEvidence,
} from '../statistics/sequential/betting.ts'
import { differenceOfIntervals } from '../statistics/sequential/bounded-difference.ts'

/**
 * Betting confidence sequences of bounded values, each variant its own with half of alpha, and their difference: valid
 * after every unit, for any distribution between the bounds, without approximation. Units count in the order in which
 * they came. p is 1 / e with e the money made by betting against both variants having one mean, whichever it is.
 *
 * Source: Waudby-Smith & Ramdas 2024, theorem 3, doi:10.1093/jrsssb/qkad009; p from a product of independent e-values:
 * Vovk & Wang 2021, section 4, doi:10.1214/20-AOS2020.
 */
export const betting: SampleTest = {
  name: 'betting',
  metricKinds: ['mean', 'count', 'proportion'],
  inference: 'always-valid',
  needs: 'bounds',
  compare,
}

function compare(control: Sample, treatment: Sample, { alpha, bounds }: SampleTestSettings): Comparison {
  const problem = sampleProblem(control, treatment)
  if (problem) return refusal(problem)
  if (!bounds)
    return notComputable('no-estimator', 'Betting needs the lowest and the highest value possible.')
  const outcomes = [control, treatment].map(({ values }) => ({ values: Array.from(values), ...bounds }))
  const [c, t] = outcomes.map((each) => bettingConfidenceInterval(each, alpha / 2))
  const welch = welchTTestOfSamples(control.values, treatment.values, alpha)
  if (!c || !t || Number.isNaN(c.low) || Number.isNaN(t.low)) return refusal('invalid-values')
  if (Number.isNaN(welch.statistic)) return refusal('zero-variance')
  const { low, high } = differenceOfIntervals(c, t)
  const log10PValue = Math.min(0, -leastEvidence(outcomes, alpha) / Math.LN10)
  const { estimate, standardError, statistic } = welch
  return faithful({
    status: 'ok',
    method: 'betting confidence sequence of bounded values',
    inference: 'always-valid',
    absolute: { estimate, low: Math.min(low, estimate), high: Math.max(high, estimate) },
    relative: relativeOf(estimate / summariseSample(control.values).mean, c, t),
    standardError,
    statistic,
    pValue: 10 ** log10PValue,
    log10PValue,
    alpha,
    assumptions: [
      `No value can lie outside [${bounds.lowest}, ${bounds.highest}].`,
      'Units came in the order of the rows, and each was assigned whatever had been seen before.',
      'Looking again and again is allowed.',
    ],
  })
}

type Ends = { readonly low: number; readonly high: number }

function relativeOf(estimate: number, control: Ends, treatment: Ends) {
  if (!(control.low > 0 && treatment.low >= 0)) return refusal('baseline-zero')
  const [low, high] = [treatment.low / control.high - 1, treatment.high / control.low - 1]
  return {
    status: 'ok' as const,
    method: 'ratio of the two sequences',
    estimate,
    low: Math.min(low, estimate),
    high: Math.max(high, estimate),
  }
}

const GRID = 48
const REFINEMENTS = 24

/**
 * Smallest evidence, over all means that both variants could share, that they do not. It falls towards the means of the
 * two from outside, and between them nearly has one valley: looked for on a grid, and then around its lowest point.
 */
function leastEvidence(outcomes: readonly BoundedOutcomes[], alpha: number): number {
  const against = (mean: number) =>
    outcomes.reduce((sum, each) => sum + logBettingEvidence(each, mean, alpha), 0)
  const means = outcomes.map(({ values }) => summariseSample(values).mean)
  const [first, last] = [Math.min(...means), Math.max(...means)]
  const step = (last - first) / GRID
  if (!(step > 0)) return 0
  const at = (i: number) => first + step * i
  const inner = Array.from({ length: GRID - 1 }, (_, i) => ({
    mean: at(i + 1),
    evidence: against(at(i + 1)),
  }))
  const best = inner.reduce((low, each) => (each.evidence < low.evidence ? each : low))
  let { mean, evidence } = best
  let reach = step / 2
  for (let i = 0; i < REFINEMENTS; i++, reach /= 2) {
    for (const candidate of [mean - reach, mean + reach]) {
      const found = against(candidate)
      if (found < evidence) {
        mean = candidate
        evidence = found
      }
    }
  }
  return evidence
}
