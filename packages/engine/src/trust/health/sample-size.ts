import type { Evidence, HealthPart } from '../evidence.ts'
import { sampleNeeded, smallestVariant } from '../progress.ts'
import { count } from '../words.ts'

/**
 * The smallest variant against the sample that was planned: √(units / planned), at most 1. That is the planned
 * standard error over the present one. A group-sequential test is held against its first look.
 */
export function sampleSizePart(evidence: Evidence): HealthPart | undefined {
  const needed = sampleNeeded(evidence)
  if (needed === 0) return undefined
  const { variant, units } = smallestVariant(evidence)
  const score = Math.min(1, Math.sqrt(units / needed))
  const what =
    needed < evidence.minimumSample ? 'that its first look was planned at' : 'it was planned to have'
  const message =
    score < 1
      ? `The smallest variant, ${variant}, has ${count(units)} of the ${count(needed)} units ${what}.`
      : `Each variant has the ${count(needed)} units ${what}; the smallest, ${variant}, has ${count(units)}.`
  return { check: 'sample-size', score, message }
}
