import type { Evidence, HealthPart } from '../evidence.ts'
import { sequentialSampleRatio } from '../sample-ratio.ts'
import { pInWords } from '../words.ts'
import { scoreOfP } from './score.ts'

/**
 * The same question as that of the sample ratio, by a test that may be looked at after every unit: what the fixed test
 * finds by chance, when it is asked again and again, this one does not.
 *
 * Source: Lindon & Malek 2022, NeurIPS (arXiv:2011.03567).
 */
export function sampleRatioSequencePart(evidence: Evidence): HealthPart | undefined {
  const found = sequentialSampleRatio(evidence)
  if (!found) return undefined
  const pValue = found.pValueNow
  const score = scoreOfP(pValue, evidence.settings.sampleRatioAlpha)
  const message =
    score < 1
      ? `The variants do not have the units that they should, however often this is asked (${pInWords(pValue)}).`
      : `However often it is asked, the variants have the units that they should (${pInWords(pValue)}).`
  return { check: 'sample-ratio-sequential', score, message, pValue }
}
