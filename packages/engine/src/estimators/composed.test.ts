import fc from 'fast-check'
import { adjustedMeans, type EffectSource, means, proportions, quantiles, ratios } from '../effect-source.ts'
import type { Estimator, MetricSummary } from '../estimator.ts'
import { DEFAULT_ANALYSIS_SETTINGS } from '../experiment.ts'
import { plannedLook } from '../planned-looks.ts'
import { type EstimatorCases, estimatorSuite } from '../testing/estimator-suite.ts'
import { confidenceSequence } from './confidence-sequence.ts'
import { fixedHorizon } from './fixed-horizon.ts'
import { groupSequential } from './group-sequential.ts'
import { mixtureSprt } from './mixture-sprt.ts'

/** Every way of looking at every kind of effect, through the one suite. */

const units = fc.integer({ min: 200, max: 1_000_000 })
const deviation = fc.double({ min: 0.01, max: 1e4, noNaN: true })
const decimal = (min: number, max: number) =>
  fc.integer({ min: min * 1000, max: max * 1000 }).map((value) => value / 1000)

const ofMeans = fc.record({ units, mean: decimal(-1e4, 1e4), deviation }).map(
  ({ units: n, mean, deviation: sd }): MetricSummary => ({
    units: n,
    mean: [mean],
    covariance: [[sd * sd]],
  }),
)

const ofProportions = fc
  .record({ units, share: fc.double({ min: 0.001, max: 0.999, noNaN: true }) })
  .map(({ units: n, share }): MetricSummary => {
    const p = Math.round(share * n) / n
    return { units: n, mean: [p], covariance: [[(p * (1 - p) * n) / (n - 1)]] }
  })

const ofRatios = fc
  .record({ units, numerator: decimal(-100, 100), denominator: decimal(1, 100), a: deviation, b: deviation })
  .map(
    ({ units: n, numerator, denominator, a, b }): MetricSummary => ({
      units: n,
      mean: [numerator, denominator],
      covariance: [
        [a * a, 0.5 * a * b],
        [0.5 * a * b, b * b],
      ],
    }),
  )

const withCovariate = fc
  .tuple(ofMeans, decimal(-100, 100), deviation, fc.double({ min: -0.95, max: 0.95, noNaN: true }))
  .map(([summary, before, sd, correlation]): MetricSummary => {
    const variance = summary.covariance[0]?.[0] ?? 0
    const crossed = correlation * Math.sqrt(variance) * sd
    const joint = {
      mean: [...summary.mean, before],
      covariance: [
        [variance, crossed],
        [crossed, sd * sd],
      ],
    }
    return { ...summary, joint }
  })

const scaleMean: NonNullable<EstimatorCases['scaled']> = {
  by: ({ units: n, mean, covariance }, factor) => ({
    units: n,
    mean: mean.map((value) => value * factor),
    covariance: covariance.map((row) => row.map((value) => value * factor * factor)),
  }),
  effect: 'scales',
}

const subjects: readonly [EffectSource, fc.Arbitrary<MetricSummary>, EstimatorCases['scaled'] | undefined][] =
  [
    [means, ofMeans, scaleMean],
    [proportions, ofProportions, undefined],
    [ratios, ofRatios, { ...scaleMean, effect: 'stays' }],
    [quantiles, ofMeans, scaleMean],
    [adjustedMeans, withCovariate, undefined],
  ]

/** At the last of five looks, as an experiment would be that ran as planned. */
function atLastLook(source: EffectSource): Estimator {
  const estimator = groupSequential(source)
  const taken = [0.2, 0.4, 0.6, 0.8, 1].map((informationFraction) => ({ at: 0, informationFraction }))
  return {
    ...estimator,
    compare: (control, treatment, settings) =>
      estimator.compare(control, treatment, {
        ...settings,
        look: plannedLook({ ...DEFAULT_ANALYSIS_SETTINGS, alpha: settings.alpha }, taken),
      }),
  }
}

for (const [source, summaries, scaled] of subjects) {
  const cases: EstimatorCases = { summaries, duality: 'exact', ...(scaled ? { scaled } : {}) }
  estimatorSuite(fixedHorizon(source), cases)
  estimatorSuite(confidenceSequence(source), cases)
  estimatorSuite(mixtureSprt(source), cases)
  estimatorSuite(atLastLook(source), cases)
}
