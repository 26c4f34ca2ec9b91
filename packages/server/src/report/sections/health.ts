import type { HealthCheck } from '@helios/sdk'
import type { Block, Cell, Section } from '../blocks.ts'
import type { Report } from '../report.ts'
import { type Names, share } from '../words.ts'

const CHECKS: Readonly<Record<HealthCheck, string>> = {
  'sample-ratio': 'Units per variant',
  'sample-ratio-sequential': 'Units per variant, at every look',
  'allocation-stability': 'Same shares throughout',
  crossover: 'One variant per unit',
  'sample-size': 'Planned sample',
  duration: 'Planned duration',
  plausibility: 'Believable effects',
  guardrails: 'Guardrails',
  novelty: 'Effect lasts',
  weekday: 'Same on all weekdays',
  outliers: 'Not the work of a few units',
  validity: 'Fit for the method',
}

/** How far the numbers can be trusted, worst first. */
export function healthSection({ health, warnings, status }: Report, names: Names): Section | undefined {
  if (status === 'empty') return undefined
  const parts = health.parts.toSorted((a, b) => a.score - b.score)
  const rows = parts.map(({ check, score, message }): Cell[] => [
    CHECKS[check] ?? check,
    { text: scoreInWords(score), share: score, tone: toneOf(score) },
    names.inSentence(message),
  ])
  const sentence = `Health ${scoreInWords(health.score)}: ${judged(health.score)} It is the product of what each check leaves of the trust in the numbers.`
  return {
    id: 'health',
    title: 'Can the numbers be trusted?',
    blocks: [
      { kind: 'paragraph', text: sentence },
      ...warnings.map(
        ({ message }): Block => ({
          kind: 'notice',
          tone: 'warning',
          title: 'Read with care',
          items: [names.inSentence(message)],
        }),
      ),
      ...(rows.length === 0
        ? []
        : [
            {
              kind: 'table',
              caption: 'Health by check',
              columns: ['Check', 'Score', 'Found'],
              rows,
            } as const,
          ]),
    ],
  }
}

const GOOD = 0.8
const BAD = 0.5

function toneOf(score: number): 'good' | 'warning' | 'bad' {
  if (score >= GOOD) return 'good'
  return score >= BAD ? 'warning' : 'bad'
}

const JUDGED = {
  good: 'nothing stands against the numbers.',
  warning: 'the numbers are to be read with care.',
  bad: 'the numbers are not to be acted on.',
} as const

function judged(score: number): string {
  return JUDGED[toneOf(score)]
}

/** Down to 0 %, and up to 100 % only where nothing is missing. */
function scoreInWords(score: number): string {
  return share(Math.floor(score * 100) / 100)
}
