import type { Analysis, Experiment, Recommendation, Stopping } from '@helios/sdk'
import { capital, isolated, listed, nameOfVariant } from '../words.ts'
import { type Catalogue, nameOfMetric } from './effects.ts'

/** A recommendation as the page tells it. */
export interface Advice {
  readonly code: Recommendation['code']
  /** What to do, in a few words. */
  readonly headline: string
  /** Why, as one sentence or two. */
  readonly reason: string
  readonly evidence: readonly string[]
  /** Whether it was followed already. */
  readonly isDone: boolean
}

export interface StoppingLine {
  readonly kind: 'stop' | 'variants' | 'waiting' | 'reason'
  readonly text: string
}

const HEADLINES: Readonly<Record<Recommendation['code'], (variant: string) => string>> = {
  'do-not-read': () => 'Do not read the numbers',
  deploy: (variant) => `Deploy ${variant}`,
  'keep-control': (variant) => `Keep the control, ${variant}`,
  'stop-variant': (variant) => `Stop ${variant}`,
  continue: () => 'Continue',
  decide: (variant) => `Decide on ${variant}`,
}

/** The recommendations, most important first. */
export function adviceOf(
  { recommendations }: Pick<Analysis, 'recommendations'>,
  experiment: Experiment,
  catalogue: Catalogue,
): Advice[] {
  const say = namesFor(experiment, catalogue)
  return recommendations.map(({ code, variant, message, evidence }) => ({
    code,
    headline: headlineOf(code, isolated(nameOfVariant(experiment, variant ?? experiment.control))),
    reason: capital(say(withoutHeadline(message, headlineOf(code, variant ?? experiment.control)))),
    evidence: evidence.map(say),
    isDone: code === 'deploy' && variant !== undefined && experiment.shipped === variant,
  }))
}

function headlineOf(code: Recommendation['code'], variant: string): string {
  return Object.hasOwn(HEADLINES, code) ? HEADLINES[code](variant) : capital(code.replaceAll('-', ' '))
}

/** `Deploy warm: +5 % on purchase.` says again what the headline does. */
function withoutHeadline(message: string, headline: string): string {
  return message.startsWith(`${headline}: `) ? message.slice(headline.length + 2) : message
}

/** Keys that no sentence has as a word of its own: satisfaction_rating, same-as-a, v2. */
const IDENTIFIER = /^[\p{L}\p{N}]*[\d_.=-][\p{L}\p{N}_.=-]*$/u
/** Words of the engine's sentences after which a metric is named. */
const BEFORE_METRIC = /(?:^|\s)(?:on|guardrail)\s$/
const TOKEN = /[^\s:;,()]+/g

/**
 * Puts names in the place of the keys that the engine's sentences have, where a key cannot be mistaken for a
 * word of the sentence: one that is no word, the variant that a sentence begins with, the metric that it is
 * `on`. A variant called `a` within a sentence stays as it is.
 */
export function namesFor(experiment: Experiment, catalogue: Catalogue): (sentence: string) => string {
  const { primary, guardrails, secondary } = experiment.metrics
  const metrics = new Map(
    [...primary, ...guardrails, ...secondary].map((key) => [key, nameOfMetric(catalogue, key)]),
  )
  const variants = new Map(experiment.variants.map(({ key, name }) => [key, name]))
  const nameOf = (key: string, before: string): string | undefined => {
    if (before === '') return variants.get(key)
    if (BEFORE_METRIC.test(before.slice(-12)) && metrics.has(key)) return metrics.get(key)
    return IDENTIFIER.test(key) ? (metrics.get(key) ?? variants.get(key)) : undefined
  }
  return (sentence) =>
    sentence.replaceAll(TOKEN, (token, at: number) => {
      const key = token.replace(/\.$/, '')
      const name = nameOf(key, sentence.slice(0, at))
      return name === undefined || name === key ? token : `${isolated(name)}${token.slice(key.length)}`
    })
}

/** Whether to go on, and what is waited for; what `said` has already is not said again. */
export function stoppingLines(
  stopping: Stopping,
  experiment: Experiment,
  catalogue: Catalogue,
  said: readonly string[],
): StoppingLine[] {
  const { shouldStop, reasons, variants, waitingFor } = stopping
  const say = namesFor(experiment, catalogue)
  const isOpen = experiment.status === 'running' || experiment.status === 'paused'
  const isNew = (text: string) => !said.some((known) => known.includes(text))
  const lines: StoppingLine[] = []
  if (waitingFor.length > 0) {
    lines.push({ kind: 'waiting', text: `Waiting for ${listed(waitingFor.map(say))}.` })
  }
  if (shouldStop && isOpen) {
    lines.push({ kind: 'stop', text: stopInWords(stopping) })
  } else if (variants.length > 0 && isOpen) {
    const named = variants.map((key) => isolated(nameOfVariant(experiment, key)))
    lines.push({ kind: 'variants', text: `May be stopped alone while the others go on: ${listed(named)}.` })
  }
  for (const { message } of reasons) {
    const text = say(message)
    if (isNew(text)) lines.push({ kind: 'reason', text })
  }
  return lines
}

function stopInWords({ reasons }: Stopping): string {
  const codes = reasons.map(({ code }) => code)
  if (codes.includes('sample-ratio-mismatch'))
    return 'Stop it: first what loses or adds units must be repaired.'
  return codes.includes('maximum-duration')
    ? 'It may stop: its longest duration is over.'
    : 'It may stop: every variant is decided.'
}
