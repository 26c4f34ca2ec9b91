import type { Evidence, HealthPart } from '../evidence.ts'
import { excessInWords, largestExcess } from '../excess.ts'
import { pInWords } from '../words.ts'
import { scoreOfP } from './score.ts'

/**
 * Do the variants have as many units as they should, by Pearson's chi-square test? 0 from where the analysis is
 * refused. Strictly it holds for one look; see the sequential check for many.
 *
 * Source: Fabijan et al. 2019, doi:10.1145/3292500.3330722.
 */
export function sampleRatioPart({ analysis, settings }: Evidence): HealthPart | undefined {
  const { pValue, counts, expected } = analysis.sampleRatio
  if (Number.isNaN(pValue)) return undefined
  const score = scoreOfP(pValue, settings.sampleRatioAlpha)
  const excess = largestExcess(counts, expected, analysis.control)
  const message =
    score < 1 && excess
      ? `${excessInWords(excess, pValue)}.`
      : `The variants have the units that they should (${pInWords(pValue)}).`
  return { check: 'sample-ratio', score, message, pValue }
}
