import { formatCount, formatPercent } from '@helios/charts/format'
import type { Experiment } from '@helios/sdk'

/** Longer names would drown the sentence; they stand in full where they are defined. */
const LONGEST_NAME = 80

/** A name that somebody chose, within a sentence: its direction must not turn the words around it. */
export function isolated(name: string): string {
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME).toWellFormed()}…` : name
  return `\u2068${shown}\u2069`
}

/** 1 variant, 1,234 variants. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${count === 1 ? noun : pluralOf(noun)}`
}

/** Kinds of units are nouns in the singular: user, story, box. */
export function pluralOf(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`
  return /(?:s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`
}

/** At the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Name of a variant, its key when it is none of the experiment's. */
export function nameOfVariant({ variants }: Pick<Experiment, 'variants'>, key: string): string {
  return variants.find((variant) => variant.key === key)?.name ?? key
}

/** A, B and C. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** A share that somebody chose: 50 % and not 50.0 %. */
export function shareInWords(share: number): string {
  return formatPercent(share).replace(/\.(\d*?)0+(?=\D*$)/, (_, digits) =>
    digits === '' ? '' : `.${digits}`,
  )
}
