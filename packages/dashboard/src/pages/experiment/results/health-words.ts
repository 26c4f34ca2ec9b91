import type { Health, HealthCheck, HealthPart } from '@helios/sdk'
import { capital } from '../words.ts'

export type Tone = 'good' | 'attention' | 'bad'

/** One check of the health, told. */
export interface PartInWords {
  readonly check: string
  readonly title: string
  readonly tone: Tone
  /** What the colour says. */
  readonly word: string
  readonly score: number
  readonly message: string
}

const TITLES: Readonly<Record<HealthCheck, string>> = {
  'sample-ratio': 'Units per variant',
  'sample-ratio-sequential': 'Units per variant, at every look',
  'allocation-stability': 'Same shares throughout',
  crossover: 'One variant per unit',
  'sample-size': 'Sample size',
  duration: 'Duration',
  plausibility: 'Plausible effects',
  guardrails: 'Guardrails',
  novelty: 'Novelty',
  weekday: 'Weekdays',
  outliers: 'Outliers',
  validity: 'Method fits the data',
}

const WORDS: Readonly<Record<Tone, string>> = {
  good: 'Fine',
  attention: 'Keep in mind',
  bad: 'Weak',
}

const SUMMARIES: Readonly<Record<Tone, string>> = {
  good: 'Sound: the numbers may be acted on.',
  attention: 'Sound enough to act on, with some things to keep in mind.',
  bad: 'Not sound enough to act on yet.',
}

const FAILED = 'A check failed altogether: do not act on the numbers.'

/** From here on nothing is objected to. */
const FINE_FROM = 0.95
const SOUND_FROM = 0.8
/** Below, the engine recommends nothing but to repair, wait or decide by other means. */
const ACT_FROM = 0.5

/** A score that is no number counts as nothing known: the worst. */
function toneOf(score: number | null, goodFrom: number): Tone {
  if (score === null || !(score >= ACT_FROM)) return 'bad'
  return score >= goodFrom ? 'good' : 'attention'
}

/** Every check that could be made, the worst first; checks that this page has no name for go by their own. */
export function partsInWords({ parts }: Pick<Health, 'parts'>): PartInWords[] {
  return parts.map(partInWords).toSorted((a, b) => a.score - b.score)
}

function partInWords({ check, score, message }: HealthPart): PartInWords {
  const tone = toneOf(score, FINE_FROM)
  const title = Object.hasOwn(TITLES, check) ? TITLES[check] : capital(check.replaceAll('-', ' '))
  const word = score === 0 ? 'Failed' : WORDS[tone]
  return { check, title, tone, word, score: Math.min(1, Math.max(0, score || 0)), message }
}

/** What the score means for a reader. */
export function healthInWords({ score }: Pick<Health, 'score'>): {
  readonly tone: Tone
  readonly text: string
} {
  const tone = toneOf(score, SOUND_FROM)
  return { tone, text: score === 0 ? FAILED : SUMMARIES[tone] }
}
