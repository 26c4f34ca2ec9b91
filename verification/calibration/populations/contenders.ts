import { DEFAULT_ESTIMATORS } from '../../../packages/engine/src/defaults.ts'
import type { Estimator } from '../../../packages/engine/src/estimator.ts'
import type { Population } from './population.ts'

/** Estimators that can compare two samples of a population, of one way of looking. */
export function contendersFor(
  { kind, hasCovariate = false }: Population,
  inference: Estimator['inference'],
): Estimator[] {
  return DEFAULT_ESTIMATORS.filter(
    (estimator) =>
      estimator.inference === inference &&
      estimator.metricKinds.includes(kind) &&
      (!estimator.usesCovariates || hasCovariate),
  )
}

/** The one that an analysis takes. */
export function contenderFor(population: Population, inference: Estimator['inference']): Estimator {
  const [first] = contendersFor(population, inference)
  if (!first) throw new Error(`There is no ${inference} estimator for ${population.name}.`)
  return first
}
