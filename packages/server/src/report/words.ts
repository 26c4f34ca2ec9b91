import { formatCount, formatPercent, type NumberStyle, namesOf, PLAIN, styleOfMetric } from '@helios/charts'
import type { Condition, Metric } from '@helios/sdk'
import type { Report } from './report.ts'
import { sentenceNamer } from './sentence-names.ts'

/** How things are called in a report: by their names, and by their keys where they have none. */
export interface Names {
  readonly variant: (key: string) => string
  readonly metric: (key: string) => string
  readonly style: (metric: string) => NumberStyle
  /** A sentence of the engine, with names for the keys in it. */
  readonly inSentence: (sentence: string) => string
}

export function namesIn({ experiment, metrics }: Pick<Report, 'experiment' | 'metrics'>): Names {
  const variants = namesOf(experiment.variants)
  const catalogue = new Map<string, Metric>(metrics.map((metric) => [metric.key, metric]))
  const metricNames = new Map([...catalogue].map(([key, { name }]) => [key, name]))
  return {
    inSentence: sentenceNamer(variants, metricNames),
    variant: (key) => variants.get(key) ?? key,
    metric: (key) => catalogue.get(key)?.name ?? key,
    style: (key) => {
      const metric = catalogue.get(key)
      return metric === undefined ? PLAIN : styleOfMetric(metric)
    },
  }
}

/** A share that somebody chose: 5 % and not 5.00 %. */
export function share(value: number): string {
  return formatPercent(value).replace(/\.(\d*?)0+(?=\D*$)/, (_, digits) =>
    digits === '' ? '' : `.${digits}`,
  )
}

/** 1 user, 1,234 users; kinds of units are nouns in the singular. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${count === 1 ? noun : pluralOf(noun)}`
}

export function pluralOf(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`
  return /(?:s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`
}

/** A, B and C. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** country in ["DE","PT"] and not (age less than 18) */
export function conditionInWords(condition: Condition): string {
  if ('not' in condition) return `not (${conditionInWords(condition.not)})`
  if ('all' in condition) return condition.all.map(inBrackets).join(' and ') || 'everyone'
  if ('any' in condition) return condition.any.map(inBrackets).join(' or ') || 'nobody'
  const operator = condition.operator.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return `${condition.attribute} ${operator} ${JSON.stringify(condition.value)}`
}

function inBrackets(condition: Condition): string {
  const words = conditionInWords(condition)
  return 'attribute' in condition || 'not' in condition ? words : `(${words})`
}
