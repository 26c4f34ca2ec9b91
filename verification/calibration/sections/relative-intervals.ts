import type { Random } from '../../../packages/engine/src/random.ts'
import { normalQuantile } from '../../../packages/engine/src/statistics/distributions/normal-quantile.ts'
import { isProblem } from '../../../packages/engine/src/statistics/effects/effect.ts'
import { meanEffect } from '../../../packages/engine/src/statistics/effects/mean-effect.ts'
import { relativeInterval } from '../../../packages/engine/src/statistics/effects/relative-interval.ts'
import {
  type FiellerSet,
  relativeEffectSet,
} from '../../../packages/engine/src/statistics/intervals/fieller.ts'
import {
  type Estimate,
  relativeEffect,
} from '../../../packages/engine/src/statistics/intervals/relative-effect.ts'
import { normalVariate } from '../../../packages/engine/src/statistics/variates/variates.ts'
import { ALPHA, COVERAGE, FOR_CONTRAST } from '../band.ts'
import { normalArm } from '../populations/arm.ts'
import { type Study, simulation } from '../study.ts'
import { holds } from './estimators-one-look.ts'

/** True relative effect; the control's standard error is 1. */
const EFFECT = 0.2
const MEASURE = 'Relative effects, by the distance of the control from 0'

/** Two estimates with a known standard error, the control so many of them from 0. */
export const relativeIntervals: readonly Study[] = [2, 4, 8, 20].map((distance) =>
  simulation({
    name: `relative effects/${distance}`,
    experiments: 20_000,
    questions: [
      { method: 'Fieller, all kinds of sets', band: COVERAGE.exact },
      { method: 'of an analysis: delta far from 0, else Fieller', band: COVERAGE.approximate },
      { method: 'delta', band: FOR_CONTRAST },
    ].map(({ method, band }) => ({
      section: 'coverage',
      measure: MEASURE,
      method,
      population: 'normal, known variances',
      sample: `control ${distance} standard errors from 0`,
      band,
    })),
    experiment: (random, see) => {
      const [control, treatment] = estimatesOf(distance, random)
      const set = relativeEffectSet(control, treatment, ALPHA)
      see(0, set && isIn(set, EFFECT))
      see(1, analysed(control, treatment))
      const delta = relativeEffect(control, treatment, ALPHA)
      see(2, delta && holds(delta, EFFECT))
    },
  }),
)

function estimatesOf(distance: number, random: Random): readonly [Estimate, Estimate] {
  return [
    { value: distance + normalVariate(random), variance: 1 },
    { value: distance * (1 + EFFECT) + normalVariate(random), variance: 1 },
  ]
}

/** As the analysis of means does it, which gives no interval where the set is none. */
function analysed(control: Estimate, treatment: Estimate): boolean | undefined {
  const interval = relativeInterval(
    {
      estimate: treatment.value - control.value,
      standardError: Math.sqrt(control.variance + treatment.variance),
      degreesOfFreedom: Number.POSITIVE_INFINITY,
      control,
      treatment,
      units: 2,
      isSmall: false,
    },
    -normalQuantile(ALPHA / 2),
  )
  return interval && holds(interval, EFFECT)
}

function isIn({ kind, low, high }: FiellerSet, truth: number): boolean {
  if (kind === 'unbounded') return true
  return kind === 'bounded' ? low <= truth && truth <= high : truth <= low || truth >= high
}

/** Fieller's set with the degrees of freedom of an estimated common variance. */
export const fiellerOfSamples: readonly Study[] = [10].map((units) =>
  simulation({
    name: `Fieller of samples/${units}`,
    experiments: 20_000,
    questions: [
      {
        section: 'coverage',
        measure: MEASURE,
        method: 'Fieller with t, all kinds of sets',
        population: 'normal, one variance',
        sample: `${units} units, control 4 standard errors from 0`,
        band: COVERAGE.approximate,
      },
    ],
    experiment: (random, see) => {
      const mean = 4 / Math.sqrt(units)
      const [control, treatment] = [normalArm(mean, 1), normalArm(mean * (1 + EFFECT), 1)]
      control.add(units, random)
      treatment.add(units, random)
      const effect = meanEffect(control.summary(), treatment.summary())
      if (isProblem(effect)) return
      const set = relativeEffectSet(effect.control, effect.treatment, ALPHA, effect.degreesOfFreedom)
      see(0, set && isIn(set, EFFECT))
    },
  }),
)
