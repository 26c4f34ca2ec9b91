import { clean } from '../blocks.ts'

/**
 * What a reader of Markdown takes for markup, and nothing more, since the text is also read as it is: emphasis,
 * code, tags, entities, formulas, and where the address of a link would begin.
 */
const MARKUP: readonly (readonly [RegExp, string])[] = [
  [/[\\`*$]|~(?=~)|(?<=~)~/g, '\\$&'],
  [/_(?!\w)|(?<!\w)_/g, '\\$&'],
  [/\](?=[([:])/g, '\\$&'],
  [/&(?=#?\w+;)/g, '&amp;'],
  [/<(?=[a-z/!?])/gi, '&lt;'],
]
/** What would begin a heading, a quotation, a list, a table or a rule, were it the first of a line. */
const BEGINNING = /^(?:[>|]|[#=+-]+(?=\s|$)|-{3,}|={3,}|\d+(?=[.)](?:\s|$)))/

/** One line of text that every reader of Markdown shows as it was typed. */
export function escaped(text: string): string {
  return withoutMarkup(text).replace(BEGINNING, (mark) => (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`))
}

/** The same within a table, where not even an escaped bar is safe with every reader. */
export function escapedCell(text: string): string {
  return withoutMarkup(text).replaceAll('|', '&#124;')
}

function withoutMarkup(text: string): string {
  const line = clean(text)
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim()
  return MARKUP.reduce((safe, [pattern, replacement]) => safe.replaceAll(pattern, replacement), line)
}
