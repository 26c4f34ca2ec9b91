import {
  type Attributes,
  type CompiledExperiment,
  compileExperiment,
  type Decision,
  decide,
} from '@helios/sdk'
import { HeliosError } from './errors.ts'
import { definitionOf, type Experiment } from './experiment.ts'
import { isUnitName, MAXIMUM_UNIT_LENGTH } from './unit.ts'

export interface DecisionRequest {
  readonly unit: string
  /** Facts about the unit at this moment, for audience conditions. */
  readonly context?: Attributes
  /** Variant to show whatever the draw says, for quality assurance; never analysed. */
  readonly forced?: string
}

/** Which variant did a unit meet first? Undefined when it met none. */
export type StickyLookup = (experiment: string, unit: string) => string | undefined

/** Decides in this process with the code that clients run, from definitions compiled once per version. */
export class Decider {
  readonly #compiled = new Map<string, CompiledExperiment>()
  readonly #stickyVariant: StickyLookup

  constructor(stickyVariant: StickyLookup) {
    this.#stickyVariant = stickyVariant
  }

  learn(experiment: Experiment): void {
    this.#compiled.set(experiment.key, compileExperiment(definitionOf(experiment)))
  }

  /** Synchronous, no I/O. Throws HEL_EXPERIMENT_NOT_FOUND, HEL_UNIT_INVALID. */
  decide(key: string, { unit, context, forced }: DecisionRequest): Decision {
    const compiled = this.#compiled.get(key)
    if (!compiled) throw new HeliosError('HEL_EXPERIMENT_NOT_FOUND', { key })
    if (!isUnitName(unit) || unit.length > MAXIMUM_UNIT_LENGTH) throw new HeliosError('HEL_UNIT_INVALID')
    const sticky = compiled.definition.sticky ? this.#stickyVariant(key, unit) : undefined
    return decide(compiled, unit, {
      ...(context === undefined ? {} : { attributes: context }),
      ...(forced === undefined ? {} : { forced }),
      ...(sticky === undefined ? {} : { sticky }),
    })
  }
}
