import type { Comparison, Estimator } from '../../packages/engine/src/estimator.ts'
import { Random } from '../../packages/engine/src/random.ts'
import { contendersFor } from './contenders.ts'
import { type Population, SimulatedArm } from './population.ts'
import type { Range, Rate } from './rate.ts'

export interface OneLookPlan {
  readonly populations: readonly Population[]
  readonly unitsPerVariant: number
  readonly experiments: number
  readonly alpha: number
  readonly seed: number
  readonly onProgress?: () => void
}

/** What one look at the end shows of methods that allow one look. */
export interface OneLookRates {
  /** Share of experiments without a difference in which one was found. */
  readonly falsePositives: readonly Rate[]
  /** Share of intervals that hold the true difference, absolute and relative. */
  readonly absoluteCoverage: readonly Rate[]
  readonly relativeCoverage: readonly Rate[]
}

/** Effect that is there when coverage is measured. */
const EFFECT = 0.1

/** Intervals and tests rest on the normal approximation, which a skewed sample reaches slowly. */
const FALSE_POSITIVES: Range = { low: 0.03, high: 0.055 }
const COVERAGE: Range = { low: 0.935, high: 0.97 }

export function simulateOneLook(plan: OneLookPlan): OneLookRates {
  const rates = {
    falsePositives: [] as Rate[],
    absoluteCoverage: [] as Rate[],
    relativeCoverage: [] as Rate[],
  }
  for (const population of plan.populations) {
    const estimators = contendersFor(population, 'fixed-horizon')
    const tallies = estimators.map(() => new Tally())
    for (const effect of [0, EFFECT]) simulate(plan, population, estimators, tallies, effect)
    for (const [i, estimator] of estimators.entries()) {
      const tally = tallies[i] as Tally
      const head = {
        method: estimator.name,
        population: population.name,
        sample: plan.unitsPerVariant.toLocaleString('en'),
      }
      rates.falsePositives.push({ ...head, ...tally.falsePositives, allowed: FALSE_POSITIVES })
      rates.absoluteCoverage.push({ ...head, ...tally.absolute, allowed: COVERAGE })
      rates.relativeCoverage.push({ ...head, ...tally.relative, allowed: COVERAGE })
    }
  }
  return rates
}

function simulate(
  { unitsPerVariant, experiments, alpha, seed, onProgress }: OneLookPlan,
  population: Population,
  estimators: readonly Estimator[],
  tallies: readonly Tally[],
  effect: number,
): void {
  const random = new Random(seed).split(`${population.name}/${effect}`)
  for (let i = 0; i < experiments; i++) {
    const control = new SimulatedArm(population, 0)
    const treatment = new SimulatedArm(population, effect)
    control.add(unitsPerVariant, random)
    treatment.add(unitsPerVariant, random)
    const [a, b] = [control.summary(), treatment.summary()]
    for (const [j, estimator] of estimators.entries())
      tallies[j]?.count(estimator.compare(a, b, { alpha }), effect, population.value)
    onProgress?.()
  }
}

/** Counts what a method said. What it could not compute counts as no finding, and not for coverage. */
class Tally {
  readonly falsePositives = { experiments: 0, happened: 0 }
  readonly absolute = { experiments: 0, happened: 0 }
  readonly relative = { experiments: 0, happened: 0 }

  count(comparison: Comparison, effect: number, value: number): void {
    if (effect === 0) {
      this.falsePositives.experiments++
      if (comparison.status === 'ok' && comparison.pValue < comparison.alpha) this.falsePositives.happened++
      return
    }
    if (comparison.status !== 'ok') return
    countCovered(this.absolute, comparison.absolute, effect * value)
    if (comparison.relative.status === 'ok') countCovered(this.relative, comparison.relative, effect)
  }
}

function countCovered(
  tally: { experiments: number; happened: number },
  { low, high }: { readonly low: number; readonly high: number },
  truth: number,
): void {
  tally.experiments++
  if (low <= truth && truth <= high) tally.happened++
}
