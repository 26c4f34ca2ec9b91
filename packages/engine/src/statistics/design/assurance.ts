import { normalDensity } from '../distributions/normal.ts'
import { integrate } from '../special/gauss-legendre.ts'
import { completeQuestion } from './check-question.ts'
import { comparisonDesign } from './comparison-design.ts'
import { baselineOf, boundsOf, spreadFor } from './metric-spread.ts'
import type { PowerProblem, PowerQuestion } from './power-question.ts'
import { absoluteEffect, powerOf } from './solve-power.ts'

/** What is believed of the effect before the experiment: normal, on the scale of the question. */
export interface EffectBelief {
  /** Not 0: its sign is the direction in which the effect is hoped for. */
  readonly mean: number
  /** > 0 */
  readonly standardDeviation: number
}

/** Standard deviations of the belief that are averaged over; beyond them lies less than 1e-15. */
const REACH = 8
const NODES = 24
/** Standard errors from no effect, in the direction of the hope, between which power rises. */
const STEPS = [-3, 0, 3, 6, 12]

/**
 * Assurance: the chance that the experiment finds an effect in the hoped-for direction, averaged over what is believed of
 * the effect, instead of given one effect (power).
 *
 * Power changes over a standard error of the estimate; where that is much narrower than the belief, the average is over
 * panels of it.
 *
 * @param question with `unitsPerVariant` and a `difference` as its hypothesis; `minimumDetectableEffect` and `power` are
 *   not looked at
 * @returns in (0, 1), of beliefs cut to effects that can be (a proportion between 0 and 1)
 *
 * Source: O'Hagan, Stevens & Campbell 2005, doi:10.1002/pst.175.
 */
export function assurance(
  question: PowerQuestion & { readonly unitsPerVariant: number },
  belief: EffectBelief,
): number | PowerProblem {
  const { power: _, ...rest } = question
  const complete = completeQuestion({ ...rest, minimumDetectableEffect: belief.mean })
  if ('status' in complete) return complete
  const deviation = Math.abs(absoluteEffect(complete, belief.standardDeviation))
  if (complete.hypothesis.kind !== 'difference') return outOfRange('hypothesis.kind')
  if (!(belief.standardDeviation > 0 && Number.isFinite(deviation) && deviation > 0))
    return outOfRange('belief.standardDeviation')
  const design = comparisonDesign(complete)
  const mean = absoluteEffect(complete, belief.mean)
  const baseline = baselineOf(complete.metric)
  const { low, high } = boundsOf(complete.metric)
  const from = Math.max(-REACH, (low - baseline - mean) / deviation)
  const to = Math.min(REACH, (high - baseline - mean) / deviation)
  const direction = Math.sign(mean)
  const found = (z: number) => powerOf(design, question.unitsPerVariant, mean + deviation * z, direction)
  // The step from never to always found lies within a few standard errors of 0 effect.
  const middle = -mean / deviation
  const standardError = Math.sqrt(spreadFor(complete, 0).withEffect / question.unitsPerVariant) / deviation
  const steps = STEPS.map((step) => middle + direction * step * standardError)
  const cuts = [from, ...steps.filter((cut) => cut > from && cut < to), to].sort((a, b) => a - b)
  const average = (f: (z: number) => number) => {
    const weighted = (z: number) => f(z) * normalDensity(z)
    return cuts.slice(1).reduce((sum, cut, i) => sum + integrate(weighted, cuts[i] as number, cut, NODES), 0)
  }
  return Math.min(1, average(found) / average(() => 1))
}

function outOfRange(field: string): PowerProblem {
  return { status: 'refused', reason: 'out-of-range', field }
}
