import type { ExperimentTotals } from './experiment-totals.ts'

export interface Enrolment {
  readonly experiment: number
  readonly slot: number
}

/**
 * Which experiments a unit takes part in, and in which slot: a chain per unit through the experiments'
 * own arrays, so that an outcome costs as many steps as its unit has experiments, however many there are.
 */
export class Enrolments {
  /** Pairs: index of the experiment plus one (0 ends a chain), slot. Side by side: one wait for memory. */
  #heads = new Uint32Array(1 << 9)
  readonly #totals: readonly ExperimentTotals[]

  constructor(totals: readonly ExperimentTotals[]) {
    this.#totals = totals
  }

  get byteLength(): number {
    return this.#heads.byteLength
  }

  /** Puts an experiment at the head of a unit's chain. */
  link(unit: number, experiment: number, slot: number): void {
    this.#reserve(unit + 1)
    const totals = this.#totals[experiment] as ExperimentTotals
    totals.setNext(slot, this.#heads[unit * 2] as number, this.#heads[unit * 2 + 1] as number)
    this.#heads[unit * 2] = experiment + 1
    this.#heads[unit * 2 + 1] = slot
  }

  /** All slots of a unit. */
  of(unit: number): Enrolment[] {
    const found: Enrolment[] = []
    let current = this.firstExperiment(unit)
    let slot = this.firstSlot(unit)
    while (current !== 0) {
      found.push({ experiment: current - 1, slot })
      const totals = this.#totals[current - 1] as ExperimentTotals
      current = totals.nextExperiment(slot)
      slot = totals.nextSlot(slot)
    }
    return found
  }

  /** Chains a unit anew to these slots and no others. */
  replace(unit: number, enrolments: readonly Enrolment[]): void {
    this.#reserve(unit + 1)
    this.#heads.fill(0, unit * 2, unit * 2 + 2)
    for (const { experiment, slot } of enrolments) this.link(unit, experiment, slot)
  }

  /** First experiment of a unit, plus one; 0 when it has none. */
  firstExperiment(unit: number): number {
    return this.#heads[unit * 2] ?? 0
  }

  firstSlot(unit: number): number {
    return this.#heads[unit * 2 + 1] ?? 0
  }

  /** Slot of a unit in one experiment, or -1. */
  slotIn(unit: number, experiment: number): number {
    let current = this.firstExperiment(unit)
    let slot = this.firstSlot(unit)
    while (current !== 0) {
      if (current === experiment + 1) return slot
      const totals = this.#totals[current - 1] as ExperimentTotals
      current = totals.nextExperiment(slot)
      slot = totals.nextSlot(slot)
    }
    return -1
  }

  /** Chains everything anew from the experiments' arrays, after a restore. */
  rebuild(): void {
    this.#heads.fill(0)
    for (const [experiment, totals] of this.#totals.entries()) {
      for (let slot = 0; slot < totals.count; slot++)
        if (!totals.isWithdrawn(slot)) this.link(totals.unit[slot] as number, experiment, slot)
    }
  }

  #reserve(units: number): void {
    if (units * 2 <= this.#heads.length) return
    const larger = new Uint32Array(Math.max(units * 2, Math.ceil(this.#heads.length * 0.75) * 2))
    larger.set(this.#heads)
    this.#heads = larger
  }
}
