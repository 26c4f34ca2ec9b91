import type { EffectSource } from '../effect-source.ts'
import {
  type Comparison,
  type Estimator,
  faithful,
  type Look,
  notComputable,
  type PlannedLook,
  refusal,
  relativeAnswer,
} from '../estimator.ts'
import { type Effect, isProblem } from '../statistics/effects/effect.ts'
import { relativeInterval } from '../statistics/effects/relative-interval.ts'
import { repeatedInterval } from '../statistics/sequential/group-sequential/repeated.ts'

/**
 * Any effect with its standard error, read at a few looks that were planned: significant beyond the boundary of alpha
 * spending at this look. The interval is the repeated one, the p-value the repeated one: both hold at all looks
 * together.
 *
 * Source: Lan & DeMets 1983, doi:10.1093/biomet/70.3.659; Jennison & Turnbull 2000, Group Sequential Methods with
 * Applications to Clinical Trials, sections 9.1 and 9.3.
 */
export function groupSequential(source: EffectSource): Estimator {
  return {
    name: `group-sequential-${source.name}`,
    metricKinds: source.metricKinds,
    inference: 'group-sequential',
    ...(source.usesCovariates ? { usesCovariates: true } : {}),
    compare: (control, treatment, { alpha, look }) => {
      const effect = source.effect(control, treatment)
      if (isProblem(effect)) return refusal(effect)
      return look ? compareAt(look, source, effect, alpha) : NO_LOOK
    },
  }
}

const NO_LOOK = notComputable(
  'no-look-yet',
  'The first planned look has not come: a group-sequential test needs a planned sample (minimumSample), and is first read when its share of it is there.',
)

function compareAt(planned: PlannedLook, source: EffectSource, effect: Effect, alpha: number): Comparison {
  const { estimate, standardError, reduction } = effect
  const statistic = estimate / standardError
  const pValue = planned.pValueOf(statistic)
  const { pValueOf, ...look } = planned
  return faithful({
    status: 'ok',
    method: `group-sequential, look ${look.number} of ${look.of}, ${source.label}`,
    inference: 'group-sequential',
    absolute: { estimate, ...repeatedInterval(estimate, standardError, look.boundary) },
    relative: relativeAnswer(relativeInterval(effect, look.boundary), 'repeated interval'),
    standardError,
    statistic,
    pValue,
    log10PValue: Math.log10(pValue),
    alpha,
    look: look satisfies Look,
    ...(reduction ? { varianceReduction: { method: 'CUPED', ...reduction } } : {}),
    assumptions: [
      ...source.assumptions,
      'Units are many enough for the normal approximation.',
      'The planned sample and the number of looks were fixed before the data were seen.',
    ],
  })
}
