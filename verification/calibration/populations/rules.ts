import type { Comparison, Estimator, EstimatorSettings } from '../../../packages/engine/src/estimator.ts'
import { ALPHA } from '../band.ts'
import { contendersFor } from './contenders.ts'
import type { Look, LookPlan } from './looks.ts'
import type { Population } from './population.ts'

/** A method that is read at many looks. */
export interface Rule {
  readonly name: string
  readonly inference: Estimator['inference']
  /** Undefined where it is not to be read at this look. */
  read(look: Look): Comparison | undefined
}

export function finds(comparison: Comparison | undefined): boolean {
  return comparison?.status === 'ok' && comparison.pValue < ALPHA
}

const SEQUENTIAL = ['always-valid', 'mixture-sprt', 'group-sequential'] as const

/** All methods of an analysis that may be read at many looks. */
export function sequentialRules(population: Population, plan: LookPlan): Rule[] {
  return SEQUENTIAL.flatMap((inference) =>
    contendersFor(population, inference).map((estimator) => ruleOf(estimator, plan)),
  )
}

export function ruleOf(
  estimator: Estimator,
  { plannedUnits }: LookPlan,
  more: { readonly name?: string; readonly settings?: Partial<EstimatorSettings> } = {},
): Rule {
  const settings: EstimatorSettings = { alpha: ALPHA, plannedUnits: 2 * plannedUnits, ...more.settings }
  const { inference } = estimator
  const name = more.name ?? estimator.name
  if (inference !== 'group-sequential') {
    return {
      name,
      inference,
      read: ({ control, treatment }) => estimator.compare(control, treatment, settings),
    }
  }
  return {
    name,
    inference,
    read: ({ control, treatment, planned }) =>
      planned && estimator.compare(control, treatment, { ...settings, look: planned }),
  }
}
