import type { Evidence, HealthPart } from '../evidence.ts'
import { comparedIn, metricsOf } from '../variants.ts'
import { amount, pInWords } from '../words.ts'
import { above, FLOORS, familyP, scoreOfP } from './score.ts'

/** A trend this unlikely without a change of the effect leaves the lowest score. */
const CERTAIN = 0.001

/**
 * Does the effect on the first primary metric change with the day on which units came? What is shrinking is novelty,
 * what is growing is learning; either way the average so far is not what will last. The smallest p-value counts,
 * times the number of variants.
 *
 * Source: Hohnhold, O'Brien & Tang 2015, doi:10.1145/2783258.2788583.
 */
export function noveltyPart(evidence: Evidence): HealthPart | undefined {
  const trends = Object.entries(evidence.checkup?.novelty ?? {}).filter(
    ([, { pValue }]) => !Number.isNaN(pValue),
  )
  const found = trends.toSorted(([a, { pValue: p }], [b, { pValue: q }]) => p - q || (a < b ? -1 : 1))[0]
  if (!found) return undefined
  const [variant, { slope, days, pValue: smallest }] = found
  const pValue = familyP(smallest, trends.length)
  const score = above(FLOORS.notable, scoreOfP(pValue, CERTAIN))
  const [, metric] = metricsOf(evidence, 'primary')[0] ?? []
  const effect = comparedIn(metric, variant)?.absolute.estimate ?? 0
  const change = effect * slope < 0 ? 'shrinks' : effect * slope > 0 ? 'grows' : 'changes'
  const message =
    score < 1
      ? `The effect of ${variant} ${change} by ${amount(Math.abs(slope))} per day, over ${days} days on which units came (${pInWords(pValue)}): the average so far will not last.`
      : `The effect does not change with the day on which units came (${pInWords(pValue)}).`
  return { check: 'novelty', score, message, pValue }
}
