import type { Estimator, EstimatorSettings } from '../../packages/engine/src/estimator.ts'
import { Random } from '../../packages/engine/src/random.ts'
import { type Population, SimulatedArm } from './population.ts'

/** When a simulated experiment is looked at, and what it was planned with. */
export interface LookPlan {
  /** In words, for the table. */
  readonly name: string
  /** Units of each variant at each look, ascending. */
  readonly unitsPerVariant: readonly number[]
}

export interface ManyLooksPlan {
  readonly population: Population
  readonly looks: LookPlan
  readonly experiments: number
  readonly alpha: number
  readonly seed: number
  /** Relative difference that is there. */
  readonly effect: number
  readonly onProgress?: () => void
}

/** A rule that says at a look whether there is a difference. */
export interface LookingRule {
  readonly name: string
  /** @param settings with the planned units, as an experiment has them */
  finds(
    control: ReturnType<SimulatedArm['summary']>,
    treatment: ReturnType<SimulatedArm['summary']>,
    settings: EstimatorSettings,
    look: number,
  ): boolean
}

/** What became of one rule. */
export interface Findings {
  readonly rule: string
  readonly experiments: number
  /** Experiments in which it said so at one look at least. */
  readonly found: number
  /** Units per variant at the first look that said so, of those that did; ascending. */
  readonly unitsWhenFound: readonly number[]
}

/** The rule that a method of inference makes: p below alpha. */
export function ruleOf(estimator: Estimator): LookingRule {
  return {
    name: estimator.name,
    finds: (control, treatment, settings) => {
      const comparison = estimator.compare(control, treatment, settings)
      return comparison.status === 'ok' && comparison.pValue < settings.alpha
    },
  }
}

/** Looks at simulated experiments again and again; every rule sees the same units. */
export function simulateManyLooks(plan: ManyLooksPlan, rules: readonly LookingRule[]): Findings[] {
  const { population, looks, experiments, alpha, seed, effect } = plan
  const random = new Random(seed).split(`${population.name}/${looks.name}/${effect}`)
  const found = rules.map(() => [] as number[])
  const settings: EstimatorSettings = { alpha, plannedUnits: 2 * (looks.unitsPerVariant.at(-1) ?? 0) }
  for (let i = 0; i < experiments; i++) {
    lookOnce(plan, rules, found, settings, random)
    plan.onProgress?.()
  }
  return rules.map(({ name }, j) => ({
    rule: name,
    experiments,
    found: found[j]?.length ?? 0,
    unitsWhenFound: (found[j] ?? []).toSorted((a, b) => a - b),
  }))
}

function lookOnce(
  { population, looks, effect }: ManyLooksPlan,
  rules: readonly LookingRule[],
  found: readonly number[][],
  settings: EstimatorSettings,
  random: Random,
): void {
  const control = new SimulatedArm(population, 0)
  const treatment = new SimulatedArm(population, effect)
  const undecided = new Set(rules.keys())
  let units = 0
  for (const [look, wanted] of looks.unitsPerVariant.entries()) {
    control.add(wanted - units, random)
    treatment.add(wanted - units, random)
    units = wanted
    const [a, b] = [control.summary(), treatment.summary()]
    for (const j of undecided) {
      if (!rules[j]?.finds(a, b, settings, look)) continue
      found[j]?.push(units)
      undecided.delete(j)
    }
    if (undecided.size === 0) return
  }
}
