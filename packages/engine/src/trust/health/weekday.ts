import type { Evidence, HealthPart } from '../evidence.ts'
import { pInWords } from '../words.ts'
import { above, FLOORS, familyP, scoreOfP } from './score.ts'

/** A pattern this unlikely without a difference between weekdays leaves the lowest score. */
const CERTAIN = 0.001

/**
 * Does the effect on the first primary metric differ between days of the week? Then whole weeks are needed, and the
 * average hides what single days do. The smallest p-value counts, times the number of variants.
 */
export function weekdayPart({ checkup }: Evidence): HealthPart | undefined {
  const patterns = Object.entries(checkup?.weekday ?? {}).filter(([, { pValue }]) => !Number.isNaN(pValue))
  const found = patterns.toSorted(([a, { pValue: p }], [b, { pValue: q }]) => p - q || (a < b ? -1 : 1))[0]
  if (!found) return undefined
  const [variant, { weekdays, pValue: smallest }] = found
  const pValue = familyP(smallest, patterns.length)
  const score = above(FLOORS.notable, scoreOfP(pValue, CERTAIN))
  const message =
    score < 1
      ? `The effect of ${variant} differs between ${weekdays} days of the week (${pInWords(pValue)}): read whole weeks only.`
      : `The effect does not differ between days of the week (${pInWords(pValue)}).`
  return { check: 'weekday', score, message, pValue }
}
