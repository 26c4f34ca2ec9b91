import {
  chancesBestBeta,
  chancesBestNormal,
} from '../../packages/engine/src/statistics/bayesian/best-of-many.ts'
import { compareBetas } from '../../packages/engine/src/statistics/bayesian/compare-two.ts'
import { flooredShares } from '../../packages/engine/src/statistics/bayesian/floored-shares.ts'
import { betaPosterior, normalPosterior } from '../../packages/engine/src/statistics/bayesian/posterior.ts'
import { topTwoAllocation } from '../../packages/engine/src/statistics/bayesian/top-two.ts'
import { chiSquareTails } from '../../packages/engine/src/statistics/distributions/chi-square.ts'
import { sampleRatioTest } from '../../packages/engine/src/statistics/hypothesis-tests/chi-square-tests.ts'
import { fisherExact } from '../../packages/engine/src/statistics/hypothesis-tests/fisher-exact.ts'
import { tInference } from '../../packages/engine/src/statistics/hypothesis-tests/t-inference.ts'
import { miettinenNurminenInterval } from '../../packages/engine/src/statistics/intervals/score-interval.ts'
import { quantileEffect as ourQuantileEffect } from '../../packages/engine/src/statistics/metrics/quantile-effect.ts'
import {
  approximateRhoSquared,
  asymptoticConfidenceSequence,
} from '../../packages/engine/src/statistics/sequential/asymptotic-confidence-sequence.ts'
import { BANDIT_PRIOR, LEAST_SHARE } from './bandits.ts'
import { bayesianAnswer } from './bayesian.ts'
import type { PeerEffect } from './effect.ts'
import type { EffectConfig, Sums } from './golden.ts'
import { meanArm, meanEffect } from './moments.ts'
import { searchedPValue } from './one-sided-search.ts'
import { quantileEffect } from './quantile.ts'

/** One input that the two answer differently. */
export interface Example {
  readonly title: string
  readonly given: string
  readonly theirs: string
  readonly ours: string
  /** Why ours is right. */
  readonly why: string
}

const ALPHA = 0.05
const ABSOLUTE: EffectConfig = { difference_type: 'absolute', alpha: ALPHA }

/** Every number of ours is computed when this is called; of theirs those that follow from their rule. */
export function examples(): Example[] {
  return [
    noConversions(),
    farTail(),
    lostRisk(),
    clippedPValue(),
    searchInUnits(),
    weightlessVariant(),
    absolutePrior(),
    topTwoOfSmallest(),
    drawnBestArm(),
    deadArm(),
    priorInUnits(),
    flooredQuantile(),
  ]
}

function noConversions(): Example {
  const [control, treatment] = [
    { successes: 0, trials: 1000 },
    { successes: 20, trials: 1000 },
  ]
  const { pValue } = fisherExact([
    [0, 1000],
    [20, 980],
  ])
  const { low, high } = miettinenNurminenInterval(control, treatment, ALPHA)
  const { chanceControlBetter } = compareBetas(
    betaPosterior({ conversions: 0, units: 1000 }),
    betaPosterior({ conversions: 20, units: 1000 }),
  )
  return {
    title: 'A control without conversions',
    given: '0 of 1,000 against 20 of 1,000',
    theirs: 'No answer (`ZERO_NEGATIVE_VARIANCE`): effect 0, interval [0, 0], p = 1',
    ours: `Effect 0.02, interval [${fixed(low)}, ${fixed(high)}] (Miettinen–Nurminen), p = ${small(pValue)} (Fisher); chance that the control is better ${small(chanceControlBetter)}`,
    why: 'The counts say a great deal. Only a variance estimated from them says nothing, and exact methods do not need one.',
  }
}

function farTail(): Example {
  const { estimate, standardError, degreesOfFreedom } = meanEffect(share(1000), share(1500), ABSOLUTE)
  const { pValue, log10PValue } = tInference(estimate, standardError, degreesOfFreedom, ALPHA)
  return {
    title: 'A p-value below 1e-16',
    given: '1,000 of 10,000 against 1,500 of 10,000, two-sided',
    theirs: `p = ${2 * (1 - (1 - pValue / 2))}`,
    ours: `p = ${small(pValue)}, log₁₀ p = ${fixed(log10PValue)}`,
    why: 'No data have probability 0. `2 (1 − cdf)` keeps the digits of 1, not those of the tail; corrections for many metrics and meta-analyses need the latter.',
  }
}

function lostRisk(): Example {
  const answer = bayesianAnswer(meanEffect(share(1500), share(1000), ABSOLUTE), ABSOLUTE)
  const [ofControl] = answer.rest['risk'] as readonly number[]
  return {
    title: 'The risk of keeping a control that is clearly better',
    given: '1,500 of 10,000 against 1,000 of 10,000, flat prior',
    theirs: 'Risk of the control = 0',
    ours: `Risk of the control = ${small(ofControl as number)}`,
    why: 'The same rounding, of `1 − cdf` before it is multiplied.',
  }
}

function clippedPValue(): Example {
  const effect = meanEffect(share(500), share(700), ABSOLUTE)
  const [greater, less] = (['greater', 'less'] as const).map((sidedness) => oneSided(effect, sidedness)) as [
    OneSided,
    OneSided,
  ]
  return {
    title: 'A one-sided always-valid p-value',
    given: '500 of 10,000 against 700 of 10,000, tuned to 5,000',
    theirs: `Greater: p = ${fixed(greater.theirs)}. Less: p = ${fixed(less.theirs)}`,
    ours: `Greater: p = ${small(greater.ours)}. Less: p = ${fixed(less.ours)}`,
    why: 'p is the smallest alpha whose interval leaves out 0, and has a closed form; the ends of a search are no p-values.',
  }
}

function searchInUnits(): Example {
  const { theirs, ours } = oneSided(meanEffect(cost(2e-6), cost(2.16e-6), ABSOLUTE), 'greater')
  return {
    title: 'The same on a small scale',
    given: 'Mean cost 2e-6 against 2.16e-6, deviation 2e-6, 5,000 units each, greater',
    theirs: `p = ${fixed(theirs)}`,
    ours: `p = ${fixed(ours)}`,
    why: 'Their search stops once the limit is within 1e-6 of 0 in units of the metric. Here every limit is, so the answer is the first guess, halved, and the same for every such metric.',
  }
}

function weightlessVariant(): Example {
  const observed = [5099, 4901, 0]
  const { statistic, pValue } = sampleRatioTest(observed, [1, 1, 0])
  return {
    title: 'A variant without weight in the check of sample ratios',
    given: '5,099, 4,901 and 0 units with weights 1, 1 and 0',
    theirs: `p = ${fixed(chiSquareTails(statistic, observed.length - 1).upper)}`,
    ours: `p = ${fixed(pValue)}`,
    why: 'A cell that adds nothing to the statistic must add no degree of freedom. Theirs overlooks mismatches after a variant was closed.',
  }
}

function absolutePrior(): Example {
  const prior = { mean: 0, variance: 0.01 ** 2, proper: true }
  const relative: EffectConfig = { difference_type: 'relative', alpha: ALPHA, prior_effect: prior }
  const effect = meanEffect(share(500), share(600), relative)
  const [theirs, ours] = (['relative', 'absolute'] as const).map(
    (prior_type) => bayesianAnswer(effect, { ...relative, prior_type }).expected,
  )
  return {
    title: 'A prior for the difference, and a relative effect',
    given: '500 of 10,000 against 600 of 10,000; prior of the difference: mean 0, deviation 0.01',
    theirs: `Relative effect ${percent(theirs as number)}`,
    ours: `Relative effect ${percent(ours as number)}`,
    why: 'On the relative scale the prior has the deviation 0.01 / 0.05 = 20 %. Theirs means to rescale it but compares an object with a word, so that it counts as one of 1 %.',
  }
}

function topTwoOfSmallest(): Example {
  const arms = [10, 10.2, 10.5].map((mean) => ({ mean: -mean, standardDeviation: 0.3 }))
  const chances = chancesBestNormal(arms)
  // Second and third of three: whoever is not the best.
  const theirs = chances.map((chance) => (1 - chance) / 2)
  return {
    title: 'Top-two weights of a metric to minimise',
    given: 'Means 10, 10.2 and 10.5, each ± 0.3; smallest is best',
    theirs: `Weights ${list(theirs)}`,
    ours: `Weights ${list(topTwoAllocation(chances))}; chances to be best ${list(chances)}`,
    why: 'Theirs reads columns 1 and 2 of the ascending order instead of 0 and 1: the best arm gets least (and two arms are an error). Off by default. Ours is Russo’s allocation.',
  }
}

function drawnBestArm(): Example {
  const counts = [
    [1043, 17749],
    [628, 11885],
    [83, 1417],
    [57, 1203],
    [165, 3915],
    [35, 681],
  ] as const
  const arms = counts.map(([sum, n]) => posteriorOf({ n, sum, sum_squares: sum }))
  return {
    title: 'The chance that an arm is best',
    given: counts.map(([sum, n]) => `${sum} of ${n}`).join(', '),
    theirs: 'With seed 1: 0.4085, 0.0042, 0.4291, 0.0166, 0, 0.1416',
    ours: chancesBestNormal(arms).map(short).join(', '),
    why: 'Theirs counts 10,000 draws and moves with the seed, by ± 0.015; an arm with a small chance gets 0. Ours is an integral over the same normal distributions, to 1e-12.',
  }
}

function deadArm(): Example {
  const theirs = chancesBestNormal([posteriorOf({ n: 1000, sum: 50, sum_squares: 50 }), BANDIT_PRIOR])
  const ours = chancesBestBeta([
    betaPosterior({ conversions: 50, units: 1000 }),
    betaPosterior({ conversions: 0, units: 1000 }),
  ])
  return {
    title: 'A bandit arm without conversions',
    given: '50 of 1,000 and 0 of 1,000',
    theirs: `Weights ${list(flooredShares(theirs, LEAST_SHARE))}, but for the draws`,
    ours: `Weights ${list(flooredShares(ours, LEAST_SHARE))} with the same floor; chance to be best ${small(ours[1] as number)}`,
    why: 'Variance 0 makes theirs forget the data, and the prior has deviation 100: a broken arm keeps half of the traffic for ever. Ours has a beta distribution for each arm.',
  }
}

function priorInUnits(): Example {
  const weightsFor = (unit: number) => {
    const arms = [10, 10.3, 11].map((mean) => ({ estimate: mean * unit, standardError: 0.2 * unit }))
    return flooredShares(
      chancesBestNormal(arms.map((arm) => normalPosterior(arm, BANDIT_PRIOR))),
      LEAST_SHARE,
    )
  }
  const flat = [10, 10.3, 11].map((estimate) => normalPosterior({ estimate, standardError: 0.2 }))
  return {
    title: 'A bandit on revenue in another currency',
    given: 'Means 10, 10.3 and 11, each ± 0.2; the same times 10,000',
    theirs: `Weights ${list(weightsFor(1))}; times 10,000 ${list(weightsFor(1e4))}`,
    ours: `Weights ${list(flooredShares(chancesBestNormal(flat), LEAST_SHARE))} in any unit`,
    why: 'Their prior N(0, 100²) is the same for every metric. In small units of money it outweighs the data.',
  }
}

function flooredQuantile(): Example {
  const [a, b] = [
    { quantile_hat: 0.002, quantile_lower: 0.00199, quantile_upper: 0.00201 },
    { quantile_hat: 0.00205, quantile_lower: 0.00204, quantile_upper: 0.00206 },
  ].map((quantile) => ({ n: 10_000, n_star: 10_000, nu: 0.9, ...quantile })) as [Quantile, Quantile]
  const theirs = quantileEffect(a, b, ABSOLUTE)
  const ours = ourQuantileEffect(estimateOf(a), estimateOf(b), ALPHA)
  const z = (effect: { readonly estimate: number; readonly standardError: number } | undefined) =>
    fixed(effect ? effect.estimate / effect.standardError : Number.NaN)
  return {
    title: 'A quantile of small values',
    given:
      'Ninth decile of a cost, 10,000 values each: 0.002 [0.00199, 0.00201] against 0.00205 [0.00204, 0.00206]',
    theirs: `Effect of ${z(theirs)} standard errors`,
    ours: `Effect of ${z(ours)} standard errors`,
    why: 'Theirs raises every variance to 1e-5, whatever the unit: in thousandths it would not. Ours has no such floor.',
  }
}

type Quantile = Parameters<typeof quantileEffect>[0]

function estimateOf({ quantile_hat, quantile_lower, quantile_upper }: Quantile) {
  return { value: quantile_hat, low: quantile_lower, high: quantile_upper }
}

function posteriorOf(sums: Sums) {
  const { value, variance } = meanArm(sums)
  return normalPosterior({ estimate: value, standardError: Math.sqrt(variance) }, BANDIT_PRIOR)
}

/** 5,000 units with a mean and the standard deviation 2e-6. */
function cost(mean: number): Sums {
  const [n, variance] = [5000, 4e-12]
  return { n, sum: n * mean, sum_squares: (n - 1) * variance + n * mean ** 2 }
}

function share(conversions: number): Sums {
  return { n: 10_000, sum: conversions }
}

interface OneSided {
  readonly theirs: number
  readonly ours: number
}

function oneSided(effect: PeerEffect, sidedness: 'greater' | 'less'): OneSided {
  const rhoSquared = approximateRhoSquared({ alpha: ALPHA, units: 5000, sidedness })
  const at = (alpha: number) => asymptoticConfidenceSequence(effect, { alpha, rhoSquared, sidedness })
  return {
    theirs: searchedPValue((alpha) => (sidedness === 'greater' ? at(alpha).low : -at(alpha).high)),
    ours: at(ALPHA).pValue,
  }
}

function fixed(value: number): string {
  return String(Number(value.toPrecision(4))).replace('-', '−')
}

function small(value: number): string {
  return value.toExponential(2)
}

function percent(value: number): string {
  return `${fixed(100 * value)} %`
}

function short(value: number): string {
  return value < 1e-3 ? small(value) : value.toFixed(4)
}

function list(values: readonly number[]): string {
  return values.map((value) => value.toFixed(3)).join(' / ')
}
