import type { EffectSource } from '../effect-source.ts'
import { type Comparison, type Estimator, faithful, refusal, relativeAnswer } from '../estimator.ts'
import { type Effect, isProblem } from '../statistics/effects/effect.ts'
import { relativeInterval } from '../statistics/effects/relative-interval.ts'
import { mixtureSequentialTest } from '../statistics/sequential/mixture-sprt.ts'

/**
 * Mixture sequential probability ratio test: always-valid like a confidence sequence, but sharpest at effects of the
 * size that was expected beforehand instead of at a planned sample.
 *
 * The expectation is relative (`priorDeviation`), and is taken times the size of the two values, which settles long
 * before their difference does.
 *
 * Source: Johari, Koomen, Pekelis & Walsh 2022, equation 9, doi:10.1287/opre.2021.2135.
 */
export function mixtureSprt(source: EffectSource): Estimator {
  return {
    name: `mixture-sprt-${source.name}`,
    metricKinds: source.metricKinds,
    inference: 'mixture-sprt',
    ...(source.usesCovariates ? { usesCovariates: true } : {}),
    compare: (control, treatment, { alpha, priorDeviation = USUAL_DEVIATION }) => {
      const effect = source.effect(control, treatment)
      return isProblem(effect) ? refusal(effect) : look(source, effect, alpha, priorDeviation)
    },
  }
}

/** Relative effects of experiments are rarely larger than this. */
const USUAL_DEVIATION = 0.3

function look(source: EffectSource, effect: Effect, alpha: number, deviation: number): Comparison {
  const { estimate, standardError, reduction } = effect
  const scale = (deviation * (Math.abs(effect.control.value) + Math.abs(effect.treatment.value))) / 2
  if (!(scale > 0)) return refusal('baseline-zero')
  const { halfWidth, low, high, pValue, log10PValue } = mixtureSequentialTest({
    estimate,
    standardError,
    mixtureVariance: scale * scale,
    alpha,
  })
  return faithful({
    status: 'ok',
    method: `mixture sequential probability ratio test, ${source.label}`,
    inference: 'mixture-sprt',
    absolute: { estimate, low, high },
    relative: relativeAnswer(relativeInterval(effect, halfWidth / standardError), 'mixture test'),
    standardError,
    statistic: estimate / standardError,
    pValue,
    log10PValue,
    alpha,
    ...(reduction ? { varianceReduction: { method: 'CUPED', ...reduction } } : {}),
    assumptions: [
      ...source.assumptions,
      'Units are many enough for the normal approximation from the first look on.',
      `The size of effects that is expected, ${deviation} of the values, was fixed before the data were seen.`,
      'Looking again and again is allowed.',
    ],
  })
}
