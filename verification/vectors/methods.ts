import { bayesian } from './methods/bayesian.ts'
import { design } from './methods/design.ts'
import { distributions } from './methods/distributions.ts'
import { effectSizes } from './methods/effect-sizes.ts'
import { factorial } from './methods/factorial.ts'
import { forecasting } from './methods/forecasting.ts'
import { heterogeneity } from './methods/heterogeneity.ts'
import { hypothesisTests } from './methods/hypothesis-tests.ts'
import { intervals } from './methods/intervals.ts'
import { metrics } from './methods/metrics.ts'
import { multiplicity } from './methods/multiplicity.ts'
import { observational } from './methods/observational.ts'
import { offPolicy } from './methods/off-policy.ts'
import { regression } from './methods/regression.ts'
import { resampling } from './methods/resampling.ts'
import { sequential } from './methods/sequential.ts'
import type { VectorMethods } from './vector-method.ts'

/** Every method whose reference values can be checked; a family a file. */
export const methods: VectorMethods = {
  ...distributions,
  ...hypothesisTests,
  ...effectSizes,
  ...heterogeneity,
  ...multiplicity,
  ...resampling,
  ...intervals,
  ...metrics,
  ...regression,
  ...factorial,
  ...forecasting,
  ...offPolicy,
  ...observational,
  ...sequential,
  ...bayesian,
  ...design,
}
