import type { EffectSource } from '../effect-source.ts'
import {
  type Comparison,
  type Estimator,
  faithful,
  notComputable,
  refusal,
  relativeAnswer,
} from '../estimator.ts'
import { type Effect, isProblem } from '../statistics/effects/effect.ts'
import { relativeInterval } from '../statistics/effects/relative-interval.ts'
import { minimumUnits } from '../statistics/sequential/minimum-units.ts'
import { plannedRadius, plannedSequence } from '../statistics/sequential/planned-sequence.ts'

/**
 * Any effect with its standard error, which may be looked at whenever and as often as one likes: an asymptotic
 * confidence sequence, narrowest at the sample that was planned; see `statistics/sequential/planned-sequence.ts`.
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024, theorem 2.2 (arXiv:2103.06476).
 */
export function confidenceSequence(source: EffectSource): Estimator {
  return {
    name: `confidence-sequence-${source.name}`,
    metricKinds: source.metricKinds,
    inference: 'always-valid',
    ...(source.usesCovariates ? { usesCovariates: true } : {}),
    compare: (control, treatment, { alpha, plannedUnits = UNPLANNED_UNITS }) => {
      const effect = source.effect(control, treatment)
      if (isProblem(effect)) return refusal(effect)
      const needed = minimumUnits({ shares: [control.units, treatment.units], skewness: ASSUMED_SKEWNESS })
      if (effect.units < needed) return tooFew(effect.units, needed)
      return look(source, effect, alpha, plannedUnits)
    },
  }
}

/** That of exponential outcomes, in both variants: what is known of outcomes before many were seen. */
const ASSUMED_SKEWNESS = [2, 2] as const

/** Units of both variants at which the sequence is narrowest where no sample was planned. */
const UNPLANNED_UNITS = 5000

function look(source: EffectSource, effect: Effect, alpha: number, plannedUnits: number): Comparison {
  const { estimate, standardError, units, reduction } = effect
  const { low, high, pValue, log10PValue } = plannedSequence(
    { estimate, standardError, units },
    { alpha, plannedUnits },
  )
  return faithful({
    status: 'ok',
    method: `asymptotic confidence sequence, ${source.label}`,
    inference: 'always-valid',
    absolute: { estimate, low, high },
    relative: relativeAnswer(
      relativeInterval(effect, plannedRadius(units / plannedUnits, alpha)),
      'confidence sequence',
    ),
    standardError,
    statistic: estimate / standardError,
    pValue,
    log10PValue,
    alpha,
    ...(reduction ? { varianceReduction: { method: 'CUPED', ...reduction } } : {}),
    assumptions: [
      ...source.assumptions,
      'Units are many enough for the normal approximation from the first look on.',
      'Looking again and again is allowed.',
    ],
  })
}

function tooFew(units: number, needed: number): Comparison {
  return notComputable(
    'too-few-units',
    `An always-valid answer needs ${needed} units of both variants together, so that the normal approximation holds from the first look on; there are ${units}.`,
  )
}
