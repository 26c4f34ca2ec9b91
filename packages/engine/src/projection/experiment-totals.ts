import type { JointSummary } from '../statistics/moments/joint-summary.ts'
import { enlarged } from './arrays.ts'
import { Arrivals } from './arrivals.ts'
import { Checkpoints } from './checkpoints.ts'
import { UnitColumn } from './columns.ts'
import { MetricMoments } from './metric-moments.ts'
import type { Affected, MetricPlan, ProjectionPlan, WeightedColumn } from './plan.ts'
import { Segments } from './segments.ts'

const INITIAL_CAPACITY = 64
const GROWTH = 1.5
/** Words per unit in `#facts`. */
const FACTS = 4
const CROSSED = 0x10000
const WITHDRAWN = 0x20000
const VARIANT_MASK = 0xffff

export interface TotalsOptions {
  readonly key: string
  readonly plan: ProjectionPlan
  readonly variants: number
  readonly startedAt: number
  /** Text of a name, for combinations of dimension values. */
  readonly nameOf: (id: number) => string
}

/** When and how a unit first met a variant. */
export interface FirstExposure {
  readonly at: number
  readonly variant: number
  readonly version: number
  /** Name of the combination of dimension values, plus one; 0 when there is none. */
  readonly combination: number
}

/**
 * Everything known of one experiment's units, and the sufficient statistics over them. A unit has a slot
 * here from its first exposure on; each change takes its vector out of the statistics and puts the new
 * one in, so that reading them never looks at units.
 */
export class ExperimentTotals {
  readonly key: string
  readonly plan: ProjectionPlan
  readonly variants: number
  /** Number of slots: units, and those that turned out to be another one. */
  count = 0
  unit = new Uint32Array(INITIAL_CAPACITY)
  exposedAt: Float64Array<ArrayBuffer> = new Float64Array(INITIAL_CAPACITY)
  /** Variant and flags in one word, version, next experiment and next slot; read together, so kept together. */
  #facts = new Uint32Array(INITIAL_CAPACITY * FACTS)
  readonly columns: UnitColumn[]
  readonly #moments: MetricMoments[]
  crossovers = 0
  readonly arrivals: Arrivals
  readonly history: Checkpoints
  /** Only where dimensions are declared. */
  readonly segments: Segments | undefined
  /** Rises with every change of what is known; tells readers whether to read again. */
  changes = 0

  constructor({ key, plan, variants, startedAt, nameOf }: TotalsOptions) {
    this.key = key
    this.plan = plan
    this.variants = variants
    this.columns = plan.columns.map((column) => new UnitColumn(column, INITIAL_CAPACITY))
    this.#moments = plan.metrics.map((metric) => new MetricMoments(metric, variants))
    this.arrivals = new Arrivals(variants)
    this.history = new Checkpoints(this.#moments, variants, startedAt, () => this.arrivals.total())
    this.segments = plan.dimensions.length > 0 ? new Segments(plan, variants, nameOf) : undefined
    this.segments?.resize(INITIAL_CAPACITY)
  }

  get byteLength(): number {
    const parts = [...this.columns, ...this.#moments, this.arrivals, this.history]
    const bytes = parts.reduce((total, part) => total + part.byteLength, 0)
    return this.unit.length * (12 + 4 * FACTS) + bytes + (this.segments?.byteLength ?? 0)
  }

  /** To be called with the time of an event before it is folded in. */
  advance(at: number): void {
    if (this.history.isCrossedBy(at)) this.history.cross(at, this.count === 0)
  }

  /** Adds a unit without outcomes; its slot. */
  enrol(unit: number, exposure: FirstExposure): number {
    const slot = this.count
    if (slot === this.unit.length) this.#grow()
    this.count += 1
    this.unit[slot] = unit
    this.#facts.fill(0, slot * FACTS, (slot + 1) * FACTS)
    for (const column of this.columns) column.clear(slot)
    this.#place(slot, exposure)
    return slot
  }

  /** An earlier exposure became known: the unit belongs where and when it was first exposed. */
  move(slot: number, exposure: FirstExposure): void {
    this.#count(slot, -1)
    this.#putAll(slot, -1)
    this.#place(slot, exposure)
  }

  /** The unit turned out to be another one: it counts nowhere any more, and its slot stays empty. */
  withdraw(slot: number): void {
    this.changes += 1
    this.#count(slot, -1)
    this.#putAll(slot, -1)
    if (this.isCrossed(slot)) this.crossovers -= 1
    this.#facts[slot * FACTS] = (this.#facts[slot * FACTS] as number) | WITHDRAWN
  }

  isWithdrawn(slot: number): boolean {
    return ((this.#facts[slot * FACTS] as number) & WITHDRAWN) !== 0
  }

  markCrossed(slot: number): void {
    if (this.isCrossed(slot)) return
    this.changes += 1
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
    this.changes += 1
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
    this.changes += 1
    this.#putAll(slot, -1)
    change()
    this.#putAll(slot, 1)
  }

  /** Statistics of a metric per variant; units whose window is open at `now` are left out where that matters. */
  summaries(metric: number, now: number): JointSummary[] {
    return (this.#moments[metric] as MetricMoments).summaries(now)
  }

  /**
   * Writes what a unit has of a metric into `outcomes`, as the statistics take it: value, or numerator and
   * denominator, up to the cap. False when the unit does not count. Whether its window is closed is not asked.
   */
  readOutcomes(metric: number, slot: number, outcomes: Float64Array): boolean {
    const { plan } = this.#moments[metric] as MetricMoments
    if (this.isWithdrawn(slot) || !this.#fillVector(plan, slot)) return false
    for (let i = 0; i < plan.outcomes; i++) outcomes[i] = vector[i] as number
    return true
  }

  /** Units per variant. */
  counts(): number[] {
    return this.arrivals.perVariant()
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

  #place(slot: number, { at, variant, version, combination }: FirstExposure): void {
    this.changes += 1
    this.exposedAt[slot] = at
    const crossed = (this.#facts[slot * FACTS] as number) & CROSSED
    this.#facts[slot * FACTS] = variant | crossed
    this.#facts[slot * FACTS + 1] = version
    this.segments?.place(slot, combination)
    this.#count(slot, 1)
    this.#putAll(slot, 1)
  }

  #count(slot: number, sign: 1 | -1): void {
    const variant = this.variantOf(slot)
    this.arrivals.count(this.exposedAt[slot] as number, variant, this.versionOf(slot), sign)
    this.segments?.count(slot, variant, sign)
  }

  #putAll(slot: number, sign: 1 | -1): void {
    for (let i = 0; i < this.#moments.length; i++) this.#put(i, slot, sign)
  }

  #put(metric: number, slot: number, sign: 1 | -1): void {
    const moments = this.#moments[metric] as MetricMoments
    if (!this.#fillVector(moments.plan, slot)) return
    const variant = this.variantOf(slot)
    const exposedAt = this.exposedAt[slot] as number
    moments.add(variant, exposedAt, vector, sign)
    if (this.segments) this.segments.add(slot, metric, variant, exposedAt, vector, sign)
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
    this.segments?.resize(capacity)
    for (const column of this.columns) column.resize(capacity)
  }
}

const vector = new Float64Array(4)
