import { dayOf } from '../clock.ts'
import type { JointSummary } from '../statistics/moments/joint-summary.ts'
import { type Accumulator, accumulatorFor } from './accumulator.ts'
import type { NumberReader } from './arrays.ts'
import type { MetricPlan } from './plan.ts'

/** Sufficient statistics of one metric per variant, and per day of exposure where units have to mature. */
export class MetricMoments {
  readonly plan: MetricPlan
  readonly #variants: number
  /** Days since 1970 → statistics; a single entry under day 0 where every unit counts at once. */
  readonly #cohorts = new Map<number, Accumulator>()

  constructor(plan: MetricPlan, variants: number) {
    this.plan = plan
    this.#variants = variants
    if (plan.maturesAfter === undefined) this.#cohort(0)
  }

  get byteLength(): number {
    let bytes = 0
    for (const { byteLength } of this.#cohorts.values()) bytes += byteLength
    return bytes
  }

  add(variant: number, exposedAt: number, values: Float64Array, sign: 1 | -1): void {
    this.#cohort(this.plan.maturesAfter === undefined ? 0 : dayOf(exposedAt)).add(variant, values, sign)
  }

  /** One summary per variant; units whose window is open at `now` are left out where that matters. */
  summaries(now: number): JointSummary[] {
    const matured = this.#matured(now)
    return Array.from({ length: this.#variants }, (_, variant) => matured.summary(variant))
  }

  /** All numbers, for `restore`: how many cohorts there are, then day and statistics of each. */
  numbers(): Float64Array[] {
    const cohorts = [...this.#cohorts].flatMap(([day, cohort]) => [Float64Array.of(day), ...cohort.numbers()])
    return [Float64Array.of(this.#cohorts.size), ...cohorts]
  }

  restore(numbers: NumberReader): void {
    for (let left = numbers.next(); left > 0; left--) this.#cohort(numbers.next()).restore(numbers)
  }

  #cohort(day: number): Accumulator {
    const known = this.#cohorts.get(day)
    if (known) return known
    const cohort = accumulatorFor(this.plan, this.#variants)
    this.#cohorts.set(day, cohort)
    return cohort
  }

  /** Statistics of the units whose window has closed: whole days of exposure, the last one excluded. */
  #matured(now: number): Accumulator {
    const { maturesAfter } = this.plan
    if (maturesAfter === undefined) return this.#cohort(0)
    const merged = accumulatorFor(this.plan, this.#variants)
    const closed = dayOf(now - maturesAfter)
    for (const [day, cohort] of this.#cohorts) if (day < closed) merged.merge(cohort)
    return merged
  }
}
