import type { Enrolment, Enrolments } from './enrolments.ts'
import type { RecentOutcomes } from './recent-outcomes.ts'
import type { TrackedExperiment } from './tracked-experiment.ts'

interface Stitching {
  readonly tracked: readonly TrackedExperiment[]
  readonly enrolments: Enrolments
  readonly recent: RecentOutcomes
  /** Unit that stays. */
  readonly unit: number
  /** Unit that turns out to be the same one. */
  readonly previous: number
  /** When they became known to be one. */
  readonly at: number
}

/**
 * Two units turn out to be one: what was counted under `previous` counts for `unit`, once. An experiment
 * that had ended before is left as it is.
 */
export function stitch(stitching: Stitching): void {
  const { tracked, enrolments, recent, unit, previous, at } = stitching
  const theirs = new Map(enrolments.of(previous).map(({ experiment, slot }) => [experiment, slot]))
  const ours = new Map(enrolments.of(unit).map(({ experiment, slot }) => [experiment, slot]))
  const left: Enrolment[] = []
  for (const [experiment, slot] of theirs) {
    const known = ours.get(experiment)
    const isFrozen = at > (tracked[experiment] as TrackedExperiment).endedAt
    if (known === undefined) ours.set(experiment, moveOver(stitching, experiment, slot))
    else if (isFrozen) left.push({ experiment, slot })
    else ours.set(experiment, merge(stitching, experiment, known, slot))
  }
  for (const [experiment, slot] of ours) {
    const each = tracked[experiment] as TrackedExperiment
    if (theirs.has(experiment) || at > each.endedAt) continue
    each.totals.advance(at)
    each.observeRecent(recent, previous, slot)
  }
  enrolments.replace(previous, left)
  enrolments.replace(
    unit,
    [...ours].map(([experiment, slot]) => ({ experiment, slot })),
  )
}

/** The unit has no enrolment of its own: it takes the other one's, and its own outcomes count there. */
function moveOver({ tracked, recent, unit, at }: Stitching, experiment: number, slot: number): number {
  const each = tracked[experiment] as TrackedExperiment
  each.totals.unit[slot] = unit
  if (at > each.endedAt) return slot
  each.totals.advance(at)
  each.observeRecent(recent, unit, slot)
  return slot
}

/** Both are enrolled: the earlier exposure stays, and takes over what the later one has counted. */
function merge(
  { tracked, recent, unit, previous, at }: Stitching,
  experiment: number,
  own: number,
  other: number,
): number {
  const each = tracked[experiment] as TrackedExperiment
  const { totals } = each
  const timeOf = (slot: number) => totals.exposedAt[slot] as number
  const isOwnEarlier = timeOf(own) <= timeOf(other)
  const [kept, withdrawn, later] = isOwnEarlier ? [own, other, previous] : [other, own, unit]
  totals.advance(at)
  if (totals.variantOf(kept) !== totals.variantOf(withdrawn) || totals.isCrossed(withdrawn))
    totals.markCrossed(kept)
  totals.unit[kept] = unit
  totals.withdraw(withdrawn)
  totals.amend(kept, () => {
    for (const column of totals.columns) column.absorb(kept, withdrawn)
    each.addUncounted(recent, later, kept, timeOf(kept), timeOf(withdrawn))
  })
  return kept
}
