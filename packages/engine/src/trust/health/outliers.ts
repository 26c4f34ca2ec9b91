import type { Evidence, HealthPart } from '../evidence.ts'
import { amount, percent } from '../words.ts'
import { above, FLOORS, ramp } from './score.ts'

/** Standard errors that a single unit may move a difference without a word. */
const UNREMARKABLE_INFLUENCE = 0.5
/** The whole distance between nothing and significant. */
const EXCESSIVE_INFLUENCE = 2

/**
 * How far the differences of primary metrics and guardrails hang on a single unit: 1 up to half a standard error,
 * then falling to two. How much of the total the largest hundredth of units has is told, but not judged: where few
 * units do anything at all it is always most.
 */
export function outliersPart({ analysis, checkup }: Evidence): HealthPart | undefined {
  const checks = (checkup?.outliers ?? []).filter(
    ({ metric, influence }) => !Number.isNaN(influence) && analysis.metrics[metric]?.role !== 'secondary',
  )
  const worst = checks.toSorted((a, b) => Math.abs(b.influence) - Math.abs(a.influence))[0]
  if (!worst) return undefined
  const influence = Math.abs(worst.influence)
  const score = above(FLOORS.notable, ramp(influence, EXCESSIVE_INFLUENCE, UNREMARKABLE_INFLUENCE))
  const message =
    score < 1
      ? `One unit of ${worst.variant} moves the difference on ${worst.metric} by ${amount(influence)} standard errors; the largest hundredth of its units has ${percent(worst.shareOfLargest)} of the total. Cap the metric.`
      : `No single unit moves a difference by more than ${amount(influence)} standard errors.`
  return { check: 'outliers', score, message }
}
