import type { Evidence, HealthPart } from '../evidence.ts'
import { stratumInWords, worstStratum } from '../excess.ts'
import { capitalised, list, pInWords } from '../words.ts'
import { above, FLOORS, familyP, scoreOfP } from './score.ts'

/**
 * Are the shares of the variants the same on every day and in every part of the units? Where not, what differs
 * between the parts is mixed into the effect (Simpson's paradox: Kohavi, Tang & Xu 2020, chapter 3). The smallest
 * p-value counts, times the number of checks.
 */
export function allocationStabilityPart({ analysis, settings }: Evidence): HealthPart | undefined {
  const checks = (analysis.sampleRatio.strata ?? []).filter(({ pValue }) => !Number.isNaN(pValue))
  const worst = checks.toSorted((a, b) => a.pValue - b.pValue)[0]
  if (!worst) return undefined
  const pValue = familyP(worst.pValue, checks.length)
  const score = above(FLOORS.serious, scoreOfP(pValue, settings.sampleRatioAlpha))
  const place = worstStratum(worst, analysis.sampleRatio.counts, analysis.control)
  const message =
    score < 1
      ? `The shares of the variants differ ${worst.name === 'day' ? 'from day to day' : `between values of ${worst.name}`} (${pInWords(pValue)}).${place ? ` ${capitalised(stratumInWords(place))}.` : ''}`
      : `The shares of the variants are the same by ${list(checks.map(({ name }) => name))} (${pInWords(pValue)}).`
  return { check: 'allocation-stability', score, message, pValue }
}
