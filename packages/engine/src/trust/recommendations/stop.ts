import type { Recommendation } from '../evidence.ts'
import { guardrailInWords, metricInWords } from '../sentences.ts'
import type { VariantVerdict } from '../verdicts.ts'
import { list } from '../words.ts'
import { findingsOf, forEachOf, harmfulOf, type Situation, soundnessOf } from './situation.ts'

/** Stop single variants while the others go on. */
export function stopVariants(stopped: readonly VariantVerdict[], situation: Situation): Recommendation[] {
  const { variants } = situation.stopping
  const others = situation.verdicts.filter(({ variant }) => !variants.includes(variant))
  const rest = others.length > 0 ? `; ${list(others.map(({ variant }) => variant))} may go on` : ''
  return forEachOf(stopped, (verdict) => ({
    code: 'stop-variant',
    variant: verdict.variant,
    message: `Stop ${verdict.variant}: ${mainReason(verdict, 'it')}${rest}.`,
    evidence: findingsOf([verdict]),
  }))
}

/** Nothing better was found, and nothing more is to be expected. */
export function keepControl(situation: Situation): Recommendation {
  const { evidence, verdicts } = situation
  const { control } = evidence.analysis
  const [only, ...others] = verdicts
  const isAlone = only !== undefined && others.length === 0 && only.outcome !== 'open'
  const reason = isAlone ? mainReason(only, only.variant) : nothingBetter(situation)
  const caveat = verdicts.some(({ outcome }) => outcome === 'open')
    ? ' That is no proof that there is no effect: what the intervals hold is still possible.'
    : ''
  return {
    code: 'keep-control',
    variant: control,
    message: `Keep the control, ${control}: ${reason}.${caveat}`,
    evidence: [...findingsOf(verdicts), ...soundnessOf(situation)],
  }
}

function nothingBetter(situation: Situation): string {
  const { stopping, evidence } = situation
  const isOverdue = stopping.reasons.some(({ code }) => code === 'maximum-duration')
  const isOver = evidence.schedule && !evidence.schedule.isOpen
  const when = isOverdue ? 'the longest duration is over and ' : isOver ? 'no more units come in and ' : ''
  const harmful = harmfulOf(situation).map(({ variant }) => variant)
  const harm = harmful.length > 0 ? `; ${list(harmful)} ${harmful.length > 1 ? 'do' : 'does'} harm` : ''
  return `${when}no variant was shown to be better${harm}`
}

function mainReason({ metrics, guardrails, outcome }: VariantVerdict, subject: string): string {
  const wanted = outcome === 'harmful' ? 'worse' : outcome === 'guardrail-harmed' ? 'better' : outcome
  const telling = metrics.find((verdict) => verdict.outcome === wanted)
  const harmed =
    outcome === 'guardrail-harmed' ? guardrails.filter(({ verdict }) => verdict === 'harmed') : []
  return [...(telling ? [metricInWords(subject, telling)] : []), ...harmed.map(guardrailInWords)].join(
    '; but ',
  )
}
