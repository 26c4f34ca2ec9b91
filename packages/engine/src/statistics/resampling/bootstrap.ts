import type { Interval } from '../intervals/mover.ts'
import { sampleQuantile } from '../metrics/sample-quantile.ts'
import { bcaShares, describeReplicates, type ReplicateSummary } from './replicates.ts'

/** A number computed from a sample; must not change it. */
export type Statistic = (sample: Float64Array) => number

export interface BootstrapSettings {
  /** Whole number ≥ 1; 999 and more for standard errors, 1999 and more for intervals. */
  readonly replicates: number
  /** in (0, 1): the intervals hold with confidence 1 − alpha. */
  readonly alpha: number
  /** Uniform in [0, 1): `() => random.next()`; the same numbers give the same answer. */
  readonly uniform: () => number
}

export interface Bootstrap extends ReplicateSummary {
  /** The statistic of the sample as it is. */
  readonly estimate: number
  /** z₀: how far the estimate lies from the median of its replicates. */
  readonly biasCorrection: number
  /** a: how fast the standard error changes with the truth, by the jackknife; 0 where the jackknife does not vary. */
  readonly acceleration: number
  /** Quantiles of the replicates. */
  readonly percentile: Interval
  /** The percentile interval, reflected at the estimate. */
  readonly basic: Interval
  /** Bias-corrected and accelerated; NaN where all replicates lie on one side of the estimate. */
  readonly bca: Interval
  /** Shares of replicates at which the accelerated interval ends. */
  readonly bcaShares: Interval
  /** In the order in which they were drawn. */
  readonly replicates: Float64Array
}

/**
 * Bootstrap of a statistic of one sample: resampled units, and three intervals from them. The accelerated one is
 * second-order accurate and the one to use; all three are too narrow for fewer than some twenty units.
 *
 * Takes replicates + n computations of the statistic on n values.
 *
 * @param sample finite values, at least two
 * @returns undefined outside the domain, and where the statistic of any resample is not finite
 *
 * Source: Efron 1987, doi:10.1080/01621459.1987.10478410; Efron & Tibshirani 1993, chapters 13 and 14; basic: Davison
 * & Hinkley 1997, eq. 5.6.
 */
export function bootstrap(
  sample: ArrayLike<number>,
  statistic: Statistic,
  settings: BootstrapSettings,
): Bootstrap | undefined {
  return resample([Float64Array.from(sample)], ([only]) => statistic(only as Float64Array), settings)
}

/**
 * Bootstrap of the difference of a statistic between two independent samples, treatment − control, each resampled
 * within itself.
 *
 * @param control, treatment finite values, at least two each
 * @returns as {@link bootstrap}
 *
 * Source: Efron & Tibshirani 1993, sections 8.3 and 14.3; DiCiccio & Efron 1996, doi:10.1214/ss/1032280214.
 */
export function bootstrapDifference(
  control: ArrayLike<number>,
  treatment: ArrayLike<number>,
  statistic: Statistic,
  settings: BootstrapSettings,
): Bootstrap | undefined {
  const samples = [Float64Array.from(control), Float64Array.from(treatment)]
  return resample(samples, ([c, t]) => statistic(t as Float64Array) - statistic(c as Float64Array), settings)
}

type JointStatistic = (samples: readonly Float64Array[]) => number

function resample(
  samples: readonly Float64Array[],
  statistic: JointStatistic,
  { replicates: count, alpha, uniform }: BootstrapSettings,
): Bootstrap | undefined {
  const isValid = Number.isInteger(count) && count >= 1 && alpha > 0 && alpha < 1
  if (!isValid || !samples.every((sample) => sample.length >= 2 && sample.every(Number.isFinite)))
    return undefined
  const estimate = statistic(samples)
  const replicates = new Float64Array(count)
  const drawn = samples.map(({ length }) => new Float64Array(length))
  for (let b = 0; b < count; b++) {
    for (const [k, sample] of samples.entries()) draw(sample, drawn[k] as Float64Array, uniform)
    replicates[b] = statistic(drawn)
  }
  const acceleration = jackknifeAcceleration(samples, statistic)
  if (![estimate, acceleration].every(Number.isFinite) || !replicates.every(Number.isFinite)) return undefined
  const sorted = Float64Array.from(replicates).sort()
  const summary = describeReplicates(sorted, estimate)
  const quantiles = ({ low, high }: Interval) => ({
    low: sampleQuantile(sorted, low),
    high: sampleQuantile(sorted, high),
  })
  const percentile = quantiles({ low: alpha / 2, high: 1 - alpha / 2 })
  const shares = bcaShares(summary.biasCorrection, acceleration, alpha)
  return {
    ...summary,
    estimate,
    acceleration,
    percentile,
    basic: { low: 2 * estimate - percentile.high, high: 2 * estimate - percentile.low },
    bca: quantiles(shares),
    bcaShares: shares,
    replicates,
  }
}

function draw(sample: Float64Array, into: Float64Array, uniform: () => number): void {
  for (let i = 0; i < into.length; i++) into[i] = sample[Math.floor(uniform() * sample.length)] as number
}

/**
 * Σ U³ / n³ / 6 (Σ U² / n²)^1.5 over all units of all samples, where U = (n − 1)(mean − value without the unit) is
 * the unit's influence in a sample of n.
 */
function jackknifeAcceleration(samples: readonly Float64Array[], statistic: JointStatistic): number {
  const influences = samples.flatMap((sample, k) => {
    const values = leaveOneOut(sample, (rest) =>
      statistic(samples.map((other, j) => (j === k ? rest : other))),
    )
    const mean = values.reduce((sum, value) => sum + value, 0) / sample.length
    return Array.from(values, (value) => ((sample.length - 1) * (mean - value)) / sample.length)
  })
  const largest = influences.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (largest === 0) return 0
  let squares = 0
  let cubes = 0
  for (const influence of influences) {
    const relative = influence / largest
    squares += relative * relative
    cubes += relative ** 3
  }
  return cubes / (6 * squares ** 1.5)
}

/** The statistic without each of the units in turn. */
function leaveOneOut(sample: Float64Array, statistic: Statistic): Float64Array {
  const rest = sample.slice(1)
  const values = new Float64Array(sample.length)
  for (let i = 0; i < sample.length; i++) {
    values[i] = statistic(rest)
    // The unit left out next makes room for the one left out now.
    if (i < rest.length) rest[i] = sample[i] as number
  }
  return values
}
