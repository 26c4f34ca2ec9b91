import type { BuiltChart, ChartTheme } from '@helios/charts'

/**
 * A report as it is read, whatever it is written in: sections of blocks. Every text is plain text, as somebody may
 * have typed it; who writes it in a language with markup escapes it.
 */
export interface Section {
  /** Letters and hyphens, unlike those of the other sections. */
  readonly id: string
  readonly title: string
  readonly blocks: readonly Block[]
}

export type Tone = 'good' | 'bad' | 'warning' | 'neutral'

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** How something was obtained, and what to know of it. */
  | { readonly kind: 'remark'; readonly text: string }
  /** Words of a person, lines and all. */
  | { readonly kind: 'quotation'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, text: string])[] }
  | Notice
  | Table
  | Chart
  /** Blocks under a title of the third level. */
  | { readonly kind: 'group'; readonly title: string; readonly blocks: readonly Block[] }

/** What must not be missed. */
export interface Notice {
  readonly kind: 'notice'
  readonly tone: Tone
  readonly title: string
  readonly items: readonly string[]
}

export interface Table {
  readonly kind: 'table'
  /** What it holds, for those who cannot see where it stands. */
  readonly caption: string
  readonly columns: readonly string[]
  /** One cell per column; the first one names the row. */
  readonly rows: readonly (readonly Cell[])[]
}

export type Cell = string | { readonly text: string; readonly tone?: Tone; readonly share?: number }

export interface Chart {
  readonly kind: 'chart'
  readonly id: string
  readonly title: string
  readonly draw: (theme: ChartTheme) => BuiltChart
  /** Whether the numbers of the picture stand beside it anyway. */
  readonly hasTable?: boolean
  /** The same as lines of text, where there are no pictures. */
  readonly courses?: readonly Course[]
}

/** How something went, oldest first; null where it is not known. */
export interface Course {
  readonly name: string
  readonly values: readonly (number | null)[]
  /** The last value in words. */
  readonly now: string
}

export function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text
}

/** Text without what would break a line or turn the direction of what follows; line breaks stay. */
export function clean(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(UNPRINTABLE, ' ')
}

/** Control characters but the line feed, and those that override directions. */
const UNPRINTABLE = /(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu
