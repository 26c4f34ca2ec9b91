import type { Comparison, InferenceMethod } from './estimator.ts'
import type { MetricKind } from './metric.ts'

/** The units of one variant that have a value, each at the same place in every column, in the order in which they came. */
export interface Sample {
  /** Finite; the numerator of a ratio. */
  readonly values: Float64Array
  /** Of a ratio; finite. */
  readonly denominators?: Float64Array
  /** What was known of the units before they met their variant; finite. */
  readonly covariates: readonly Float64Array[]
  /** Number of the group of each unit that was fixed before; the same number means the same group in every variant. */
  readonly strata?: Uint32Array
}

export interface SampleTestSettings {
  /** Two-sided error rate in (0, 0.5]; an interval holds with confidence 1 − alpha. */
  readonly alpha: number
  /** Starts the chance of methods that draw; the same seed and values give the same answer. */
  readonly seed: number
  /** Resamples or rearrangements of methods that draw, a whole number from 99. */
  readonly replicates?: number
  /** Level of the quantile in (0, 1), for metrics that are one. */
  readonly quantile?: number
  /** Lowest and highest value possible (not: seen), for methods that need to know. */
  readonly bounds?: { readonly lowest: number; readonly highest: number }
}

/**
 * Port: a test that takes the values of the units themselves, because no summary of a fixed size holds what it asks:
 * ranks, rearrangements, leverages, the order of the units.
 *
 * A pure function of its arguments, drawing from the seed where it draws; it changes none of them. It never throws for
 * data: what cannot be computed is answered as `not-computable` with the reason.
 */
export interface SampleTest {
  /** Standard name, e.g. `mann-whitney`. */
  readonly name: string
  readonly metricKinds: readonly MetricKind[]
  /** When its answers may be read. */
  readonly inference: InferenceMethod
  /** What must be known of the units besides their values. */
  readonly needs?: 'covariates' | 'strata' | 'bounds'
  compare(control: Sample, treatment: Sample, settings: SampleTestSettings): Comparison
}

const FEWEST = 2

/** Why two samples cannot be compared by any test, or undefined. */
export function sampleProblem(
  control: Sample,
  treatment: Sample,
): 'too-few-units' | 'invalid-values' | undefined {
  const samples = [control, treatment]
  if (samples.some(({ values }) => !(values.length >= FEWEST))) return 'too-few-units'
  return samples.every(({ values }) => values.every(Number.isFinite)) ? undefined : 'invalid-values'
}
