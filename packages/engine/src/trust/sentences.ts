import type { Compared } from './evidence.ts'
import type { GuardrailState, MetricOutcome, MetricVerdict } from './verdicts.ts'
import { effectInWords, percent, pInWords } from './words.ts'

const OUTCOMES = {
  better: 'is better on',
  worse: 'is worse on',
  equivalent: 'makes no difference that matters on',
  futile: 'is not significant on',
  open: 'is not decided on',
} as const satisfies Record<MetricOutcome, string>

/** B is better on purchase: +3.1 % [1.2 %, 5.0 %], adjusted p = 0.002 */
export function metricInWords(variant: string, { key, compared, outcome }: MetricVerdict): string {
  const when = outcome === 'futile' ? `${whenFutile(compared)}, ` : ''
  const p = `adjusted ${pInWords(compared.pValueAdjusted)}`
  return `${variant} ${OUTCOMES[outcome]} ${key}: ${when}${effectInWords(compared)}, ${p}`
}

function whenFutile({ look }: Compared): string {
  if (!look) return 'at the planned sample'
  if (look.number >= look.of) return 'at the last look'
  return `below the futility boundary at look ${look.number} of ${look.of}`
}

const VERDICTS = { holds: 'holds', harmed: 'is harmed', unclear: 'is unclear' } as const

/** the guardrail latency is unclear: −2.0 % [−8.0 %, 4.0 %] against a margin of 5 % */
export function guardrailInWords({ key, verdict, margin, compared }: GuardrailState): string {
  const found = compared ? effectInWords(compared) : 'it could not be compared'
  return `the guardrail ${key} ${VERDICTS[verdict]}: ${found} against a margin of ${percent(margin)}`
}
