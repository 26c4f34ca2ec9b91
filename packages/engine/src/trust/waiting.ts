import type { Evidence } from './evidence.ts'
import { daysRun, hasNeededSample, isUnderWay, smallestVariant } from './progress.ts'
import { metricsOf, treatmentsOf } from './variants.ts'
import { count, daysInWords } from './words.ts'

/** Why nothing may be concluded yet, as parts of a sentence. What has ended, and a file, wait for nothing. */
export function waitingFor(evidence: Evidence): string[] {
  if (!isUnderWay(evidence)) return []
  const sample =
    evidence.analysis.method === 'group-sequential' ? firstLook(evidence) : plannedSample(evidence)
  return [sample, duration(evidence)].filter((each) => each !== undefined)
}

function plannedSample(evidence: Evidence): string | undefined {
  const isFixed = evidence.analysis.method === 'fixed-horizon'
  const hasSample = hasNeededSample(evidence)
  if (hasSample === undefined && isFixed)
    return 'the end of the experiment (a fixed-horizon test without a planned sample is read once, when it is over)'
  if (hasSample !== false) return undefined
  const { variant, units } = smallestVariant(evidence)
  const so = isFixed ? ', at which alone a fixed-horizon test is read' : ''
  return `the planned sample${so} (${variant} has ${count(units)} of ${count(evidence.minimumSample)} units)`
}

/** A group-sequential test has no numbers before its first look, and may conclude from there on. */
function firstLook(evidence: Evidence): string | undefined {
  const treatments = treatmentsOf(evidence)
  const isBeforeFirst = metricsOf(evidence, 'primary').some(([, { comparisons }]) =>
    treatments.some((variant) => {
      const comparison = comparisons[variant]
      return comparison?.status === 'not-computable' && comparison.reason === 'no-look-yet'
    }),
  )
  return isBeforeFirst ? `the first of ${evidence.settings.looks} planned looks` : undefined
}

function duration(evidence: Evidence): string | undefined {
  const { minimumDurationDays } = evidence.settings
  const days = daysRun(evidence) ?? 0
  if (days >= minimumDurationDays) return undefined
  return `the minimum duration (${daysInWords(days)} of ${daysInWords(minimumDurationDays)})`
}
