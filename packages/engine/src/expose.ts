import { type Decision, type ExposureEvent, uuidv7 } from '@helios/sdk'

/** The event that says that a decision was used; undefined when using it is no exposure. */
export function exposureOf(decision: Decision, now: number): ExposureEvent | undefined {
  if (!decision.tracked) return undefined
  const { experiment, variant, unit, version, propensity, policyVersion, dimensions } = decision
  return {
    type: 'exposure',
    id: uuidv7(now),
    experiment,
    variant,
    unit,
    version,
    propensity,
    at: now,
    ...(policyVersion === undefined ? {} : { policyVersion }),
    ...(dimensions === undefined ? {} : { dimensions }),
  }
}
