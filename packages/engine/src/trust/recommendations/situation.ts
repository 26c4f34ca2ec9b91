import type { Evidence, Health, HealthPart, Recommendation, Stopping } from '../evidence.ts'
import { trustworthiness } from '../health.ts'
import { isUnderWay } from '../progress.ts'
import { guardrailInWords, metricInWords } from '../sentences.ts'
import { isDecided } from '../stopping.ts'
import { judgeVariants, type VariantVerdict } from '../verdicts.ts'
import { capitalised, count, percent } from '../words.ts'

/** What each recommendation is made from. */
export interface Situation {
  readonly evidence: Evidence
  readonly health: Health
  readonly stopping: Stopping
  readonly isWaiting: boolean
  /** Whether more units are to come that could still tell something. */
  readonly goesOn: boolean
  readonly verdicts: readonly VariantVerdict[]
}

/** From this product of the checks on (guardrails apart, which count by variant) the numbers may be acted on. */
export const SOUND_FROM = 0.5

/** Sentences in one list of findings. */
const FINDINGS_SHOWN = 20
/** Recommendations of one kind, each about another variant. */
const VARIANTS_SHOWN = 10

export function situationOf(evidence: Evidence, health: Health, stopping: Stopping): Situation {
  const isWaiting = stopping.waitingFor.length > 0
  return {
    evidence,
    health,
    stopping,
    isWaiting,
    goesOn: isUnderWay(evidence) && !stopping.shouldStop,
    verdicts: judgeVariants(evidence),
  }
}

export function isSound({ health }: Situation): boolean {
  return trustworthiness(health) >= SOUND_FROM
}

/** Significantly better on a primary metric and worse on none, with no guardrail harmed; best first. */
export function winnersOf({ verdicts, isWaiting }: Situation): VariantVerdict[] {
  return isWaiting ? [] : byBest(verdicts.filter(({ outcome }) => outcome === 'better'))
}

export function hasClearGuardrails({ guardrails }: VariantVerdict): boolean {
  return guardrails.every(({ verdict }) => verdict === 'holds')
}

/** Harmful, or with a guardrail harmed. */
export function harmfulOf({ verdicts }: Situation): VariantVerdict[] {
  return verdicts.filter((verdict) => isDecided(verdict, true))
}

/** Equivalent or futile. */
export function hopelessOf({ verdicts, isWaiting }: Situation): VariantVerdict[] {
  return isWaiting ? [] : verdicts.filter(({ outcome }) => outcome === 'equivalent' || outcome === 'futile')
}

/** By the estimate on the first primary metric; ties by name. */
function byBest(verdicts: readonly VariantVerdict[]): VariantVerdict[] {
  return verdicts.toSorted((a, b) => gainOf(b) - gainOf(a) || (a.variant < b.variant ? -1 : 1))
}

/** Absolute, because all variants have the same control; what is missing comes last. */
function gainOf({ metrics: [first] }: VariantVerdict): number {
  if (!first) return Number.NEGATIVE_INFINITY
  const { estimate } = first.compared.absolute
  return first.metric.direction === 'increase' ? estimate : -estimate
}

/** One sentence for each metric and guardrail of some variants, as far as anybody reads. */
export function findingsOf(verdicts: readonly VariantVerdict[]): string[] {
  const shown: string[] = []
  for (const { variant, metrics, guardrails } of verdicts) {
    if (shown.length >= FINDINGS_SHOWN) break
    shown.push(...metrics.map((verdict) => `${metricInWords(variant, verdict)}.`))
    shown.push(...guardrails.map((state) => `${variant}: ${guardrailInWords(state)}.`))
  }
  const all = verdicts.reduce((sum, { metrics, guardrails }) => sum + metrics.length + guardrails.length, 0)
  const rest = all - FINDINGS_SHOWN
  return rest > 0 ? [...shown.slice(0, FINDINGS_SHOWN), `And ${count(rest)} more findings.`] : shown
}

/** A recommendation for each of the first variants; the last of them says how many are left out. */
export function forEachOf(
  verdicts: readonly VariantVerdict[],
  recommend: (verdict: VariantVerdict) => Recommendation,
): Recommendation[] {
  const rest = verdicts.length - VARIANTS_SHOWN
  return verdicts.slice(0, VARIANTS_SHOWN).map((verdict, i) => {
    const recommendation = recommend(verdict)
    if (rest <= 0 || i < VARIANTS_SHOWN - 1) return recommendation
    const more = `The same goes for ${count(rest)} more variants.`
    return { ...recommendation, evidence: [...recommendation.evidence, more] }
  })
}

/** The health score, and what lowers it. */
export function soundnessOf({ health }: Situation): string[] {
  const lowering = health.parts.filter(({ score, check }) => score < 1 && check !== 'guardrails')
  const worst = lowering.toSorted((a, b) => a.score - b.score)
  return [`Health ${percent(health.score)}.`, ...worst.map(partInWords)]
}

function partInWords({ check, score, message }: HealthPart): string {
  return `${capitalised(check.replaceAll('-', ' '))} (${percent(score)}): ${message}`
}
