import { dayOf } from '../clock.ts'
import type { ExperimentTotals } from '../projection/experiment-totals.ts'
import { CrossMoments } from '../statistics/moments/cross-moments.ts'
import { Largest } from './largest.ts'

/** Units after which other work of the process gets its turn. */
export const UNITS_BETWEEN_PAUSES = 50_000

/** What is wanted of one metric. */
export interface ScanRequest {
  /** Its place in the plan. */
  readonly metric: number
  /** Whether statistics are kept per day of exposure; otherwise all units are under day 0. */
  readonly byDay: boolean
}

/** What a pass over the units found of one metric. */
export interface UnitScan {
  /** Days since 1970 → statistics of the outcomes, one group per variant. */
  readonly days: ReadonlyMap<number, CrossMoments>
  /** In the order of the variants. */
  readonly extremes: readonly Extremes[]
}

/** The far ends of one variant. */
export interface Extremes {
  /** Sum of the absolute values (of the numerators, for a ratio), and the largest hundredth of them. */
  readonly absoluteTotal: number
  readonly largest: Largest
  /** Outcomes of the units that push the variant's value up most and down most: the most influential is one of them. */
  readonly candidates: readonly Float64Array[]
}

/**
 * One pass over all units, in chunks, with pauses between them in which events are taken in.
 *
 * What is found belongs to no single moment then: units already passed keep what they had, later ones have what
 * came meanwhile, and a unit that turns out to be another one during the pass may count twice. That is some
 * units in as many as arrive within a second, and what is judged from them are patterns over all of them.
 *
 * @param until when the question is asked; units whose window is open then are left out where that matters
 */
export async function scanUnits(
  totals: ExperimentTotals,
  requests: readonly ScanRequest[],
  until: number,
  unitsBetweenPauses = UNITS_BETWEEN_PAUSES,
): Promise<UnitScan[]> {
  const scans = requests.map((request) => new MetricScan(totals, request, until))
  for (let from = 0; from < totals.count; from += unitsBetweenPauses) {
    if (from > 0) await new Promise(setImmediate)
    const to = Math.min(from + unitsBetweenPauses, totals.count)
    for (const scan of scans) scan.pass(from, to)
  }
  return scans.map(({ days, extremes }) => ({ days, extremes }))
}

/** First day of exposure whose units do not count yet; Infinity where every unit counts at once. */
export function firstOpenDay(maturesAfter: number | undefined, until: number): number {
  return maturesAfter === undefined ? Number.POSITIVE_INFINITY : dayOf(until - maturesAfter)
}

class MetricScan {
  readonly days = new Map<number, CrossMoments>()
  readonly extremes: VariantExtremes[]
  readonly #totals: ExperimentTotals
  readonly #request: ScanRequest
  readonly #outcomes: Float64Array
  readonly #firstOpenDay: number

  constructor(totals: ExperimentTotals, request: ScanRequest, until: number) {
    this.#totals = totals
    this.#request = request
    const plan = totals.plan.metrics[request.metric]
    this.#outcomes = new Float64Array(plan?.outcomes ?? 1)
    this.#firstOpenDay = firstOpenDay(plan?.maturesAfter, until)
    this.extremes = totals
      .summaries(request.metric, until)
      .map(({ units, mean }) => new VariantExtremes(units, mean))
  }

  pass(from: number, to: number): void {
    const totals = this.#totals
    const outcomes = this.#outcomes
    const { metric, byDay } = this.#request
    let moments: CrossMoments | undefined
    let lastDay = Number.NaN
    for (let slot = from; slot < to; slot++) {
      if (!totals.readOutcomes(metric, slot, outcomes)) continue
      const day = dayOf(totals.exposedAt[slot] as number)
      if (day >= this.#firstOpenDay) continue
      if (!moments || (byDay && day !== lastDay)) moments = this.#momentsOf(byDay ? day : 0)
      lastDay = day
      const variant = totals.variantOf(slot)
      moments.add(variant, outcomes, 1)
      this.extremes[variant]?.add(outcomes)
    }
  }

  #momentsOf(day: number): CrossMoments {
    const known = this.days.get(day)
    if (known) return known
    const moments = new CrossMoments(this.#totals.variants, this.#outcomes.length)
    this.days.set(day, moments)
    return moments
  }
}

/**
 * Without a unit (x, y) the ratio R = X / Y of a variant becomes (X − x) / (Y − y), which moves it by
 * −(x − R·y) / (Y − y); for a mean y is 1 and the order of the units is that of their x.
 */
class VariantExtremes implements Extremes {
  readonly largest: Largest
  absoluteTotal = 0
  readonly #ratio: number
  readonly #denominator: number
  #highest = Number.NEGATIVE_INFINITY
  #lowest = Number.POSITIVE_INFINITY
  readonly #highestOutcomes = new Float64Array(2)
  readonly #lowestOutcomes = new Float64Array(2)

  /** From what is known before the pass: a ratio's units are ordered by it, and exactly when nothing changes meanwhile. */
  constructor(units: number, [numerator = 0, denominator = 0]: readonly number[]) {
    this.largest = new Largest(Math.max(1, hundredth(units)))
    this.#ratio = denominator === 0 ? 0 : numerator / denominator
    this.#denominator = units * denominator
  }

  get candidates(): readonly Float64Array[] {
    return [
      ...(this.#highest > Number.NEGATIVE_INFINITY ? [this.#highestOutcomes] : []),
      ...(this.#lowest < Number.POSITIVE_INFINITY ? [this.#lowestOutcomes] : []),
    ]
  }

  add(outcomes: Float64Array): void {
    const x = outcomes[0] as number
    const size = Math.abs(x)
    this.absoluteTotal += size
    this.largest.add(size)
    const push = outcomes.length === 1 ? x : this.#pushOf(x, outcomes[1] as number)
    if (push > this.#highest && push < Number.POSITIVE_INFINITY) {
      this.#highest = push
      this.#highestOutcomes.set(outcomes)
    }
    if (push < this.#lowest && push > Number.NEGATIVE_INFINITY) {
      this.#lowest = push
      this.#lowestOutcomes.set(outcomes)
    }
  }

  #pushOf(x: number, y: number): number {
    return (x - this.#ratio * y) / (this.#denominator - y)
  }
}

/** How many units are the largest hundredth of so many. */
export function hundredth(units: number): number {
  return Math.ceil(units / 100)
}
