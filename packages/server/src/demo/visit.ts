import { type CompiledExperiment, type Decision, decide, type ExposureEvent, uuidv7 } from '@helios/sdk'
import type { TimedEvent } from './due-events.ts'
import { type Random, randomOf } from './random.ts'
import type { Scenario } from './scenario.ts'

export const MINUTE_MILLISECONDS = 60_000

export interface VisitTimes {
  /** When the visitor meets the variant. */
  readonly at: number
  /** Time inside the ids of the events: when the client made them. */
  readonly idTime: number
  /** How much faster than planned the outcomes follow. */
  readonly haste: number
}

/**
 * What one visitor makes happen: the exposure, then the outcomes. Nothing when the visitor takes no part or
 * is lost before the exposure. The same seed, unit, definition and times give the same events.
 */
export function visit(
  scenario: Scenario,
  experiment: CompiledExperiment,
  unit: string,
  seed: number,
  times: VisitTimes,
): TimedEvent[] {
  const random = randomOf(`${seed}/${unit}`)
  const attributes = scenario.attributes(random)
  const decision = decide(experiment, unit, { attributes })
  if (!decision.tracked) return []
  const outcomes = scenario.behaviour({ variant: decision.variant, attributes }, random)
  if (!outcomes) return []
  const events: TimedEvent[] = [{ at: times.at, event: exposureOf(decision, times, random) }]
  for (const { metric, value, afterMinutes } of outcomes) {
    const at = times.at + Math.floor((afterMinutes * MINUTE_MILLISECONDS) / times.haste)
    events.push({ at, event: { id: uuidv7(times.idTime, random), unit, metric, value, at } })
  }
  return events
}

function exposureOf(decision: Decision, { at, idTime }: VisitTimes, random: Random): ExposureEvent {
  const { experiment, variant, unit, version, propensity, policyVersion, dimensions } = decision
  return {
    type: 'exposure',
    id: uuidv7(idTime, random),
    experiment,
    variant,
    unit,
    at,
    version,
    propensity,
    ...(policyVersion === undefined ? {} : { policyVersion }),
    ...(dimensions === undefined ? {} : { dimensions }),
  }
}
