import type { MetricSummary } from '../estimator.ts'
import { CrossMoments } from '../statistics/moments/cross-moments.ts'
import type { RowMetric } from './row-metric.ts'

/** Sufficient statistics of one metric, per group; groups may be added at any time. */
export interface MetricTotals {
  /** Adds the value of one unit or, for a proportion, the successes among `units` units. */
  add(group: number, vector: Float64Array, units: number): void
  summary(group: number): MetricSummary
}

export function totalsFor({ metric, components }: RowMetric): MetricTotals {
  return metric.kind === 'proportion' ? new SuccessTotals() : new MomentTotals(components)
}

/** Units and successes as whole numbers: exact, and all that a proportion has. */
class SuccessTotals implements MetricTotals {
  readonly #units: number[] = []
  readonly #successes: number[] = []

  add(group: number, vector: Float64Array, units: number): void {
    this.#units[group] = (this.#units[group] ?? 0) + units
    this.#successes[group] = (this.#successes[group] ?? 0) + (vector[0] as number)
  }

  summary(group: number): MetricSummary {
    const units = this.#units[group] ?? 0
    const successes = this.#successes[group] ?? 0
    const share = successes / units
    const variance = units < 2 ? Number.NaN : (share * (units - successes)) / (units - 1)
    return { units, mean: [share], covariance: [[variance]] }
  }
}

class MomentTotals implements MetricTotals {
  #moments: CrossMoments
  #capacity = 16

  constructor(components: number) {
    this.#moments = new CrossMoments(this.#capacity, components)
  }

  add(group: number, vector: Float64Array): void {
    if (group >= this.#capacity) this.#grow(group + 1)
    this.#moments.add(group, vector, 1)
  }

  summary(group: number): MetricSummary {
    if (group >= this.#capacity) this.#grow(group + 1)
    return this.#moments.summary(group)
  }

  #grow(groups: number): void {
    const { components, data } = this.#moments
    const stride = data.length / this.#capacity
    this.#capacity = Math.max(groups, this.#capacity * 2)
    const larger = new Float64Array(this.#capacity * stride)
    larger.set(data)
    this.#moments = new CrossMoments(this.#capacity, components, larger)
  }
}
