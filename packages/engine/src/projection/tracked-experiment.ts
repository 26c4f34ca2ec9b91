import type { Experiment } from '../experiment.ts'
import type { ExperimentTotals } from './experiment-totals.ts'
import { type Affected, affectedBy, isOpen } from './plan.ts'
import type { RecentOutcomes } from './recent-outcomes.ts'

/** An experiment that events may concern: its totals, and when it began and ended. */
export class TrackedExperiment {
  readonly totals: ExperimentTotals
  startedAt = Number.POSITIVE_INFINITY
  startedPosition = Number.POSITIVE_INFINITY
  endedAt = Number.POSITIVE_INFINITY
  /** Whether exposures may still arrive for which outcomes of this batch must be kept. */
  interested = false
  /** What outcomes of a name change; null = nothing; filled on first use. */
  readonly #affected: (Affected | null)[] = []
  readonly #nameOf: (id: number) => string

  constructor(totals: ExperimentTotals, nameOf: (id: number) => string) {
    this.totals = totals
    this.#nameOf = nameOf
  }

  follow({ startedAt, startedPosition, endedAt }: Experiment): void {
    this.startedAt = startedAt ?? Number.POSITIVE_INFINITY
    this.startedPosition = startedPosition ?? Number.POSITIVE_INFINITY
    this.endedAt = endedAt ?? Number.POSITIVE_INFINITY
  }

  affected(name: number): Affected | null {
    let affected = this.#affected[name]
    if (affected === undefined) {
      affected = affectedBy(this.totals.plan, this.#nameOf(name)) ?? null
      this.#affected[name] = affected
    }
    return affected
  }

  /** Counts for a slot the outcomes of a unit that arrived before they could be attributed. */
  observeRecent(recent: RecentOutcomes, unit: number, slot: number): void {
    this.#forEachRecent(recent, unit, (affected, value, at) => {
      this.totals.observe(slot, affected, value, at)
    })
  }

  /**
   * After an exposure moved to an earlier time: what lies between the two counts now, windows start anew.
   * The vectors of the slot must be out of the statistics; see `ExperimentTotals.amend`.
   */
  recount(recent: RecentOutcomes, unit: number, slot: number, before: number): void {
    const { totals } = this
    const exposedAt = totals.exposedAt[slot] as number
    for (const column of totals.columns) if (!isOpen(column.plan)) column.clear(slot)
    this.#forEachRecent(recent, unit, (affected, value, at) => {
      for (const i of affected.columns) {
        const column = totals.columns[i]
        if (!column?.covers(at, exposedAt)) continue
        if (isOpen(column.plan) && at >= before) continue
        column.add(slot, value, at)
      }
    })
  }

  /** Adds outcomes of a unit that an exposure at `exposedAt` earns, and one at `countedFrom` did not. */
  addUncounted(
    recent: RecentOutcomes,
    unit: number,
    slot: number,
    exposedAt: number,
    countedFrom: number,
  ): void {
    this.#forEachRecent(recent, unit, (affected, value, at) => {
      for (const i of affected.columns) {
        const column = this.totals.columns[i]
        if (column?.covers(at, exposedAt) && !column.covers(at, countedFrom)) column.add(slot, value, at)
      }
    })
  }

  #forEachRecent(
    recent: RecentOutcomes,
    unit: number,
    visit: (affected: Affected, value: number, at: number) => void,
  ): void {
    recent.forEach(unit, (metric, value, at) => {
      const affected = this.affected(metric)
      if (affected && at <= this.endedAt) visit(affected, value, at)
    })
  }
}
