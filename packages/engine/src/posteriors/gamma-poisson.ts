import type { MetricSummary } from '../estimator.ts'
import type { ModelledVariants, PosteriorModel, PosteriorSettings, VariantPosterior } from '../posterior.ts'
import { gammaInterval } from '../statistics/bayesian/arm-intervals.ts'
import { bestGamma } from '../statistics/bayesian/best-of-many.ts'
import type { EffectDistribution } from '../statistics/bayesian/effect.ts'
import { gammaEffect } from '../statistics/bayesian/effect-distribution.ts'
import { effectInterval, probabilityWithin } from '../statistics/bayesian/effect-intervals.ts'
import { type GammaDistribution, gammaPosterior } from '../statistics/bayesian/posterior.ts'

/**
 * Events per unit, Poisson distributed about a rate with a gamma prior: worth one unit at the mean over all units. Counts
 * that vary more than a Poisson count (variance above the mean) make it too sure. Only for metrics that are to increase.
 *
 * Source: Gelman et al. 2013, Bayesian Data Analysis, section 2.6.
 */
export const gammaPoisson: PosteriorModel = { name: 'gamma-poisson', metricKinds: ['count'], describe }

function describe(
  summaries: readonly MetricSummary[],
  control: number,
  settings: PosteriorSettings,
): ModelledVariants | undefined {
  const exposures = summaries.map(({ units }) => units)
  const events = summaries.map(({ units, mean }) => Math.round(units * (mean[0] ?? Number.NaN)))
  const mean = sum(events) / sum(exposures)
  if (summaries.length < 2 || !exposures.every((units) => units >= 2) || !(mean > 0)) return undefined
  const prior = { shape: mean, rate: 1 }
  const arms = events.map((count, i) =>
    gammaPosterior({ events: count, exposure: exposures[i] as number }, prior),
  )
  const base = arms[control] as GammaDistribution
  const isLess = settings.direction === 'decrease'
  const { chances, expectedLosses } = bestGamma(arms)
  if (isLess || chances.some(Number.isNaN)) return undefined
  return {
    method: `gamma-poisson, prior Gamma(${mean.toPrecision(3)}, 1)`,
    variants: arms.map((arm, i) => ({
      value: { estimate: arm.shape / arm.rate, ...gammaInterval(arm, settings.alpha) },
      probabilityBest: chances[i] ?? Number.NaN,
      expectedLoss: expectedLosses[i] ?? Number.NaN,
      ...(i === control ? {} : { comparison: compare(base, arm, settings) }),
    })),
  }
}

function compare(
  control: GammaDistribution,
  treatment: GammaDistribution,
  { alpha, practicalEquivalence }: PosteriorSettings,
): NonNullable<VariantPosterior['comparison']> {
  const difference = gammaEffect(control, treatment, 'difference')
  const lift = gammaEffect(control, treatment, 'lift')
  return {
    chanceToBeatControl: difference ? 1 - difference.cdf(0) : Number.NaN,
    absolute: intervalOf(difference, alpha),
    relative: lift ? intervalOf(lift, alpha) : null,
    chanceOfEquivalence: lift
      ? probabilityWithin(lift, { low: -practicalEquivalence, high: practicalEquivalence })
      : null,
  }
}

function intervalOf(effect: EffectDistribution | undefined, alpha: number) {
  if (!effect) return { estimate: Number.NaN, low: Number.NaN, high: Number.NaN }
  return { estimate: effect.atScale(effect.centre), ...effectInterval(effect, alpha) }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
