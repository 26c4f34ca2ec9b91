import type { MetricSummary, PlannedLook } from '../../../packages/engine/src/estimator.ts'
import { DEFAULT_ANALYSIS_SETTINGS } from '../../../packages/engine/src/experiment.ts'
import { type LookTaken, plannedLook } from '../../../packages/engine/src/planned-looks.ts'
import type { Random } from '../../../packages/engine/src/random.ts'
import type { Population } from './population.ts'

/** When a simulated experiment is looked at, and what it was planned with. */
export interface LookPlan {
  /** In words, for the table. */
  readonly name: string
  /** Units of each variant at each look, ascending. */
  readonly unitsPerVariant: readonly number[]
  /** Units of each variant that were planned; beyond them no look is planned. */
  readonly plannedUnits: number
}

function evenly(name: string, looks: number, units: number): LookPlan {
  return {
    name,
    unitsPerVariant: Array.from({ length: looks }, (_, i) => (i + 1) * units),
    plannedUnits: looks * units,
  }
}

export const DAYS = 28
export const UNITS_PER_DAY = 100

export const DAILY = evenly(`${DAYS} daily looks, ${UNITS_PER_DAY} units a day`, DAYS, UNITS_PER_DAY)
export const CONTINUOUS = evenly('a look every 20 units of both, to 4,000', 200, 10)

export interface Look {
  readonly control: MetricSummary
  readonly treatment: MetricSummary
  readonly unitsPerVariant: number
  /** The planned look that has come with it, as the engine finds it: the first at which its share is there. */
  readonly planned: PlannedLook | undefined
}

/** Lets units come in and shows every look, until the visitor has seen enough. */
export function eachLook(
  population: Population,
  effect: number,
  plan: LookPlan,
  random: Random,
  visit: (look: Look) => boolean,
): void {
  const [control, treatment] = [population.arm(0), population.arm(effect)]
  const planned = plannedLooks(plan)
  let units = 0
  for (const [i, wanted] of plan.unitsPerVariant.entries()) {
    control.add(wanted - units, random)
    treatment.add(wanted - units, random)
    units = wanted
    const goesOn = visit({
      control: control.summary(),
      treatment: treatment.summary(),
      unitsPerVariant: units,
      planned: planned[i],
    })
    if (!goesOn) return
  }
}

const known = new Map<LookPlan, readonly (PlannedLook | undefined)[]>()

function plannedLooks(plan: LookPlan): readonly (PlannedLook | undefined)[] {
  const found = known.get(plan) ?? computePlannedLooks(plan)
  known.set(plan, found)
  return found
}

function computePlannedLooks({ unitsPerVariant, plannedUnits }: LookPlan): (PlannedLook | undefined)[] {
  const { looks } = DEFAULT_ANALYSIS_SETTINGS
  const taken: LookTaken[] = []
  let next = 1
  return unitsPerVariant.map((units, at) => {
    if (next > looks || units < (plannedUnits * next) / looks) return undefined
    while (next <= looks && units >= (plannedUnits * next) / looks) next++
    taken.push({ at, informationFraction: units / plannedUnits })
    return plannedLook(DEFAULT_ANALYSIS_SETTINGS, [...taken])
  })
}
