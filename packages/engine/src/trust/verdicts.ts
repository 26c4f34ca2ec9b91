import type { MetricAnalysis } from '../analysis.ts'
import type { Compared, Evidence } from './evidence.ts'
import { hasNeededSample, isUnderWay } from './progress.ts'
import { isSampleRatioMismatch } from './sample-ratio.ts'
import { betterness, comparedIn, metricsOf, relativeGain, treatmentsOf } from './variants.ts'

/**
 * What a comparison on a primary metric has come to.
 * `better`, `worse`: significant. `equivalent`: different by less than matters, beyond doubt. `futile`: not going to
 * be significant as planned. `open`: neither yet.
 */
export type MetricOutcome = 'better' | 'worse' | 'equivalent' | 'futile' | 'open'

export interface MetricVerdict {
  readonly key: string
  readonly metric: MetricAnalysis
  readonly compared: Compared
  readonly outcome: MetricOutcome
}

/** A guardrail of one variant; without a comparison it could not be judged. */
export interface GuardrailState {
  readonly key: string
  readonly verdict: 'holds' | 'harmed' | 'unclear'
  readonly margin: number
  readonly compared?: Compared
}

/**
 * What a variant has come to, over all primary metrics and guardrails.
 * `mixed`: better on one primary metric, worse on another.
 */
export type Outcome = 'better' | 'mixed' | 'harmful' | 'guardrail-harmed' | 'equivalent' | 'futile' | 'open'

export interface VariantVerdict {
  readonly variant: string
  readonly outcome: Outcome
  /** Primary metrics that could be compared, in their order. */
  readonly metrics: readonly MetricVerdict[]
  readonly guardrails: readonly GuardrailState[]
}

/** Interim looks that were not planned may stop a fixed-horizon test below this p-value (Haybittle–Peto). */
const UNPLANNED_ALPHA = 0.001

/**
 * Each variant that was to get units, control apart; none where the numbers must not be read.
 *
 * A fixed-horizon test that is looked at before its end concludes nothing but harm, and that only by the rule of
 * Haybittle 1971 (doi:10.1259/0007-1285-44-526-793) and Peto et al. 1976 (doi:10.1038/bjc.1976.220).
 */
export function judgeVariants(evidence: Evidence): VariantVerdict[] {
  if (evidence.analysis.status === 'refused' || isSampleRatioMismatch(evidence)) return []
  return treatmentsOf(evidence).map((variant) => {
    const metrics = metricsOf(evidence, 'primary').flatMap(([key, metric]) => {
      const compared = comparedIn(metric, variant)
      return compared ? [{ key, metric, compared, outcome: outcomeOf(compared, metric, evidence) }] : []
    })
    const guardrails = guardrailsOf(variant, evidence)
    return { variant, metrics, guardrails, outcome: overall(metrics, guardrails, evidence) }
  })
}

/** Whether the numbers may be read now as their method wants it. */
export function mayBeRead(evidence: Evidence): boolean {
  if (evidence.analysis.method !== 'fixed-horizon') return true
  return !isUnderWay(evidence) || hasNeededSample(evidence) === true
}

function outcomeOf(compared: Compared, metric: MetricAnalysis, evidence: Evidence): MetricOutcome {
  const { alpha, practicalEquivalence } = evidence.settings
  const isRead = mayBeRead(evidence)
  const sign = betterness(compared, metric.direction)
  const isSignificant = compared.pValueAdjusted < (isRead ? alpha : Math.min(alpha, UNPLANNED_ALPHA))
  if (isSignificant && sign < 0) return 'worse'
  if (!isRead) return 'open'
  if (isSignificant && sign > 0) return 'better'
  if (isWithin(compared, metric, practicalEquivalence)) return 'equivalent'
  return isFutile(compared, evidence) ? 'futile' : 'open'
}

function isWithin(compared: Compared, { direction }: MetricAnalysis, margin: number): boolean {
  const gain = relativeGain(compared, direction)
  return gain !== undefined && gain.low > -margin && gain.high < margin
}

/** Below the boundary of a planned look, or not significant when the plan is over and units still come in. */
function isFutile({ look, statistic }: Compared, evidence: Evidence): boolean {
  if (look) {
    const isBelow = look.futilityBoundary !== undefined && Math.abs(statistic) < look.futilityBoundary
    return isBelow || look.number >= look.of
  }
  return evidence.analysis.method === 'fixed-horizon' && isUnderWay(evidence)
}

function guardrailsOf(variant: string, evidence: Evidence): GuardrailState[] {
  const limit = Math.min(evidence.settings.alpha, UNPLANNED_ALPHA)
  return metricsOf(evidence, 'guardrail').map(([key, metric]) => {
    const compared = comparedIn(metric, variant)
    const found = compared?.guardrail
    if (!compared || !found) return { key, verdict: 'unclear', margin: evidence.settings.guardrailMargin }
    const isRead = mayBeRead(evidence) || (found.verdict === 'harmed' && compared.pValue < limit)
    return { key, verdict: isRead ? found.verdict : 'unclear', margin: found.margin, compared }
  })
}

function overall(
  metrics: readonly MetricVerdict[],
  guardrails: readonly GuardrailState[],
  evidence: Evidence,
): Outcome {
  const outcomes = metrics.map(({ outcome }) => outcome)
  const isBetter = outcomes.includes('better')
  if (outcomes.includes('worse')) return isBetter ? 'mixed' : 'harmful'
  if (guardrails.some(({ verdict }) => verdict === 'harmed')) return 'guardrail-harmed'
  if (isBetter) return 'better'
  const isComplete = metrics.length > 0 && metrics.length === metricsOf(evidence, 'primary').length
  if (!isComplete || outcomes.includes('open')) return 'open'
  return outcomes.includes('futile') ? 'futile' : 'equivalent'
}
