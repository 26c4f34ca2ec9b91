import type { Evidence, Health, HealthPart } from './evidence.ts'
import { allocationStabilityPart } from './health/allocation-stability.ts'
import { crossoverPart } from './health/crossover.ts'
import { durationPart } from './health/duration.ts'
import { guardrailsPart } from './health/guardrails.ts'
import { noveltyPart } from './health/novelty.ts'
import { outliersPart } from './health/outliers.ts'
import { plausibilityPart } from './health/plausibility.ts'
import { sampleRatioPart } from './health/sample-ratio.ts'
import { sampleRatioSequencePart } from './health/sample-ratio-sequence.ts'
import { sampleSizePart } from './health/sample-size.ts'
import { validityPart } from './health/validity.ts'
import { weekdayPart } from './health/weekday.ts'

/** What could spoil the numbers most comes first. */
const PARTS: readonly ((evidence: Evidence) => HealthPart | undefined)[] = [
  sampleRatioPart,
  sampleRatioSequencePart,
  crossoverPart,
  allocationStabilityPart,
  validityPart,
  plausibilityPart,
  sampleSizePart,
  durationPart,
  guardrailsPart,
  noveltyPart,
  weekdayPart,
  outliersPart,
]

/**
 * How far the numbers can be trusted: the product of what each check leaves. Checks that cannot be made are left
 * out; without any the score is 1.
 */
export function healthOf(evidence: Evidence): Health {
  const parts = PARTS.flatMap((part) => part(evidence) ?? [])
  return { score: productOf(parts), parts }
}

/** Harm to a guardrail speaks against a variant, not against the numbers. */
export function trustworthiness({ parts }: Health): number {
  return productOf(parts.filter(({ check }) => check !== 'guardrails'))
}

function productOf(parts: readonly HealthPart[]): number {
  return parts.reduce((product, { score }) => product * score, 1)
}
