import type { EventBatch } from '../event-batch.ts'
import type { EventLog } from '../storage.ts'
import type { Projection } from './projection.ts'

const EVENTS_BETWEEN_PAUSES = 50_000

/** Folds the log into a projection from where it stands; other work of the process goes on in between. */
export async function replay(
  events: EventLog,
  projection: Projection,
  onBatch: (batch: EventBatch) => Promise<void> | void = () => {},
): Promise<void> {
  await learnTexts(events, projection)
  let sincePause = 0
  for await (const batch of events.read(projection.position + 1)) {
    await onBatch(batch)
    projection.apply(batch)
    sincePause += batch.length
    if (sincePause < EVENTS_BETWEEN_PAUSES) continue
    sincePause = 0
    await new Promise(setImmediate)
  }
}

/** Integers of units and names mean the same as when they were written only if all are known, in order. */
async function learnTexts(events: EventLog, projection: Projection): Promise<void> {
  for await (const texts of events.units(projection.units.count))
    for (const text of texts) projection.units.intern(text)
  for await (const texts of events.names(projection.nameCount))
    for (const text of texts) projection.nameId(text)
}
