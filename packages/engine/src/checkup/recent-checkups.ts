import { dayOf } from '../clock.ts'
import type { Experiment } from '../experiment.ts'
import type { ExperimentTotals } from '../projection/experiment-totals.ts'
import type { Checkup } from '../trust/evidence.ts'
import { checkupOf } from './checkup.ts'
import type { CheckupQuestion } from './question.ts'

/** A checkup this young is given again, whatever came since. */
const MINIMUM_AGE_MILLISECONDS = 60_000

interface Entry {
  readonly experiment: Experiment
  readonly changes: number
  readonly at: number
  readonly checkup: Promise<Checkup>
}

/**
 * Checkups, each kept until the units changed and at least a minute went by, or the experiment did. Those who ask
 * while one is being taken get that one. A new day closes windows: then it is taken anew also without a change.
 */
export class RecentCheckups {
  readonly #entries = new WeakMap<ExperimentTotals, Entry>()

  of(question: CheckupQuestion & { readonly experiment: Experiment }): Promise<Checkup> {
    const { totals, experiment, now } = question
    const entry = this.#entries.get(totals)
    if (entry?.experiment === experiment && isCurrent(entry, totals, now)) return entry.checkup
    const checkup = checkupOf(question)
    this.#entries.set(totals, { experiment, changes: totals.changes, at: now, checkup })
    checkup.catch(() => this.#entries.delete(totals))
    return checkup
  }
}

function isCurrent({ changes, at }: Entry, totals: ExperimentTotals, now: number): boolean {
  return now - at < MINIMUM_AGE_MILLISECONDS || (changes === totals.changes && dayOf(at) === dayOf(now))
}
