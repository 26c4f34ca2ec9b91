import type { EventBatch } from '../event-batch.ts'
import { EXPOSURE, OUTCOME } from '../event-batch.ts'
import type { Experiment } from '../experiment.ts'
import { Aliases } from './aliases.ts'
import { Enrolments } from './enrolments.ts'
import { ExperimentTotals, type FirstExposure } from './experiment-totals.ts'
import { Interner } from './interner.ts'
import type { ProjectionPlan } from './plan.ts'
import { RecentOutcomes } from './recent-outcomes.ts'
import { stitch } from './stitch.ts'
import { TrackedExperiment } from './tracked-experiment.ts'

/** Tolerated difference between clocks, in milliseconds. */
export const CLOCK_SKEW_MILLISECONDS = 5 * 60_000

export interface ProjectionOptions {
  /** Events that happened longer ago are not taken in; exposures may be this late. */
  readonly latenessMilliseconds: number
  readonly seed: number
}

/**
 * The events so far, folded into totals per unit and sufficient statistics per variant. Deterministic:
 * the same log gives the same bytes of statistics, whether it was followed live or replayed.
 *
 * An outcome counts for every experiment its unit was exposed in before it happened, in event time,
 * whatever the order of arrival: outcomes that could still belong to an exposure that is under way are
 * kept for as long as exposures may be late. Two units that turn out to be one count as one from then on.
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
  readonly aliases = new Aliases()
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
    const { units, recent, aliases } = this
    return units.byteLength + this.#enrolments.byteLength + recent.byteLength + aliases.byteLength + totals
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

  isKnownName(name: string): boolean {
    return this.#nameIds.has(name)
  }

  /** Starts to follow an experiment, or takes note that it ended. */
  track(experiment: Experiment, plan: ProjectionPlan): ExperimentTotals {
    const index = this.#indexByKey.get(experiment.key)
    const tracked = index === undefined ? this.#begin(experiment, plan) : this.#tracked[index]
    tracked?.follow(experiment)
    return (tracked as TrackedExperiment).totals
  }

  #begin({ key, variants, startedAt = Number.POSITIVE_INFINITY }: Experiment, plan: ProjectionPlan) {
    const nameOf = (id: number) => this.nameOf(id)
    const totals = new ExperimentTotals({ key, plan, variants: variants.length, startedAt, nameOf })
    this.#indexByKey.set(key, this.#totals.push(totals) - 1)
    const tracked = new TrackedExperiment(totals, nameOf)
    this.#tracked.push(tracked)
    return tracked
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
    const slot = this.#enrolments.slotIn(this.aliases.resolve(unit), index)
    return slot < 0 ? -1 : (this.#totals[index] as ExperimentTotals).variantOf(slot)
  }

  /** Folds a durable batch in. */
  apply(batch: EventBatch): void {
    this.#learnNames(batch)
    this.#beginBatch(batch)
    for (let i = 0; i < batch.length; i++) {
      const kind = batch.kind[i]
      if (kind === OUTCOME) this.#observe(batch, i)
      else if (kind === EXPOSURE) this.#expose(batch, i)
      else this.#identify(batch, i)
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

  /** Experiments that may yet want outcomes of a metric for exposures still to come. */
  #interestIn(name: number): number {
    let count = this.#interest.get(name)
    if (count === undefined) {
      count = 0
      for (const tracked of this.#tracked) if (tracked.interested && tracked.affected(name)) count += 1
      this.#interest.set(name, count)
    }
    return count
  }

  #observe(batch: EventBatch, i: number): void {
    const unit = this.aliases.resolve(batch.unit[i] as number)
    const metric = batch.subject[i] as number
    const value = batch.value[i] as number
    const at = batch.at[i] as number
    let settled = 0
    let experiment = this.#enrolments.firstExperiment(unit)
    let slot = this.#enrolments.firstSlot(unit)
    while (experiment !== 0) {
      const tracked = this.#tracked[experiment - 1] as TrackedExperiment
      const { totals } = tracked
      const affected = tracked.affected(metric)
      if (affected) {
        const counts = at <= tracked.endedAt
        if (counts) {
          totals.advance(at)
          totals.observe(slot, affected, value, at)
        }
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
    const unit = this.aliases.resolve(batch.unit[i] as number)
    const slot = this.#enrolments.slotIn(unit, index)
    const exposure: FirstExposure = {
      at: batch.at[i] as number,
      variant: batch.variant[i] as number,
      version: batch.version[i] as number,
      combination: batch.combination[i] as number,
    }
    this.#totals[index]?.advance(exposure.at)
    if (slot < 0) this.#enrol(unit, exposure, index)
    else this.#exposeAgain(unit, exposure, index, slot)
  }

  #enrol(unit: number, exposure: FirstExposure, index: number): void {
    const tracked = this.#tracked[index] as TrackedExperiment
    const slot = tracked.totals.enrol(unit, exposure)
    this.#enrolments.link(unit, index, slot)
    tracked.observeRecent(this.recent, unit, slot)
  }

  #exposeAgain(unit: number, exposure: FirstExposure, index: number, slot: number): void {
    const tracked = this.#tracked[index] as TrackedExperiment
    const { totals } = tracked
    if (exposure.variant !== totals.variantOf(slot)) totals.markCrossed(slot)
    const before = totals.exposedAt[slot] as number
    if (exposure.at >= before) return
    totals.move(slot, exposure)
    totals.amend(slot, () => tracked.recount(this.recent, unit, slot, before))
  }

  /** What is one unit already, also by a circle of names, is left as it is. */
  #identify(batch: EventBatch, i: number): void {
    const unit = this.aliases.resolve(batch.unit[i] as number)
    const previous = this.aliases.resolve(batch.subject[i] as number)
    if (unit === previous) return
    const at = batch.at[i] as number
    stitch({ tracked: this.#tracked, enrolments: this.#enrolments, recent: this.recent, unit, previous, at })
    this.recent.join(previous, unit)
    this.aliases.add(previous, unit)
  }
}
