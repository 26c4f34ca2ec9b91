import type { MetricSummary } from '../estimator.ts'
import type { ModelledVariants, PosteriorModel, PosteriorSettings, VariantPosterior } from '../posterior.ts'
import { betaInterval } from '../statistics/bayesian/arm-intervals.ts'
import { bestBeta } from '../statistics/bayesian/best-of-many.ts'
import type { EffectDistribution } from '../statistics/bayesian/effect.ts'
import {
  type TabulatedBeta,
  tabulatedBeta,
  tabulatedBetaEffect,
} from '../statistics/bayesian/effect-distribution.ts'
import { effectInterval, probabilityWithin } from '../statistics/bayesian/effect-intervals.ts'
import { type BetaDistribution, betaPosterior } from '../statistics/bayesian/posterior.ts'
import { binarySample } from '../statistics/effects/proportion-effect.ts'

/**
 * Shares of units that succeed, each with a uniform prior and so a beta posterior. Chances, losses and intervals by
 * quadrature, exact to 1e-9 at least.
 *
 * Source: Gelman et al. 2013, Bayesian Data Analysis, section 2.4; Stucchio 2015, Bayesian A/B testing at VWO.
 */
export const betaBinomial: PosteriorModel = {
  name: 'beta-binomial',
  metricKinds: ['proportion', 'retention'],
  describe,
}

function describe(
  summaries: readonly MetricSummary[],
  control: number,
  settings: PosteriorSettings,
): ModelledVariants | undefined {
  const arms = summaries.map(armOf)
  if (!arms.every((arm) => arm !== undefined) || arms.length < 2) return undefined
  const isLess = settings.direction === 'decrease'
  const { chances, expectedLosses } = bestBeta(isLess ? arms.map(mirrored) : arms)
  const tables = arms.map(tabulatedBeta)
  const base = tables[control]
  return {
    method: 'beta-binomial, prior Beta(1, 1)',
    variants: arms.map((arm, i) => ({
      value: { estimate: arm.a / (arm.a + arm.b), ...betaInterval(arm, settings.alpha) },
      probabilityBest: chances[i] ?? Number.NaN,
      expectedLoss: expectedLosses[i] ?? Number.NaN,
      ...comparisonOf(i === control ? undefined : tables[i], base, settings),
    })),
  }
}

function comparisonOf(
  treatment: TabulatedBeta | undefined,
  control: TabulatedBeta | undefined,
  { alpha, direction, practicalEquivalence }: PosteriorSettings,
): Pick<VariantPosterior, 'comparison'> {
  if (!treatment || !control) return {}
  const difference = tabulatedBetaEffect(control, treatment, 'difference')
  const lift = tabulatedBetaEffect(control, treatment, 'lift')
  const chanceOfLess = difference.cdf(0)
  return {
    comparison: {
      chanceToBeatControl: direction === 'increase' ? 1 - chanceOfLess : chanceOfLess,
      absolute: intervalOf(difference, alpha),
      relative: intervalOf(lift, alpha),
      chanceOfEquivalence: probabilityWithin(lift, {
        low: -practicalEquivalence,
        high: practicalEquivalence,
      }),
    },
  }
}

function intervalOf(effect: EffectDistribution, alpha: number) {
  return { estimate: effect.atScale(effect.centre), ...effectInterval(effect, alpha) }
}

function armOf(summary: MetricSummary): BetaDistribution | undefined {
  const sample = summary.units >= 2 ? binarySample(summary) : undefined
  return sample && betaPosterior({ conversions: sample.successes, units: sample.trials })
}

/** The share that does not succeed: best is who has the most of it. */
function mirrored({ a, b }: BetaDistribution): BetaDistribution {
  return { a: b, b: a }
}
