import { formatPValue, isNumber } from '@helios/charts/format'
import type { Heterogeneity } from '@helios/sdk'
import type { Check } from '../traffic/check-words.ts'
import { counted, isolated } from '../words.ts'

/** Whether the effect of one variant is the same in all segments of a dimension. */
export function heterogeneityInWords(
  found: Heterogeneity | undefined,
  dimension: string,
  alpha: number,
): Check {
  const name = isolated(dimension)
  if (found === undefined || !isNumber(found.pValue)) {
    return {
      level: 'none',
      headline: `Nothing to compare by ${name} yet`,
      explanation: 'Two segments with numbers are needed to tell whether the effect differs.',
    }
  }
  const { pValue, segments, inconsistency } = found
  const share = isNumber(inconsistency) ? `, I² = ${Math.round(inconsistency * 100)}\u202f%` : ''
  const how = `Cochran’s test over ${counted(segments, 'segment')}, ${formatPValue(pValue)}${share}`
  return pValue < alpha
    ? {
        level: 'attention',
        headline: `The effect differs by ${name}`,
        explanation: `What holds overall does not hold alike in each segment; look at them one by one (${how}).`,
      }
    : {
        level: 'good',
        headline: `No sign that the effect differs by ${name}`,
        explanation: `What differs between segments is within chance (${how}).`,
      }
}
