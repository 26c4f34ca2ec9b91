import { criticalValue } from '../statistics/intervals/proportion-intervals.ts'
import { sketchedQuantile } from '../statistics/metrics/sketched-quantile.ts'
import { CrossMoments } from '../statistics/moments/cross-moments.ts'
import { type JointSummary, jointSummary } from '../statistics/moments/joint-summary.ts'
import { QuantileSketch } from '../statistics/moments/quantile-sketch.ts'
import type { NumberReader } from './arrays.ts'
import type { MetricPlan } from './plan.ts'

/** What units sum up to, per variant: put in, taken out again, merged, kept as numbers. */
export interface Accumulator {
  readonly byteLength: number
  add(variant: number, vector: Float64Array, sign: 1 | -1): void
  /** Adds what another of the same kind holds. */
  merge(other: this): void
  summary(variant: number): JointSummary
  /** All numbers, for `restore`. */
  numbers(): Float64Array[]
  restore(numbers: NumberReader): void
}

export function accumulatorFor(plan: MetricPlan, variants: number): Accumulator {
  return plan.quantile === undefined
    ? new MomentAccumulator(plan, variants)
    : new QuantileAccumulator(plan.quantile, variants)
}

/** Counts, means and covariances. */
class MomentAccumulator implements Accumulator {
  readonly #moments: CrossMoments
  readonly #outcomes: number

  constructor({ components, outcomes }: MetricPlan, variants: number) {
    this.#moments = new CrossMoments(variants, components.length)
    this.#outcomes = outcomes
  }

  get byteLength(): number {
    return this.#moments.data.byteLength
  }

  add(variant: number, vector: Float64Array, sign: 1 | -1): void {
    this.#moments.add(variant, vector, sign)
  }

  merge(other: this): void {
    this.#moments.merge(other.#moments)
  }

  summary(variant: number): JointSummary {
    return jointSummary(this.#moments.summary(variant), this.#outcomes)
  }

  numbers(): Float64Array[] {
    return [this.#moments.data]
  }

  restore(numbers: NumberReader): void {
    const { data } = this.#moments
    data.set(numbers.take(data.length))
  }
}

/** Error rate of the interval whose width tells the standard error of a quantile. */
const WIDTH_ALPHA = 0.05
const BYTES_PER_BUCKET = 40

/**
 * A quantile of one value per unit. Its standard error is half the width of the distribution-free interval over
 * the normal critical value (Deng, Knoblich & Lu 2018, section 4.2, doi:10.1145/3219819.3219919), and stands in
 * the summary as if it came from a variance of the units.
 */
class QuantileAccumulator implements Accumulator {
  readonly #sketch: QuantileSketch
  readonly #level: number

  constructor(level: number, variants: number) {
    this.#sketch = new QuantileSketch(variants)
    this.#level = level
  }

  get byteLength(): number {
    return this.#sketch.buckets * BYTES_PER_BUCKET
  }

  add(variant: number, vector: Float64Array, sign: 1 | -1): void {
    this.#sketch.add(variant, vector[0] as number, sign)
  }

  merge(other: this): void {
    this.#sketch.merge(other.#sketch)
  }

  summary(variant: number): JointSummary {
    const units = this.#sketch.units(variant)
    const { value, low, high } = sketchedQuantile(this.#sketch, variant, this.#level, WIDTH_ALPHA)
    const standardError = (high - low) / (2 * criticalValue(WIDTH_ALPHA))
    const variance = Number.isFinite(standardError) ? standardError * standardError * units : Number.NaN
    return { units, mean: [value], covariance: [[variance]] }
  }

  numbers(): Float64Array[] {
    const groups = Array.from({ length: this.#sketch.groups }, (_, group) => this.#sketch.numbers(group))
    return groups.flatMap((numbers) => [Float64Array.of(numbers.length), numbers])
  }

  restore(numbers: NumberReader): void {
    for (let group = 0; group < this.#sketch.groups; group++)
      this.#sketch.addNumbers(group, numbers.take(numbers.next()))
  }
}
