import type { ExperimentTotals } from './experiment-totals.ts'

/**
 * Which experiments a unit takes part in, and in which slot: a chain per unit through the experiments'
 * own arrays, so that an outcome costs as many steps as its unit has experiments, however many there are.
 */
export class Enrolments {
  /** Index of the experiment plus one; 0 ends a chain. */
  #headExperiment = new Uint16Array(1 << 8)
  #headSlot = new Uint32Array(1 << 8)
  readonly #totals: readonly ExperimentTotals[]

  constructor(totals: readonly ExperimentTotals[]) {
    this.#totals = totals
  }

  get byteLength(): number {
    return this.#headExperiment.byteLength + this.#headSlot.byteLength
  }

  /** Puts an experiment at the head of a unit's chain. */
  link(unit: number, experiment: number, slot: number): void {
    this.#reserve(unit + 1)
    const totals = this.#totals[experiment] as ExperimentTotals
    totals.nextExperiment[slot] = this.#headExperiment[unit] as number
    totals.nextSlot[slot] = this.#headSlot[unit] as number
    this.#headExperiment[unit] = experiment + 1
    this.#headSlot[unit] = slot
  }

  /** First experiment of a unit, plus one; 0 when it has none. */
  firstExperiment(unit: number): number {
    return this.#headExperiment[unit] ?? 0
  }

  firstSlot(unit: number): number {
    return this.#headSlot[unit] ?? 0
  }

  /** Slot of a unit in one experiment, or -1. */
  slotIn(unit: number, experiment: number): number {
    let current = this.firstExperiment(unit)
    let slot = this.firstSlot(unit)
    while (current !== 0) {
      if (current === experiment + 1) return slot
      const totals = this.#totals[current - 1] as ExperimentTotals
      current = totals.nextExperiment[slot] as number
      slot = totals.nextSlot[slot] as number
    }
    return -1
  }

  /** Chains everything anew from the experiments' arrays, after a restore. */
  rebuild(): void {
    this.#headExperiment.fill(0)
    for (const [experiment, totals] of this.#totals.entries()) {
      for (let slot = 0; slot < totals.count; slot++) this.link(totals.unit[slot] as number, experiment, slot)
    }
  }

  #reserve(units: number): void {
    if (units <= this.#headExperiment.length) return
    const capacity = Math.max(units, Math.ceil(this.#headExperiment.length * 1.5))
    const experiments = new Uint16Array(capacity)
    experiments.set(this.#headExperiment)
    const slots = new Uint32Array(capacity)
    slots.set(this.#headSlot)
    this.#headExperiment = experiments
    this.#headSlot = slots
  }
}
