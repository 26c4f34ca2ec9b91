import type { Experiment } from './experiment.ts'
import type { LookTaken } from './planned-looks.ts'
import type { ExperimentTotals } from './projection/experiment-totals.ts'

/** A look at a group-sequential test with where its statistics are kept; absent for the present ones. */
export interface KeptLook extends LookTaken {
  readonly checkpoint?: number
}

/**
 * The looks of a group-sequential experiment that have come: each when its equal share of the planned sample was
 * first there, and the end of the experiment if it came before the last. Between looks nothing new is read, so that
 * reading often costs nothing.
 */
export function looksTaken(experiment: Experiment, totals: ExperimentTotals, now: number): KeptLook[] {
  const planned = experiment.minimumSample * experiment.variants.length
  if (!(planned > 0)) return []
  const { looks } = experiment.analysis
  const moments = momentsOf(
    totals,
    Math.min(now, experiment.endedAt ?? now),
    experiment.endedAt !== undefined,
  )
  const taken: KeptLook[] = []
  for (let look = 1; look <= looks; look++) {
    const found = moments.find(({ units }) => units >= (planned * look) / looks)
    if (!found) break
    // One burst of units can reach several shares at once: that is one look.
    if (taken.at(-1)?.at === found.at) taken.pop()
    taken.push(lookOf(found, planned))
  }
  const last = moments.at(-1)
  const isEarlyEnd =
    experiment.endedAt !== undefined && last !== undefined && (taken.at(-1)?.informationFraction ?? 0) < 1
  if (isEarlyEnd && last.at !== taken.at(-1)?.at && last.units > 0) taken.push(lookOf(last, planned))
  return taken
}

interface Moment {
  readonly at: number
  readonly units: number
  readonly checkpoint?: number
}

/**
 * All that is kept, oldest first; and the present, once the interval is over in which the last event happened. Before
 * that it still grows, and would be looked at several times.
 */
function momentsOf({ history, arrivals }: ExperimentTotals, until: number, hasEnded: boolean): Moment[] {
  const past = Array.from({ length: history.count }, (_, checkpoint) => ({
    at: history.at(checkpoint),
    units: history.units(checkpoint),
    checkpoint,
  }))
  const isSettled = hasEnded || history.isCrossedBy(until)
  return isSettled ? [...past, { at: until, units: arrivals.total() }] : past
}

function lookOf({ at, units, checkpoint }: Moment, planned: number): KeptLook {
  return { at, informationFraction: units / planned, ...(checkpoint === undefined ? {} : { checkpoint }) }
}
