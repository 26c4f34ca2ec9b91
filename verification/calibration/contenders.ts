import { DEFAULT_ESTIMATORS } from '../../packages/engine/src/defaults.ts'
import type { Estimator } from '../../packages/engine/src/estimator.ts'
import type { Population } from './population.ts'

/** Estimators that can compare two samples of a population, of one way of looking. */
export function contendersFor(
  { kind, outcomes, components }: Population,
  inference: Estimator['inference'],
): Estimator[] {
  const hasCovariate = components > outcomes
  return DEFAULT_ESTIMATORS.filter(
    (estimator) =>
      estimator.inference === inference &&
      estimator.metricKinds.includes(kind) &&
      (!estimator.usesCovariates || hasCovariate),
  )
}
