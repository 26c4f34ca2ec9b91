import type { NamedVariant } from './built-chart.ts'

/** Names as charts show them. People choose names: they may be long, empty, doubled, or try to be markup. */

const LONGEST_NAME = 300
/** Would break the line, or turn the direction of the text that follows. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu
const MARKUP: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** One line without control characters, at most 300 characters. */
export function displayName(text: string): string {
  return shorten(text.replaceAll(UNPRINTABLE, ' ').trim(), LONGEST_NAME)
}

const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' })
/** A character as people see it may be of many code units, but not of any number. */
const LONGEST_CHARACTER = 32

/** At most so many characters as people count them, the last of them an ellipsis when some are missing. */
export function shorten(text: string, characters: number): string {
  if (text.length <= characters) return text
  const beginning = text.slice(0, characters * LONGEST_CHARACTER)
  let [count, end] = [0, 0]
  for (const { index } of CHARACTERS.segment(beginning)) {
    count += 1
    if (count === characters) end = index
    if (count > characters) return `${beginning.slice(0, end).trimEnd()}…`
  }
  return beginning.length < text.length ? `${beginning}…` : text
}

/** Text as HTML, in an element or an attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => MARKUP[character] ?? character)
}

/** Name by key; the key stands in for a name that is empty, and beside one that another variant has too. */
export function namesOf(variants: readonly NamedVariant[]): ReadonlyMap<string, string> {
  const shown = variants.map(({ key, name }) => ({ key, name: displayName(name) || displayName(key) }))
  const counts = new Map<string, number>()
  for (const { name } of shown) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map(
    shown.map(({ key, name }) => [key, (counts.get(name) ?? 0) > 1 ? `${name} (${displayName(key)})` : name]),
  )
}

const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\u{1f000}-\u{3ffff}]/gu

/** Width of text in CSS pixels, rather too much than too little: no font is at hand to measure with. */
export function estimatedWidth(text: string, fontSize: number): number {
  const wide = text.match(WIDE)?.length ?? 0
  return fontSize * (wide + 0.6 * (text.length - wide))
}

/** `1 variant`, `3 variants`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
