import { type SampleSummary, summariseFrom } from './sample-summary.ts'
import { type TInference, tInference } from './t-inference.ts'

/**
 * Welch's t test of two independent means whose variances may differ: treatment − control, with Welch and
 * Satterthwaite's degrees of freedom.
 *
 * @param control, treatment at least two units each, variance with divisor n − 1
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN for statistic, p-values and interval with fewer than two units, where no unit differs from its
 * sample's mean, and for numbers that are not finite; the difference of the means is given wherever it is known
 *
 * Source: Welch 1947, doi:10.1093/biomet/34.1-2.28; Satterthwaite 1946, doi:10.2307/3002019.
 */
export function welchTTest(control: SampleSummary, treatment: SampleSummary, alpha: number): TInference {
  const [first, second] = [varianceOfMean(control), varianceOfMean(treatment)]
  const sum = first + second
  // Shares of the sum do not underflow as the squares of the variances do.
  const [a, b] = [first / sum, second / sum]
  const degreesOfFreedom = 1 / ((a * a) / (control.units - 1) + (b * b) / (treatment.units - 1))
  return tInference(treatment.mean - control.mean, Math.sqrt(sum), degreesOfFreedom, alpha)
}

/**
 * {@link welchTTest} of values that are at hand, accurate also where their mean is 1e12 times what they differ by.
 *
 * @param control, treatment finite values, at least two each
 */
export function welchTTestOfSamples(
  control: ArrayLike<number>,
  treatment: ArrayLike<number>,
  alpha: number,
): TInference {
  const origin = control[0] ?? 0
  return welchTTest(summariseFrom(origin, control), summariseFrom(origin, treatment), alpha)
}

/**
 * Student's t test of two independent means with one variance common to both: treatment − control. False positives
 * far from alpha where sizes and variances differ; {@link welchTTest} is the one to use for comparing variants.
 *
 * @param control, treatment at least two units each, variance with divisor n − 1
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns as {@link welchTTest}
 *
 * Source: Student 1908, doi:10.1093/biomet/6.1.1; Fisher 1925, Metron 5:90–104.
 */
export function pooledTTest(control: SampleSummary, treatment: SampleSummary, alpha: number): TInference {
  const degreesOfFreedom = control.units + treatment.units - 2
  const standardError =
    Math.sqrt(pooledVariance(control, treatment)) * Math.sqrt(1 / control.units + 1 / treatment.units)
  return tInference(treatment.mean - control.mean, standardError, degreesOfFreedom, alpha)
}

/**
 * Variance common to two samples: the mean of theirs, weighted by their degrees of freedom.
 *
 * @returns NaN where either has fewer than two units
 */
export function pooledVariance(first: SampleSummary, second: SampleSummary): number {
  if (!(isUsable(first) && isUsable(second))) return Number.NaN
  const degreesOfFreedom = first.units + second.units - 2
  return (
    ((first.units - 1) / degreesOfFreedom) * first.variance +
    ((second.units - 1) / degreesOfFreedom) * second.variance
  )
}

function varianceOfMean(sample: SampleSummary): number {
  return isUsable(sample) ? sample.variance / sample.units : Number.NaN
}

function isUsable({ units, variance }: SampleSummary): boolean {
  return units >= 2 && units < Number.POSITIVE_INFINITY && variance >= 0
}
