import { binomialMass } from '../../../packages/engine/src/statistics/distributions/binomial.ts'
import { poissonMass } from '../../../packages/engine/src/statistics/distributions/poisson.ts'

export interface WeightedCount {
  readonly count: number
  readonly probability: number
}

/** Counts less probable than this are left out; all together that is no more than a rounding error of a result. */
const NEGLIGIBLE = 1e-13

/** Binomial counts with their probabilities. */
export function binomialWindow(trials: number, rate: number): WeightedCount[] {
  return windowOf(trials, (count) => binomialMass(count, trials, rate))
}

/** Poisson counts with their probabilities. */
export function poissonWindow(mean: number): WeightedCount[] {
  return windowOf(Math.ceil(mean + 20 * Math.sqrt(mean) + 20), (count) => poissonMass(count, mean))
}

function windowOf(largest: number, probability: (count: number) => number): WeightedCount[] {
  const all = Array.from({ length: largest + 1 }, (_, count) => ({ count, probability: probability(count) }))
  return all.filter((each) => each.probability > NEGLIGIBLE)
}

/** All pairs of two independent counts. */
export function eachPair(
  first: readonly WeightedCount[],
  second: readonly WeightedCount[],
  visit: (a: number, b: number, probability: number) => void,
): void {
  for (const { count: a, probability: p } of first)
    for (const { count: b, probability: q } of second) visit(a, b, p * q)
}
