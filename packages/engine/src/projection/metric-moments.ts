import { dayOf } from '../clock.ts'
import { CrossMoments, type MomentsSummary } from '../statistics/moments/cross-moments.ts'
import type { NumberReader } from './arrays.ts'
import type { MetricPlan } from './plan.ts'

/** Sufficient statistics of one metric per variant, and per day of exposure where units have to mature. */
export class MetricMoments {
  readonly plan: MetricPlan
  readonly #variants: number
  /** Days since 1970 → statistics; a single entry under day 0 where every unit counts at once. */
  readonly cohorts = new Map<number, CrossMoments>()

  constructor(plan: MetricPlan, variants: number) {
    this.plan = plan
    this.#variants = variants
    if (plan.maturesAfter === undefined) this.#cohort(0)
  }

  get byteLength(): number {
    let bytes = 0
    for (const { data } of this.cohorts.values()) bytes += data.byteLength
    return bytes
  }

  add(variant: number, exposedAt: number, values: Float64Array, sign: 1 | -1): void {
    this.#cohort(this.plan.maturesAfter === undefined ? 0 : dayOf(exposedAt)).add(variant, values, sign)
  }

  /** One summary per variant; units whose window is open at `now` are left out where that matters. */
  summaries(now: number): MomentsSummary[] {
    const moments = this.#matured(now)
    return Array.from({ length: this.#variants }, (_, variant) =>
      moments.summary(variant, this.plan.outcomes),
    )
  }

  /** All numbers, for `restore`: how many cohorts there are, then day and statistics of each. */
  numbers(): Float64Array[] {
    const cohorts = [...this.cohorts].flatMap(([day, { data }]) => [Float64Array.of(day), data])
    return [Float64Array.of(this.cohorts.size), ...cohorts]
  }

  restore(numbers: NumberReader): void {
    for (let left = numbers.next(); left > 0; left--) {
      const { data } = this.#cohort(numbers.next())
      data.set(numbers.take(data.length))
    }
  }

  #cohort(day: number): CrossMoments {
    const known = this.cohorts.get(day)
    if (known) return known
    const moments = new CrossMoments(this.#variants, this.plan.components.length)
    this.cohorts.set(day, moments)
    return moments
  }

  /** Statistics of the units whose window has closed: whole days of exposure, the last one excluded. */
  #matured(now: number): CrossMoments {
    const { maturesAfter, components } = this.plan
    if (maturesAfter === undefined) return this.#cohort(0)
    const merged = new CrossMoments(this.#variants, components.length)
    const closed = dayOf(now - maturesAfter)
    for (const [day, moments] of this.cohorts) if (day < closed) merged.merge(moments)
    return merged
  }
}
