import type { Clock } from '@helios/engine'
import type { DemoApi } from './api.ts'
import type { DemoClock } from './demo-clock.ts'
import type { DueEvents } from './due-events.ts'
import type { FetchedDefinitions } from './fetched-definitions.ts'
import type { Ledger } from './ledger.ts'
import type { Scenario } from './scenario.ts'

/** What the history and the live traffic work with. */
export interface World {
  readonly scenarios: readonly Scenario[]
  readonly seed: number
  readonly api: DemoApi
  /** The time of the engine, which lies in the past while the history is made. */
  readonly clock: DemoClock
  /** Real time. */
  readonly system: Clock
  readonly definitions: FetchedDefinitions
  readonly due: DueEvents
  readonly ledger: Ledger
  /** Aborted when the traffic has to stop. */
  readonly signal: AbortSignal
}
