import { aligned, bytesOf, enlarged } from './arrays.ts'
import type { ColumnPlan } from './plan.ts'

/** One running number per unit, kept in one or two typed arrays. */
export class UnitColumn {
  readonly plan: ColumnPlan
  #value: Float64Array<ArrayBuffer>
  /** Count of a mean, time of a last value; empty for the others. */
  #second: Float64Array<ArrayBuffer>

  constructor(plan: ColumnPlan, capacity: number) {
    this.plan = plan
    this.#value = new Float64Array(capacity)
    this.#second = new Float64Array(hasSecond(plan) ? capacity : 0)
  }

  get byteLength(): number {
    return this.#value.byteLength + this.#second.byteLength
  }

  resize(capacity: number): void {
    this.#value = enlarged(this.#value, new Float64Array(capacity))
    if (hasSecond(this.plan)) this.#second = enlarged(this.#second, new Float64Array(capacity))
  }

  clear(slot: number): void {
    this.#value[slot] = isEmptyNaN(this.plan) ? Number.NaN : 0
    if (hasSecond(this.plan))
      this.#second[slot] = this.plan.aggregation === 'last' ? Number.NEGATIVE_INFINITY : 0
  }

  /** Whether an outcome at a time counts for a unit exposed at a time. */
  covers(at: number, exposedAt: number): boolean {
    const elapsed = at - exposedAt
    return elapsed >= this.plan.from && elapsed < this.plan.to
  }

  add(slot: number, value: number, at: number): void {
    const values = this.#value
    const before = values[slot] as number
    switch (this.plan.aggregation) {
      case 'sum':
        values[slot] = Number.isNaN(before) ? value : before + value
        return
      case 'count':
        values[slot] = Number.isNaN(before) ? 1 : before + 1
        return
      case 'any':
        if (value !== 0) values[slot] = 1
        else if (Number.isNaN(before)) values[slot] = 0
        return
      case 'present':
        values[slot] = 1
        return
      case 'mean':
        values[slot] = before + value
        this.#second[slot] = (this.#second[slot] as number) + 1
        return
      case 'minimum':
        values[slot] = Number.isNaN(before) ? value : Math.min(before, value)
        return
      case 'maximum':
        values[slot] = Number.isNaN(before) ? value : Math.max(before, value)
        return
      case 'last':
        // At equal times the larger value stays, so that the order of arrival does not matter.
        this.#addLast(slot, value, at, before)
    }
  }

  #addLast(slot: number, value: number, at: number, before: number): void {
    const lastAt = this.#second[slot] as number
    if (at < lastAt || (at === lastAt && value <= before)) return
    this.#value[slot] = value
    this.#second[slot] = at
  }

  /** Adds to one slot what another has counted, as if one unit had had the outcomes of both. */
  absorb(slot: number, other: number): void {
    const values = this.#value
    const [mine, added] = [values[slot] as number, values[other] as number]
    switch (this.plan.aggregation) {
      case 'mean':
        values[slot] = mine + added
        this.#second[slot] = (this.#second[slot] as number) + (this.#second[other] as number)
        return
      case 'last':
        if (!Number.isNaN(added)) this.#addLast(slot, added, this.#second[other] as number, mine)
        return
      default:
        if (Number.isNaN(mine)) values[slot] = added
        else if (!Number.isNaN(added)) values[slot] = COMBINED[this.plan.aggregation](mine, added)
    }
  }

  /** Value of a unit; without outcomes NaN when the column is sparse, else 0. */
  valueOf(slot: number): number {
    const value = this.#value[slot] as number
    if (this.plan.aggregation === 'mean') {
      const count = this.#second[slot] as number
      if (count > 0) return value / count
      return this.plan.sparse ? Number.NaN : 0
    }
    return Number.isNaN(value) && !this.plan.sparse ? 0 : value
  }

  snapshot(slots: number): [Uint8Array, Uint8Array] {
    return [bytesOf(this.#value, slots), bytesOf(this.#second, hasSecond(this.plan) ? slots : 0)]
  }

  restore(value: Uint8Array, second: Uint8Array): void {
    this.#value = new Float64Array(aligned(value))
    this.#second = new Float64Array(aligned(second))
  }
}

const COMBINED = {
  sum: (a: number, b: number) => a + b,
  count: (a: number, b: number) => a + b,
  any: Math.max,
  present: Math.max,
  minimum: Math.min,
  maximum: Math.max,
} as const

function hasSecond(plan: ColumnPlan): boolean {
  return plan.aggregation === 'mean' || plan.aggregation === 'last'
}

/** Extremes and last values start from nothing, even where nothing later reads as zero. */
function isEmptyNaN(plan: ColumnPlan): boolean {
  if (plan.aggregation === 'mean') return false
  return plan.sparse || ['minimum', 'maximum', 'last'].includes(plan.aggregation)
}
