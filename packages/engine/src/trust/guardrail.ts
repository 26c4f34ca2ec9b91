import type { VariantComparison } from '../analysis.ts'
import type { IntervalEstimate } from '../estimator.ts'
import type { AnalysisSettings } from '../experiment.ts'
import { normalSf } from '../statistics/distributions/normal.ts'
import { normalQuantile } from '../statistics/distributions/normal-quantile.ts'
import type { Compared, Direction, GuardrailVerdict } from './evidence.ts'
import { criticalValueOf, mixtureTestP, plannedSequenceP } from './sequence-p.ts'
import { relativeGain } from './variants.ts'

/**
 * Whether a guardrail holds: non-inferiority of the relative effect by a margin, as a share of the control, under the
 * inference that the comparison was made with.
 *
 * It holds when the interval's bad end is better than −margin, also where the effect is below 0 for sure: that is what a
 * margin allows. It is harmed when the whole interval lies on the bad side of 0 and the margin is not kept. The
 * interval is the two-sided one, so each of these errs with probability alpha / 2 at most.
 *
 * The standard error on the relative scale is the distance from the estimate to the bad end of the relative interval,
 * over the critical value of the method (for an uneven interval that is the standard error at its bad end, as in Zou &
 * Donner 2008, doi:10.1002/sim.3095). The p-value follows from it:
 * - fixed-horizon: one-sided normal; below alpha / 2 where the guardrail holds, and only there.
 * - always-valid, mixture-sprt: by the same sequence, and so good at every look. It is the two-sided one where the
 *   estimate is better than the margin (at most twice too large) and 1 elsewhere; below alpha where the guardrail holds,
 *   and only there. NaN for an interval of another sequence than the engine's.
 * - group-sequential: the nominal one-sided p of the look, to be held against the look's boundary, as the verdict is.
 *
 * @returns undefined where there is no comparison or no relative effect
 *
 * Source: Schuirmann 1987, doi:10.1007/BF01068419 (one of his two one-sided tests).
 */
export function guardrailVerdict(
  comparison: VariantComparison,
  direction: Direction,
  settings: AnalysisSettings,
): GuardrailVerdict | undefined {
  const gain = comparison.status === 'ok' ? relativeGain(comparison, direction) : undefined
  if (comparison.status !== 'ok' || !gain) return undefined
  const margin = settings.guardrailMargin
  return { verdict: verdictOf(gain, margin), margin, pValue: marginP(gain, comparison, settings) }
}

function verdictOf({ low, high }: IntervalEstimate, margin: number): GuardrailVerdict['verdict'] {
  if (low > -margin) return 'holds'
  return high < 0 ? 'harmed' : 'unclear'
}

function marginP(
  gain: IntervalEstimate,
  comparison: Compared,
  { guardrailMargin, priorDeviation }: AnalysisSettings,
): number {
  const { inference, alpha } = comparison
  const distance = gain.estimate + guardrailMargin
  const half = gain.estimate - gain.low
  if (inference === 'fixed-horizon') return normalSf((distance / half) * -normalQuantile(alpha / 2))
  const z = (distance / half) * criticalValueOf(comparison)
  if (inference === 'group-sequential') return normalSf(z)
  if (distance <= 0) return 1
  return inference === 'mixture-sprt'
    ? mixtureTestP(distance, half, priorDeviation, alpha)
    : plannedSequenceP(z, comparison)
}
