import type { EventBatch } from '../event-batch.ts'
import { EXPOSURE } from '../event-batch.ts'
import type { Experiment } from '../experiment.ts'
import { Enrolments } from './enrolments.ts'
import { ExperimentTotals } from './experiment-totals.ts'
import { Interner } from './interner.ts'
import { type Affected, affectedBy, isOpen, type ProjectionPlan } from './plan.ts'
import { RecentOutcomes } from './recent-outcomes.ts'

/** Tolerated difference between clocks, in milliseconds. */
export const CLOCK_SKEW_MILLISECONDS = 5 * 60_000

export interface ProjectionOptions {
  /** Events that happened longer ago are not taken in; exposures may be this late. */
  readonly latenessMilliseconds: number
  readonly seed: number
}

interface TrackedExperiment {
  readonly totals: ExperimentTotals
  startedAt: number
  startedPosition: number
  endedAt: number
  /** What outcomes of a name change; null = nothing; filled on first use. */
  readonly affected: (Affected | null)[]
  /** Whether exposures may still arrive for which outcomes of this batch must be kept. */
  interested: boolean
}

/**
 * The events so far, folded into totals per unit and sufficient statistics per variant. Deterministic:
 * the same log gives the same bytes of statistics, whether it was followed live or replayed.
 *
 * An outcome counts for every experiment its unit was exposed in before it happened, in event time,
 * whatever the order of arrival: outcomes that could still belong to an exposure that is under way are
 * kept for as long as exposures may be late.
 */
export class Projection {
  readonly units: Interner
  readonly #names: string[] = []
  readonly #nameIds = new Map<string, number>()
  readonly #tracked: TrackedExperiment[] = []
  readonly #totals: ExperimentTotals[] = []
  readonly #indexByKey = new Map<string, number>()
  readonly #enrolments = new Enrolments(this.#totals)
  readonly recent = new RecentOutcomes()
  readonly #options: ProjectionOptions
  /** Position of the last event folded in. */
  position = 0
  #interest = new Map<number, number>()

  constructor(options: ProjectionOptions) {
    this.#options = options
    this.units = new Interner(options.seed)
  }

  get byteLength(): number {
    const totals = this.#totals.reduce((sum, each) => sum + each.byteLength, 0)
    return this.units.byteLength + this.#enrolments.byteLength + this.recent.byteLength + totals
  }

  get nameCount(): number {
    return this.#names.length
  }

  nameId(name: string): number {
    const known = this.#nameIds.get(name)
    if (known !== undefined) return known
    this.#nameIds.set(name, this.#names.length)
    return this.#names.push(name) - 1
  }

  nameOf(id: number): string {
    return this.#names[id] as string
  }

  /** Starts to follow an experiment, or takes note that it ended. */
  track(experiment: Experiment, plan: ProjectionPlan): ExperimentTotals {
    const startedAt = experiment.startedAt ?? Number.POSITIVE_INFINITY
    const startedPosition = experiment.startedPosition ?? Number.POSITIVE_INFINITY
    const endedAt = experiment.endedAt ?? Number.POSITIVE_INFINITY
    const life = { startedAt, startedPosition, endedAt }
    const index = this.#indexByKey.get(experiment.key)
    if (index !== undefined) {
      const known = this.#tracked[index] as TrackedExperiment
      Object.assign(known, life)
      return known.totals
    }
    const totals = new ExperimentTotals(experiment.key, plan, experiment.variants.length)
    this.#indexByKey.set(experiment.key, this.#totals.push(totals) - 1)
    this.#tracked.push({ totals, ...life, affected: [], interested: false })
    return totals
  }

  totalsOf(key: string): ExperimentTotals | undefined {
    const index = this.#indexByKey.get(key)
    return index === undefined ? undefined : this.#totals[index]
  }

  get experiments(): readonly ExperimentTotals[] {
    return this.#totals
  }

  /** Variant that a unit was first exposed to, or -1. */
  variantOf(key: string, unitName: string): number {
    const index = this.#indexByKey.get(key)
    const unit = this.units.find(unitName)
    if (index === undefined || unit < 0) return -1
    const slot = this.#enrolments.slotIn(unit, index)
    return slot < 0 ? -1 : (this.#totals[index] as ExperimentTotals).variantOf(slot)
  }

  /** Folds a durable batch in. */
  apply(batch: EventBatch): void {
    this.#learnNames(batch)
    this.#beginBatch(batch)
    for (let i = 0; i < batch.length; i++) {
      if (batch.kind[i] === EXPOSURE) this.#expose(batch, i)
      else this.#observe(batch, i)
    }
    this.position = batch.lastPosition
  }

  /** Chains units and experiments after a restore. */
  relink(): void {
    this.#enrolments.rebuild()
  }

  /** In a replay the texts come with the batches; live they are known already. */
  #learnNames(batch: EventBatch): void {
    const isNew = this.units.count < batch.firstNewUnit + batch.newUnits.length
    if (isNew) for (const unit of batch.newUnits) this.units.intern(unit)
    for (const name of batch.newNames) this.nameId(name)
  }

  #beginBatch({ receivedAt, firstPosition }: EventBatch): void {
    const { latenessMilliseconds } = this.#options
    let covariates = 0
    this.#interest.clear()
    for (const tracked of this.#tracked) {
      const { covariateMilliseconds } = tracked.totals.plan
      const hasBegun =
        firstPosition > tracked.startedPosition ||
        (covariateMilliseconds > 0 &&
          receivedAt >= tracked.startedAt - covariateMilliseconds - CLOCK_SKEW_MILLISECONDS)
      tracked.interested = hasBegun && receivedAt <= tracked.endedAt + latenessMilliseconds
      if (tracked.interested) covariates = Math.max(covariates, covariateMilliseconds)
    }
    this.recent.expire(receivedAt - latenessMilliseconds - covariates - CLOCK_SKEW_MILLISECONDS)
  }

  #affected(tracked: TrackedExperiment, name: number): Affected | null {
    let affected = tracked.affected[name]
    if (affected === undefined) {
      affected = affectedBy(tracked.totals.plan, this.nameOf(name)) ?? null
      tracked.affected[name] = affected
    }
    return affected
  }

  /** Experiments that may yet want outcomes of a metric for exposures still to come. */
  #interestIn(name: number): number {
    let count = this.#interest.get(name)
    if (count === undefined) {
      count = 0
      for (const tracked of this.#tracked) if (tracked.interested && this.#affected(tracked, name)) count += 1
      this.#interest.set(name, count)
    }
    return count
  }

  #observe(batch: EventBatch, i: number): void {
    const unit = batch.unit[i] as number
    const metric = batch.subject[i] as number
    const value = batch.value[i] as number
    const at = batch.at[i] as number
    let settled = 0
    let experiment = this.#enrolments.firstExperiment(unit)
    let slot = this.#enrolments.firstSlot(unit)
    while (experiment !== 0) {
      const tracked = this.#tracked[experiment - 1] as TrackedExperiment
      const { totals } = tracked
      const affected = this.#affected(tracked, metric)
      if (affected) {
        const counts = at <= tracked.endedAt
        if (counts) totals.observe(slot, affected, value, at)
        const isSettled = affected.open && at >= (totals.exposedAt[slot] as number)
        if (tracked.interested && (isSettled || !counts)) settled += 1
      }
      experiment = totals.nextExperiment(slot)
      slot = totals.nextSlot(slot)
    }
    if (settled < this.#interestIn(metric)) this.recent.add(unit, metric, value, at, batch.receivedAt)
  }

  #expose(batch: EventBatch, i: number): void {
    const key = this.nameOf(batch.subject[i] as number)
    const index = this.#indexByKey.get(key)
    if (index === undefined) return
    const unit = batch.unit[i] as number
    const slot = this.#enrolments.slotIn(unit, index)
    if (slot < 0) this.#enrol(batch, i, index)
    else this.#exposeAgain(batch, i, index, slot)
  }

  #enrol(batch: EventBatch, i: number, index: number): void {
    const tracked = this.#tracked[index] as TrackedExperiment
    const unit = batch.unit[i] as number
    const { totals } = tracked
    const slot = totals.enrol(
      unit,
      batch.at[i] as number,
      batch.variant[i] as number,
      batch.version[i] as number,
    )
    this.#enrolments.link(unit, index, slot)
    this.#forEachRecent(tracked, unit, (affected, value, at) => {
      totals.observe(slot, affected, value, at)
    })
  }

  #exposeAgain(batch: EventBatch, i: number, index: number, slot: number): void {
    const tracked = this.#tracked[index] as TrackedExperiment
    const { totals } = tracked
    const at = batch.at[i] as number
    const variant = batch.variant[i] as number
    if (variant !== totals.variantOf(slot)) totals.markCrossed(slot)
    const before = totals.exposedAt[slot] as number
    if (at >= before) return
    totals.move(slot, at, variant, batch.version[i] as number)
    totals.amend(slot, () => this.#recount(tracked, batch.unit[i] as number, slot, before))
  }

  /** After an exposure moved to an earlier time: what lies between the two counts now, windows start anew. */
  #recount(tracked: TrackedExperiment, unit: number, slot: number, before: number): void {
    const { totals } = tracked
    const exposedAt = totals.exposedAt[slot] as number
    for (const column of totals.columns) if (!isOpen(column.plan)) column.clear(slot)
    this.#forEachRecent(tracked, unit, (affected, value, at) => {
      for (const i of affected.columns) {
        const column = totals.columns[i]
        if (!column?.covers(at, exposedAt)) continue
        if (isOpen(column.plan) && at >= before) continue
        column.add(slot, value, at)
      }
    })
  }

  #forEachRecent(
    tracked: TrackedExperiment,
    unit: number,
    visit: (affected: Affected, value: number, at: number) => void,
  ): void {
    this.recent.forEach(unit, (metric, value, at) => {
      const affected = this.#affected(tracked, metric)
      if (affected && at <= tracked.endedAt) visit(affected, value, at)
    })
  }
}
