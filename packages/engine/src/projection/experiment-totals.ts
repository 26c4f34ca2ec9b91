import { dayOf } from '../clock.ts'
import { CrossMoments, type MomentsSummary } from '../statistics/cross-moments.ts'
import { enlarged } from './arrays.ts'
import { UnitColumn } from './columns.ts'
import type { Affected, MetricPlan, ProjectionPlan, WeightedColumn } from './plan.ts'

const INITIAL_CAPACITY = 64
const GROWTH = 1.5
/** Words per unit in `#facts`. */
const FACTS = 4
const CROSSED = 0x10000
const VARIANT_MASK = 0xffff

/**
 * Everything known of one experiment's units, and the sufficient statistics over them. A unit has a slot
 * here from its first exposure on; each change takes its vector out of the statistics and puts the new
 * one in, so that reading them never looks at units.
 */
export class ExperimentTotals {
  readonly key: string
  readonly plan: ProjectionPlan
  readonly variants: number
  /** Number of units. */
  count = 0
  unit = new Uint32Array(INITIAL_CAPACITY)
  exposedAt: Float64Array<ArrayBuffer> = new Float64Array(INITIAL_CAPACITY)
  /** Variant and flags in one word, version, next experiment and next slot; read together, so kept together. */
  #facts = new Uint32Array(INITIAL_CAPACITY * FACTS)
  readonly columns: UnitColumn[]
  readonly #moments: MetricMoments[]
  crossovers = 0
  /** Units per day of first exposure and variant. */
  readonly days = new Map<number, Float64Array>()
  /** Units per version of the experiment, from which the intended shares follow. */
  readonly versions = new Map<number, number>()

  constructor(key: string, plan: ProjectionPlan, variants: number) {
    this.key = key
    this.plan = plan
    this.variants = variants
    this.columns = plan.columns.map((column) => new UnitColumn(column, INITIAL_CAPACITY))
    this.#moments = plan.metrics.map((metric) => new MetricMoments(metric, variants))
  }

  get byteLength(): number {
    const columns = this.columns.reduce((total, column) => total + column.byteLength, 0)
    return this.unit.length * (12 + 4 * FACTS) + columns
  }

  /** Adds a unit without outcomes; its slot. */
  enrol(unit: number, exposedAt: number, variant: number, version: number): number {
    const slot = this.count
    if (slot === this.unit.length) this.#grow()
    this.count += 1
    this.unit[slot] = unit
    this.#facts.fill(0, slot * FACTS, (slot + 1) * FACTS)
    for (const column of this.columns) column.clear(slot)
    this.#place(slot, exposedAt, variant, version)
    return slot
  }

  /** An earlier exposure became known: the unit belongs where and when it was first exposed. */
  move(slot: number, exposedAt: number, variant: number, version: number): void {
    this.#count(slot, -1)
    this.#putAll(slot, -1)
    this.#place(slot, exposedAt, variant, version)
  }

  markCrossed(slot: number): void {
    if (this.isCrossed(slot)) return
    this.#facts[slot * FACTS] = (this.#facts[slot * FACTS] as number) | CROSSED
    this.crossovers += 1
  }

  isCrossed(slot: number): boolean {
    return ((this.#facts[slot * FACTS] as number) & CROSSED) !== 0
  }

  variantOf(slot: number): number {
    return (this.#facts[slot * FACTS] as number) & VARIANT_MASK
  }

  versionOf(slot: number): number {
    return this.#facts[slot * FACTS + 1] as number
  }

  /** Next experiment of the same unit plus one, 0 at the end of the chain; see `Enrolments`. */
  nextExperiment(slot: number): number {
    return this.#facts[slot * FACTS + 2] as number
  }

  nextSlot(slot: number): number {
    return this.#facts[slot * FACTS + 3] as number
  }

  setNext(slot: number, experiment: number, nextSlot: number): void {
    this.#facts[slot * FACTS + 2] = experiment
    this.#facts[slot * FACTS + 3] = nextSlot
  }

  /** The facts of all units, as a snapshot keeps them. */
  get facts(): Uint32Array {
    return this.#facts.subarray(0, this.count * FACTS)
  }

  /** Adds an outcome to a unit, in the columns whose window covers its time. */
  observe(slot: number, { columns, metrics }: Affected, value: number, at: number): void {
    const exposedAt = this.exposedAt[slot] as number
    if (!this.#anyCovers(columns, at, exposedAt)) return
    for (let i = 0; i < metrics.length; i++) this.#put(metrics[i] as number, slot, -1)
    for (let i = 0; i < columns.length; i++) {
      const column = this.columns[columns[i] as number] as UnitColumn
      if (column.covers(at, exposedAt)) column.add(slot, value, at)
    }
    for (let i = 0; i < metrics.length; i++) this.#put(metrics[i] as number, slot, 1)
  }

  #anyCovers(columns: readonly number[], at: number, exposedAt: number): boolean {
    for (let i = 0; i < columns.length; i++) {
      if ((this.columns[columns[i] as number] as UnitColumn).covers(at, exposedAt)) return true
    }
    return false
  }

  /** Takes a unit's vectors out, lets `change` touch its columns, and puts them back. */
  amend(slot: number, change: () => void): void {
    this.#putAll(slot, -1)
    change()
    this.#putAll(slot, 1)
  }

  /** Statistics of a metric per variant; units whose window is open at `now` are left out where that matters. */
  summaries(metric: number, now: number): MomentsSummary[] {
    return (this.#moments[metric] as MetricMoments).summaries(now)
  }

  /** Units per variant. */
  counts(): number[] {
    const counts = new Array<number>(this.variants).fill(0)
    for (const day of this.days.values())
      for (let i = 0; i < counts.length; i++) counts[i] = (counts[i] ?? 0) + (day[i] ?? 0)
    return counts
  }

  get moments(): readonly MetricMoments[] {
    return this.#moments
  }

  /** Takes units over from a snapshot; columns and statistics are restored by themselves. */
  restoreUnits(unit: Uint32Array, exposedAt: Float64Array, facts: Uint32Array): void {
    this.count = unit.length
    this.#resize(Math.max(INITIAL_CAPACITY, this.count))
    this.unit.set(unit)
    this.exposedAt.set(exposedAt)
    this.#facts.set(facts)
  }

  #place(slot: number, exposedAt: number, variant: number, version: number): void {
    this.exposedAt[slot] = exposedAt
    const crossed = (this.#facts[slot * FACTS] as number) & CROSSED
    this.#facts[slot * FACTS] = variant | crossed
    this.#facts[slot * FACTS + 1] = version
    this.#count(slot, 1)
    this.#putAll(slot, 1)
  }

  #count(slot: number, sign: 1 | -1): void {
    const counts = this.#dayCounts(dayOf(this.exposedAt[slot] as number))
    const variant = this.variantOf(slot)
    counts[variant] = (counts[variant] as number) + sign
    const version = this.versionOf(slot)
    this.versions.set(version, (this.versions.get(version) ?? 0) + sign)
  }

  #dayCounts(day: number): Float64Array {
    const known = this.days.get(day)
    if (known) return known
    const counts = new Float64Array(this.variants)
    this.days.set(day, counts)
    return counts
  }

  #putAll(slot: number, sign: 1 | -1): void {
    for (let i = 0; i < this.#moments.length; i++) this.#put(i, slot, sign)
  }

  #put(metric: number, slot: number, sign: 1 | -1): void {
    const moments = this.#moments[metric] as MetricMoments
    if (this.#fillVector(moments.plan, slot)) {
      moments.add(this.variantOf(slot), this.exposedAt[slot] as number, vector, sign)
    }
  }

  /** Writes the unit's components into the shared vector; false when the unit does not count. */
  #fillVector({ components, cap, sparse }: MetricPlan, slot: number): boolean {
    for (let i = 0; i < components.length; i++) {
      const terms = components[i] as MetricPlan['components'][number]
      // Nearly always one column as it is.
      const value = terms.length === 1 ? this.#termValue(terms[0], slot) : this.#sumOfTerms(terms, slot)
      if (sparse && Number.isNaN(value)) return false
      vector[i] = value > cap ? cap : value
    }
    return true
  }

  #termValue(term: WeightedColumn | undefined, slot: number): number {
    const { column, weight } = term as WeightedColumn
    return weight * (this.columns[column] as UnitColumn).valueOf(slot)
  }

  #sumOfTerms(terms: readonly WeightedColumn[], slot: number): number {
    let value = 0
    for (const term of terms) value += this.#termValue(term, slot)
    return value
  }

  #grow(): void {
    this.#resize(Math.ceil(this.unit.length * GROWTH))
  }

  #resize(capacity: number): void {
    this.unit = enlarged(this.unit, new Uint32Array(capacity))
    this.exposedAt = enlarged(this.exposedAt, new Float64Array(capacity))
    this.#facts = enlarged(this.#facts, new Uint32Array(capacity * FACTS))
    for (const column of this.columns) column.resize(capacity)
  }
}

const vector = new Float64Array(4)

/** Sufficient statistics of one metric per variant, and per day of exposure where units have to mature. */
export class MetricMoments {
  readonly plan: MetricPlan
  readonly #variants: number
  /** Days since 1970 → statistics; a single entry under day 0 where every unit counts at once. */
  readonly cohorts = new Map<number, CrossMoments>()

  constructor(plan: MetricPlan, variants: number) {
    this.plan = plan
    this.#variants = variants
    if (plan.maturesAfter === undefined)
      this.cohorts.set(0, new CrossMoments(variants, plan.components.length))
  }

  add(variant: number, exposedAt: number, values: Float64Array, sign: 1 | -1): void {
    this.#cohort(this.plan.maturesAfter === undefined ? 0 : dayOf(exposedAt)).add(variant, values, sign)
  }

  #cohort(day: number): CrossMoments {
    const known = this.cohorts.get(day)
    if (known) return known
    const moments = new CrossMoments(this.#variants, this.plan.components.length)
    this.cohorts.set(day, moments)
    return moments
  }

  summaries(now: number): MomentsSummary[] {
    const moments = this.#matured(now)
    return Array.from({ length: this.#variants }, (_, variant) =>
      moments.summary(variant, this.plan.outcomes),
    )
  }

  /** Statistics of the units whose window has closed: whole days of exposure, the last one excluded. */
  #matured(now: number): CrossMoments {
    const { maturesAfter, components } = this.plan
    if (maturesAfter === undefined) return this.cohorts.get(0) as CrossMoments
    const merged = new CrossMoments(this.#variants, components.length)
    const closed = dayOf(now - maturesAfter)
    for (const [day, moments] of this.cohorts) if (day < closed) merged.merge(moments)
    return merged
  }
}
