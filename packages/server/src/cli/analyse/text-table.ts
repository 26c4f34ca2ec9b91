import { displayWidth, padEnd, padStart, shortenAll } from './terminal-text.ts'

export interface TableColumn {
  readonly title: string
  readonly align: 'left' | 'right'
}

export interface TextTable {
  /** Header and rows, each one line. */
  readonly lines: readonly string[]
  /** Columns of the terminal that the longest line takes. */
  readonly width: number
}

const GAP = 2
const NARROW_GAP = 1
const NARROWEST_NAME = 8

/**
 * Lays out cells in columns. Where the lines would be wider than `width`, the columns move together, and
 * then the names in the first are shortened. `style` colours a whole line once its width is settled.
 */
export function layOutTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number,
  style: (line: string, row: number) => string,
): TextTable {
  const widths = columns.map(({ title }, i) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[i] ?? ''))),
  )
  const widthWith = (gap: number) => widths.reduce((sum, each) => sum + each + gap, -gap)
  const gap = widthWith(GAP) <= width ? GAP : NARROW_GAP
  const excess = widthWith(gap) - width
  const firstWidth = Math.max(
    Math.min(NARROWEST_NAME, widths[0] as number),
    (widths[0] as number) - Math.max(0, excess),
  )
  widths[0] = firstWidth
  const line = (cells: readonly string[]) => {
    const padded = columns.map(({ align }, i) => {
      const pad = align === 'left' ? padEnd : padStart
      return pad(cells[i] ?? '', widths[i] as number)
    })
    return padded.join(' '.repeat(gap)).trimEnd()
  }
  const names = shortenAll(
    rows.map(([name = '']) => name),
    firstWidth,
  )
  const shortened = rows.map(([, ...others], i) => [names[i] as string, ...others])
  const titles = columns.map(({ title }) => title)
  return { lines: [titles, ...shortened].map((cells, i) => style(line(cells), i - 1)), width: widthWith(gap) }
}
