import { normalTwoSidedP } from '../../statistics/distributions/normal.ts'
import type { Evidence, HealthPart } from '../evidence.ts'
import { comparedIn, metricsOf, relativeGain, treatmentsOf } from '../variants.ts'
import { effectInWords, percent } from '../words.ts'
import { above, FLOORS, scoreOfP } from './score.ts'

/** More than 3.1 prior deviations. */
const INCREDIBLE = 0.002

/**
 * Twyman's law: a figure that looks interesting is usually wrong. For each relative effect on a primary metric the
 * bound of its interval that is nearer to 0 (what the effect is at least) is held against what was expected
 * beforehand, a normal distribution around 0 with the prior deviation. Up to 2 deviations nothing is said; from 3.1 on
 * an error of logging is likelier than the effect.
 *
 * Source: Kohavi, Tang & Xu 2020, chapter 3.
 */
export function plausibilityPart(evidence: Evidence): HealthPart | undefined {
  const { priorDeviation } = evidence.settings
  const effects = metricsOf(evidence, 'primary').flatMap(([key, metric]) =>
    treatmentsOf(evidence).flatMap((variant) => {
      const compared = comparedIn(metric, variant)
      const gain = compared && relativeGain(compared, metric.direction)
      return gain ? [{ key, variant, compared, least: Math.max(0, gain.low, -gain.high) }] : []
    }),
  )
  const largest = effects.toSorted((a, b) => b.least - a.least)[0]
  if (!largest) return undefined
  const pValue = normalTwoSidedP(largest.least / priorDeviation)
  const score = above(FLOORS.serious, scoreOfP(pValue, INCREDIBLE))
  const message =
    score < 1
      ? `The effect of ${largest.variant} on ${largest.key}, ${effectInWords(largest.compared)}, is too good or too bad to be true where effects of ${percent(priorDeviation)} are usual: look for an error before believing it.`
      : `No effect on a primary metric is larger than can be believed where effects of ${percent(priorDeviation)} are usual.`
  return { check: 'plausibility', score, message }
}
