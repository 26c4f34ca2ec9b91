import type { Evidence, HealthPart } from '../evidence.ts'
import { comparedIn, metricsOf, treatmentsOf } from '../variants.ts'
import { effectInWords, list } from '../words.ts'
import { FLOORS } from './score.ts'

/** Whether any guardrail is harmed; what is unclear costs nothing yet. */
export function guardrailsPart(evidence: Evidence): HealthPart | undefined {
  const judged = metricsOf(evidence, 'guardrail').flatMap(([key, metric]) =>
    treatmentsOf(evidence).flatMap((variant) => {
      const compared = comparedIn(metric, variant)
      const verdict = compared?.guardrail?.verdict
      return compared && verdict ? [{ key, variant, compared, verdict }] : []
    }),
  )
  if (judged.length === 0) return undefined
  const harmed = judged.filter(({ verdict }) => verdict === 'harmed')
  const unclear = judged.filter(({ verdict }) => verdict === 'unclear').length
  const harms = harmed.map(
    ({ key, variant, compared }) => `${variant} on ${key} (${effectInWords(compared)})`,
  )
  const holding =
    unclear === 0
      ? 'All guardrails hold.'
      : `No guardrail is harmed; ${unclear} of ${judged.length} are not clear yet.`
  return {
    check: 'guardrails',
    score: harmed.length > 0 ? FLOORS.serious : 1,
    message: harmed.length > 0 ? `Guardrails are harmed: ${list(harms)}.` : holding,
  }
}
