import type { MetricSummary } from '../estimator.ts'
import type { ModelledVariants, PosteriorModel, PosteriorSettings, VariantPosterior } from '../posterior.ts'
import { normalInterval } from '../statistics/bayesian/arm-intervals.ts'
import { bestNormal } from '../statistics/bayesian/best-of-many.ts'
import { compareNormals } from '../statistics/bayesian/compare-two.ts'
import type { EffectDistribution } from '../statistics/bayesian/effect.ts'
import { normalEffect } from '../statistics/bayesian/effect-distribution.ts'
import { effectInterval, probabilityWithin } from '../statistics/bayesian/effect-intervals.ts'
import { type NormalDistribution, normalPosterior } from '../statistics/bayesian/posterior.ts'
import { ratioOfTotals } from '../statistics/metrics/ratio-of-totals.ts'

/**
 * Means, ratios and quantiles, each known with a standard error; normal prior and posterior.
 *
 * The prior lies around the mean over all units and expects relative differences of `priorDeviation` between two
 * variants, that is its √½ for each: what experience says of effects, whatever the unit of measure.
 *
 * Source: Gelman et al. 2013, Bayesian Data Analysis, eq. 2.10; a prior on relative effects: Deng 2015,
 * doi:10.1145/2740908.2742563.
 */
export const normalModel: PosteriorModel = {
  name: 'normal',
  metricKinds: ['mean', 'count', 'ratio', 'quantile'],
  describe,
}

interface Known {
  readonly units: number
  readonly estimate: number
  readonly standardError: number
}

function describe(
  summaries: readonly MetricSummary[],
  control: number,
  settings: PosteriorSettings,
): ModelledVariants | undefined {
  const known = summaries.map(knownOf)
  if (known.length < 2 || !known.every(isUsable) || !isOneScale(known)) return undefined
  const prior = priorFor(known, settings.priorDeviation)
  if (!(prior.standardDeviation > SMALLEST)) return undefined
  const arms = known.map((each) => normalPosterior(each, prior))
  const isLess = settings.direction === 'decrease'
  const { chances, expectedLosses } = bestNormal(isLess ? arms.map(negative) : arms)
  const base = arms[control] as NormalDistribution
  return {
    method: `normal, prior of relative effects N(0, ${settings.priorDeviation}²)`,
    variants: arms.map((arm, i) => ({
      value: { estimate: arm.mean, ...normalInterval(arm, settings.alpha) },
      probabilityBest: chances[i] ?? Number.NaN,
      expectedLoss: expectedLosses[i] ?? Number.NaN,
      ...(i === control ? {} : { comparison: compare(base, arm, settings) }),
    })),
  }
}

function compare(
  control: NormalDistribution,
  treatment: NormalDistribution,
  { alpha, direction, practicalEquivalence }: PosteriorSettings,
): NonNullable<VariantPosterior['comparison']> {
  const { chanceToBeatControl, chanceControlBetter } = compareNormals(control, treatment)
  const lift = normalEffect(control, treatment, 'lift')
  const relative = lift ? intervalOf(lift, alpha) : null
  const isRelative = relative !== null && Object.values(relative).every(Number.isFinite)
  return {
    chanceToBeatControl: direction === 'increase' ? chanceToBeatControl : chanceControlBetter,
    absolute: intervalOf(normalEffect(control, treatment, 'difference'), alpha),
    relative: isRelative ? relative : null,
    chanceOfEquivalence:
      lift && isRelative
        ? probabilityWithin(lift, { low: -practicalEquivalence, high: practicalEquivalence })
        : null,
  }
}

function intervalOf(effect: EffectDistribution | undefined, alpha: number) {
  if (!effect) return { estimate: Number.NaN, low: Number.NaN, high: Number.NaN }
  return { estimate: effect.atScale(effect.centre), ...effectInterval(effect, alpha) }
}

function knownOf(summary: MetricSummary): Known {
  const { units, mean, covariance } = summary
  if (mean.length >= 2) {
    const { value, variance } = ratioOfTotals(summary)
    return { units, estimate: value, standardError: Math.sqrt(variance) }
  }
  const variance = (covariance[0]?.[0] ?? Number.NaN) / units
  return { units, estimate: mean[0] ?? Number.NaN, standardError: Math.sqrt(variance) }
}

function isUsable({ units, estimate, standardError }: Known): boolean {
  return units >= 2 && Number.isFinite(estimate) && standardError > 0 && Number.isFinite(standardError)
}

/** Beyond these no measured value lies, and squares leave the range of doubles. */
const SMALLEST = 1e-100
const LARGEST = 1e100
/** Values that are known this many times better than others lie apart are not compared on one grid. */
const WIDEST = 1e9

function isOneScale(known: readonly Known[]): boolean {
  const errors = known.map(({ standardError }) => standardError)
  const reach = Math.max(...known.map(({ estimate, standardError }) => Math.abs(estimate) + standardError))
  return Math.min(...errors) > Math.max(SMALLEST, reach / WIDEST) && reach < LARGEST
}

function priorFor(known: readonly Known[], deviation: number): NormalDistribution {
  const units = known.reduce((sum, each) => sum + each.units, 0)
  const mean = known.reduce((sum, each) => sum + each.estimate * (each.units / units), 0)
  return { mean, standardDeviation: deviation * Math.SQRT1_2 * Math.abs(mean) }
}

function negative({ mean, standardDeviation }: NormalDistribution): NormalDistribution {
  return { mean: -mean, standardDeviation }
}
