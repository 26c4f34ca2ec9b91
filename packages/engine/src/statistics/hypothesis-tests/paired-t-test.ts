import { summariseSample } from './sample-summary.ts'
import { type TInference, tInference } from './t-inference.ts'

/**
 * Student's t test of pairs: the mean of after − before, each pair being one unit (the same users before and after,
 * neighbouring periods of a switchback).
 *
 * @param before, after finite values of the same pairs in the same order, at least two
 * @param alpha in (0, 1): the interval holds with confidence 1 − alpha
 * @returns NaN with fewer than two pairs, unequal lengths, values that are not finite, and where all pairs differ
 * by the same amount
 *
 * Source: Student 1908, doi:10.1093/biomet/6.1.1.
 */
export function pairedTTest(before: readonly number[], after: readonly number[], alpha: number): TInference {
  const isPaired = before.length === after.length
  const differences = isPaired ? after.map((value, i) => value - (before[i] as number)) : []
  const { units, mean, variance } = summariseSample(differences)
  const rounding = 4 * Number.EPSILON * largest(before, after)
  // What differs by rounding alone does not differ.
  const standardError = Math.sqrt(variance) <= rounding ? 0 : Math.sqrt(variance / units)
  return tInference(mean, standardError, units - 1, alpha)
}

function largest(...samples: readonly (readonly number[])[]): number {
  return samples.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}
