import {
  type PowerSought,
  powerAtEnd,
  unitsStillNeeded,
} from '../../packages/engine/src/statistics/design/remaining-units.ts'
import { approximateRhoSquared } from '../../packages/engine/src/statistics/sequential/asymptotic-confidence-sequence.ts'
import { mixtureRadius } from '../../packages/engine/src/statistics/sequential/normal-mixture.ts'
import type { PowerCase } from './golden.ts'
import { meanEffect } from './moments.ts'
import { isNear, type Outcome, wrong } from './outcome.ts'

/** Their search stops when the power is so near to the one sought. */
const POWER_TOLERANCE = 1e-5

/** How many units an experiment under way still needs for its relative effect. */
export function checkPower({ a, b, moments, config, result }: PowerCase): Outcome {
  if (config.prior_effect?.proper) return wrong('the power of a Bayesian test is not compared')
  const { units, standardError } = meanEffect(a, b, { difference_type: 'relative', alpha: ALPHA })
  const errorOfError = Math.abs(standardError - moments.standard_error) / moments.standard_error
  const problems = isNear(standardError, moments.standard_error) ? [] : [`standard error: ${standardError}`]
  const experiment = { units, standardError }
  const sought = soughtBy(config)
  const ours = unitsStillNeeded(experiment, sought)
  const factor = result.scaling_factor ?? Number.NaN
  if (factor === 0 && ours === 0) return { worstError: errorOfError, deviations: [], problems }
  const reached = powerAtEnd(experiment, sought, units * (1 + factor))
  const isReached =
    Math.abs(reached - sought.power) <= POWER_TOLERANCE &&
    isNear(factor * units, result.additional_users ?? Number.NaN)
  if (!isReached || !(ours > 0))
    problems.push(`additional users: ${ours} instead of ${result.additional_users}`)
  return { worstError: errorOfError, deviations: ['bisected sample size'], problems }
}

const ALPHA = 0.05

/** A power that all metrics reach together if they are independent; alpha is shared out only where p-values are corrected. */
function soughtBy(config: PowerCase['config']): PowerSought {
  const comparisons = config.p_value_corrected ? (config.num_variations - 1) * config.num_goal_metrics : 1
  const alpha = ALPHA / comparisons
  const rhoSquared = approximateRhoSquared({ alpha, units: config.sequential_tuning_parameter })
  return {
    effect: Math.abs(config.target_mde),
    alpha,
    power: config.target_power ** (1 / config.num_goal_metrics),
    ...(config.sequential ? { criticalAt: (units: number) => mixtureRadius(units * rhoSquared, alpha) } : {}),
  }
}
