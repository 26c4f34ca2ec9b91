import { type Comparison, type MetricSummary, refusal } from '../estimator.ts'
import { INDEPENDENT_UNITS, ONE_LOOK, readOnce } from '../read-once.ts'
import { type Sample, type SampleTest, type SampleTestSettings, sampleProblem } from '../sample-test.ts'
import { checked, isProblem } from '../statistics/effects/effect.ts'
import { CrossMoments } from '../statistics/moments/cross-moments.ts'
import {
  postStratify as ofMeans,
  postStratifyRatio as ofRatios,
} from '../statistics/regression/post-stratification.ts'

/**
 * Post-stratification: differences within groups of units that were fixed before, weighted by the size of the groups, so
 * that a chance imbalance between the variants does not count.
 *
 * Source: Miratrix, Sekhon & Yu 2013, section 2, doi:10.1111/j.1467-9868.2012.01048.x.
 */
export const postStratify: SampleTest = {
  name: 'post-stratify',
  metricKinds: ['mean', 'count', 'proportion', 'ratio'],
  inference: 'fixed-horizon',
  needs: 'strata',
  compare,
}

function compare(control: Sample, treatment: Sample, { alpha }: SampleTestSettings): Comparison {
  const problem = sampleProblem(control, treatment)
  if (problem) return refusal(problem)
  const isRatio = control.denominators !== undefined
  const strata = strataOf(control, treatment)
  const found = isRatio ? ofRatios(strata) : ofMeans(strata)
  if (!found) return refusal(isRatio ? 'no-denominator' : 'too-few-units')
  const effect = checked({
    estimate: found.difference,
    standardError: found.standardError,
    degreesOfFreedom: isRatio ? Number.POSITIVE_INFINITY : found.degreesOfFreedom,
    control: found.control,
    treatment: found.treatment,
    covariance: found.covariance,
    units: control.values.length + treatment.values.length,
    isSmall: false,
    reduction: { covariates: 0, varianceSaved: Math.max(0, found.varianceSaved) },
  })
  if (isProblem(effect)) return refusal(effect)
  const merged = found.merged > 0 ? `, ${found.merged} small ones taken together` : ''
  const words = {
    method: `post-stratification, ${found.strata} strata${merged}, ${isRatio ? 'z' : 't'}`,
    assumptions: [
      INDEPENDENT_UNITS,
      'The strata were fixed before a unit met its variant.',
      'Units are many enough in each stratum for the normal approximation.',
      ONE_LOOK,
    ],
    reducedBy: 'post-stratification',
  }
  return readOnce(effect, words, alpha)
}

function strataOf(control: Sample, treatment: Sample) {
  const groups = 1 + Math.max(largest(control.strata), largest(treatment.strata))
  const [c, t] = [summaries(control, groups), summaries(treatment, groups)]
  return c
    .map((each, group) => ({ control: each, treatment: t[group] as MetricSummary }))
    .filter((each) => each.control.units + each.treatment.units > 0)
}

function summaries({ values, denominators, strata }: Sample, groups: number): MetricSummary[] {
  const moments = new CrossMoments(groups, denominators ? 2 : 1)
  const vector = new Float64Array(2)
  for (let i = 0; i < values.length; i++) {
    vector[0] = values[i] as number
    if (denominators) vector[1] = denominators[i] as number
    moments.add(strata?.[i] ?? 0, vector, 1)
  }
  return Array.from({ length: groups }, (_, group) => moments.summary(group))
}

function largest(strata: Uint32Array = new Uint32Array(0)): number {
  let most = 0
  for (const stratum of strata) if (stratum > most) most = stratum
  return most
}
