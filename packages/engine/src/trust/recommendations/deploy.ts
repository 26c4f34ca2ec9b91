import type { Recommendation } from '../evidence.ts'
import { trustworthiness } from '../health.ts'
import { guardrailInWords, metricInWords } from '../sentences.ts'
import type { MetricVerdict, VariantVerdict } from '../verdicts.ts'
import { effectInWords, list, percent } from '../words.ts'
import {
  findingsOf,
  forEachOf,
  hasClearGuardrails,
  isSound,
  type Situation,
  soundnessOf,
  winnersOf,
} from './situation.ts'

/** The best of the variants that may be deployed; undefined where none may. */
export function deploy(situation: Situation): Recommendation | undefined {
  const winners = winnersOf(situation)
  const best = winners.find(hasClearGuardrails)
  if (!best || !isSound(situation)) return undefined
  const { variant, guardrails } = best
  const others = situation.verdicts.filter((verdict) => verdict !== best)
  const rivals = winners.filter((verdict) => verdict !== best).map((verdict) => verdict.variant)
  const also =
    rivals.length > 0
      ? ` ${list(rivals)} ${rivals.length > 1 ? 'are' : 'is'} better than the control too.`
      : ''
  const holding = guardrails.length > 0 ? ', guardrails hold' : ''
  return {
    code: 'deploy',
    variant,
    message: `Deploy ${variant}: ${gainInWords(best)}, ${lookInWords(best, situation)}${holding}.${also}`,
    evidence: [...findingsOf([best]), ...soundnessOf(situation), ...findingsOf(others)],
  }
}

/** For each variant that is better, why it is not simply deployed. */
export function decide(situation: Situation): Recommendation[] {
  const mixed = situation.isWaiting ? [] : situation.verdicts.filter(({ outcome }) => outcome === 'mixed')
  return forEachOf([...winnersOf(situation), ...mixed], (verdict) => {
    const objections = [...objectionsTo(verdict), ...(isSound(situation) ? [] : [unsound(situation)])]
    return {
      code: 'decide',
      variant: verdict.variant,
      message: `Decide on ${verdict.variant}: ${gainInWords(verdict)}, but ${objections.join('; and ')}.`,
      evidence: [...findingsOf([verdict]), ...soundnessOf(situation)],
    }
  })
}

function objectionsTo({ metrics, guardrails }: VariantVerdict): string[] {
  return [
    ...metrics.filter(({ outcome }) => outcome === 'worse').map((worse) => metricInWords('it', worse)),
    ...guardrails.filter(({ verdict }) => verdict !== 'holds').map(guardrailInWords),
  ]
}

/** Ends the sentence, and begins another with the gravest reason. */
function unsound({ health }: Situation): string {
  const parts = health.parts.filter(({ check }) => check !== 'guardrails')
  const [worst] = parts.toSorted((a, b) => a.score - b.score)
  const reason = worst ? `. ${worst.message.replace(/\.$/, '')}` : ''
  return `the numbers are not sound enough (${percent(trustworthiness(health))})${reason}`
}

/** +3.1 % [1.2 %, 5.0 %] on purchase: the first primary metric that is better. */
function gainInWords({ metrics }: VariantVerdict): string {
  const best = metrics.find(({ outcome }) => outcome === 'better')
  return best ? `${effectInWords(best.compared)} on ${best.key}${lessIsBetter(best)}` : ''
}

function lessIsBetter({ metric }: MetricVerdict): string {
  return metric.direction === 'decrease' ? ' (less is better)' : ''
}

function lookInWords({ metrics }: VariantVerdict, { evidence }: Situation): string {
  const look = metrics.find(({ outcome }) => outcome === 'better')?.compared.look
  const { method } = evidence.analysis
  return look ? `${method} at look ${look.number} of ${look.of}` : method
}
