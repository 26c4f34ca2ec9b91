import type { Evidence, Stopping, StoppingCause } from './evidence.ts'
import { excessInWords, largestExcess } from './excess.ts'
import { daysLeft, daysRun } from './progress.ts'
import { isSampleRatioMismatch } from './sample-ratio.ts'
import { guardrailInWords, metricInWords } from './sentences.ts'
import { judgeVariants, type MetricOutcome, type VariantVerdict } from './verdicts.ts'
import { waitingFor } from './waiting.ts'
import { daysInWords, pInWords } from './words.ts'

/** What stops a variant even while a sample or a duration is waited for. */
const HARMS: readonly VariantVerdict['outcome'][] = ['harmful', 'guardrail-harmed']
/** What stops a variant alone: going on costs, or tells nothing new. */
const STOPPABLE: readonly VariantVerdict['outcome'][] = [...HARMS, 'equivalent', 'futile']

const CODES = {
  better: 'significant',
  worse: 'harmful',
  equivalent: 'equivalent',
  futile: 'futile',
} as const satisfies Record<Exclude<MetricOutcome, 'open'>, StoppingCause['code']>

/**
 * Whether to go on. The experiment as a whole should stop when every variant is decided, when its longest duration
 * is over, or when units are lost and it is to be repaired. Before the planned sample, the shortest duration and the
 * first look nothing but harm and lost units is a reason.
 */
export function stoppingOf(evidence: Evidence): Stopping {
  const waiting = waitingFor(evidence)
  const isWaiting = waiting.length > 0
  const verdicts = judgeVariants(evidence)
  const decided = verdicts.filter((verdict) => isDecided(verdict, isWaiting))
  const whole = [mismatch(evidence), overdue(evidence)].filter((each) => each !== undefined)
  const isDone = verdicts.length > 0 && decided.length === verdicts.length
  return {
    shouldStop: whole.length > 0 || isDone,
    reasons: [...whole, ...verdicts.flatMap((verdict) => causesOf(verdict, isWaiting))],
    variants: decided.flatMap(({ variant, outcome }) => (STOPPABLE.includes(outcome) ? [variant] : [])),
    waitingFor: waiting,
  }
}

/**
 * Whether a variant harms, or nothing more is to be learned of it. A better one with a guardrail that is not clear
 * has more to tell.
 */
export function isDecided({ outcome, guardrails }: VariantVerdict, isWaiting: boolean): boolean {
  if (isWaiting) return HARMS.includes(outcome)
  if (outcome === 'better') return guardrails.every(({ verdict }) => verdict !== 'unclear')
  return outcome !== 'open'
}

function mismatch(evidence: Evidence): StoppingCause | undefined {
  if (!isSampleRatioMismatch(evidence)) return undefined
  const { control, sampleRatio } = evidence.analysis
  const { counts, expected, pValue } = sampleRatio
  const excess = largestExcess(counts, expected, control)
  const found = excess ? excessInWords(excess, pValue) : pInWords(pValue)
  return {
    code: 'sample-ratio-mismatch',
    message: `${found}: find what loses or adds units, repair it and start again.`,
  }
}

function overdue(evidence: Evidence): StoppingCause | undefined {
  const maximum = evidence.schedule?.maximumDurationDays
  if (maximum === undefined || daysLeft(evidence) !== 0) return undefined
  return {
    code: 'maximum-duration',
    message: `It has run ${daysInWords(daysRun(evidence) ?? 0)} of at most ${daysInWords(maximum)}.`,
  }
}

function causesOf(
  { variant, outcome, metrics, guardrails }: VariantVerdict,
  isWaiting: boolean,
): StoppingCause[] {
  const isHopeless = outcome === 'equivalent' || outcome === 'futile'
  const onMetrics = metrics.flatMap((verdict): StoppingCause[] => {
    if (verdict.outcome === 'open' || (isWaiting && verdict.outcome !== 'worse')) return []
    const isOutcome = verdict.outcome === 'better' || verdict.outcome === 'worse'
    // Hopeless on one primary metric, a variant goes on for the others.
    if (!isOutcome && !isHopeless) return []
    const message = `${metricInWords(variant, verdict)}.`
    return [{ code: CODES[verdict.outcome], message, variant, metric: verdict.key }]
  })
  const onGuardrails = guardrails
    .filter(({ verdict }) => verdict === 'harmed')
    .map((state): StoppingCause => {
      const message = `${variant}: ${guardrailInWords(state)}.`
      return { code: 'guardrail-harmed', message, variant, metric: state.key }
    })
  return [...onMetrics, ...onGuardrails]
}
