import {
  type SampleRatioEvidence,
  sampleRatioEvidence,
} from '../statistics/sequential/sample-ratio-sequence.ts'
import type { Evidence } from './evidence.ts'

/**
 * Do the variants have as many units as they should, as it may be asked at every look? Undefined where it cannot be
 * asked: without units or a second variant, and where the shares were changed, which the test takes as constant.
 */
export function sequentialSampleRatio({
  analysis,
  counts,
  shares,
}: Evidence): SampleRatioEvidence | undefined {
  const isAllocationChanged = analysis.warnings.some(({ code }) => code === 'allocation-changed')
  const variants = shares.filter((share) => share > 0).length
  if (analysis.units === 0 || variants < 2 || isAllocationChanged) return undefined
  const found = sampleRatioEvidence(counts, shares)
  return Number.isNaN(found.pValueNow) ? undefined : found
}

/** Whether units are lost or added beyond doubt, by the check of this look or by that for all looks. */
export function isSampleRatioMismatch(evidence: Evidence): boolean {
  const isRefused = evidence.analysis.refusals.some(({ code }) => code === 'sample-ratio-mismatch')
  const sequential = sequentialSampleRatio(evidence)
  return isRefused || (sequential !== undefined && sequential.pValueNow < evidence.settings.sampleRatioAlpha)
}
