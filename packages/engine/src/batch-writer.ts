import { type Combination, combinationText } from './dimensions.ts'
import { type EventBatch, IDENTITY, OUTCOME } from './event-batch.ts'
import type { CheckedEvent } from './ingestion/check-event.ts'
import type { Projection } from './projection/projection.ts'

/** Names beyond which new combinations of dimension values are no longer told apart, to bound the memory. */
export const MOST_NAMES = 250_000

/** Adds an accepted event to a batch, with the texts behind its integers where they are new. */
export function writeEvent(event: CheckedEvent, batch: EventBatch, projection: Projection): void {
  const { id, at } = event
  const unit = unitId(event.unit, batch, projection)
  if (event.kind === IDENTITY) {
    batch.addIdentity(id, at, unit, unitId(event.subject, batch, projection))
    return
  }
  const subject = nameId(event.subject, batch, projection)
  if (event.kind === OUTCOME) {
    batch.addOutcome(id, at, unit, subject, event.value)
    return
  }
  const { variant, version, propensity, policyVersion } = event
  const combination = combinationId(event, batch, projection)
  const exposure = { id, at, unit, experiment: subject, variant, version, propensity, policyVersion }
  batch.addExposure({ ...exposure, combination })
}

function unitId(unit: string, batch: EventBatch, projection: Projection): number {
  const id = projection.units.intern(unit)
  if (id === batch.firstNewUnit + batch.newUnits.length) batch.newUnits.push(unit)
  return id
}

function nameId(name: string, batch: EventBatch, projection: Projection): number {
  const id = projection.nameId(name)
  if (id === batch.firstNewName + batch.newNames.length) batch.newNames.push(name)
  return id
}

/**
 * Name of the combination plus one, or 0. Values that would be counted in the rest of their dimension anyway
 * are not told apart: a dimension with a value per unit must not make a name per unit.
 */
function combinationId(
  { subject, combination }: CheckedEvent,
  batch: EventBatch,
  projection: Projection,
): number {
  if (combination.length === 0) return 0
  const segments = projection.totalsOf(subject)?.segments
  const isRest = (name: string, value: string | null) =>
    value !== null && segments?.isBeyond(name, value) === true
  const kept: Combination = combination.map(([name, value]) => [name, isRest(name, value) ? null : value])
  const text = combinationText(kept)
  const isFull = projection.nameCount >= MOST_NAMES && !projection.isKnownName(text)
  const written = isFull ? combinationText(combination.map(([name]) => [name, null])) : text
  return nameId(written, batch, projection) + 1
}
