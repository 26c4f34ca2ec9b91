import type { DecideOptions } from '../evaluate.ts'
import type { Decision } from '../wire.ts'
import { checkName } from './calls.ts'
import type { Definitions } from './definitions.ts'
import type { Overrides } from './overrides.ts'
import type { RememberedVariants } from './remembered-variants.ts'
import type { DecisionOptions, FallbackDecision } from './types.ts'

export type Decide = (
  experiment: string,
  options: DecisionOptions<unknown>,
) => Decision | FallbackDecision<unknown>

/** Decides by the definitions at hand, what the unit met before, and what somebody wants to see. */
export function createDecide(
  definitions: Definitions,
  remembered: RememberedVariants,
  overrides: Overrides,
): Decide {
  return (experiment, options) => {
    const { unit, attributes, forced } = options
    checkName(unit)
    const compiled = definitions.find(experiment)
    if (!compiled) {
      const isReady = definitions.state() !== 'offline'
      return fallbackDecision(experiment, options, isReady ? 'unknown-experiment' : 'not-ready')
    }
    const before = remembered.find(unit, experiment)
    const wanted = forced ?? overrides.find(experiment)
    return compiled.decide(unit, { ...before, attributes, forced: wanted } as DecideOptions)
  }
}

export function fallbackDecision(
  experiment: string,
  { unit, fallback = null }: DecisionOptions<unknown>,
  reason: FallbackDecision['reason'],
): FallbackDecision<unknown> {
  return { experiment, unit, variant: undefined, payload: fallback, reason, tracked: false }
}
