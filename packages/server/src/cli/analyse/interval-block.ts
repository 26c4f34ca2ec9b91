import type { IntervalEstimate, VariantComparison } from '@helios/engine'
import { plotIntervals } from './interval-plot.ts'
import { bounds, type Scale } from './numbers.ts'
import type { Style } from './style.ts'
import { displayWidth, padEnd, printable, shortenAll, wrap } from './terminal-text.ts'
import { UNCLEAR, verdictColour, verdictOf } from './verdict.ts'

export type Computed = Extract<VariantComparison, { status: 'ok' }>

const INDENT = '  '
const GAP = '  '
const NARROWEST_NAME = 8
const NARROWEST_PLOT = 16
const USUAL_PLOT = 28
const WIDEST_PLOT = 64

/** One line of a drawing: an interval with what it says in a word. */
export interface DrawnInterval {
  readonly name: string
  readonly interval: IntervalEstimate
  readonly verdict: string
  readonly colour: (text: string) => string
}

/** Interval of each variant's difference from the control on one axis, in numbers, and what it says. */
export function drawIntervals(
  drawn: readonly (readonly [variant: string, comparison: Computed])[],
  scale: Scale,
  control: string,
  alpha: number,
  style: Style,
): string[] {
  const rows = drawn.map(([name, comparison]) => ({
    name,
    interval: comparison.absolute,
    verdict: verdictOf(comparison, alpha),
    colour: verdictColour(comparison, alpha, style.colours),
  }))
  const what = drawn[0]?.[1].estimand ?? `difference from ${printable(control)}`
  return drawRows(rows, scale, captionOf(what, scale, alpha), style)
}

/** Intervals on one axis under a caption. */
export function drawRows(
  rows: readonly DrawnInterval[],
  scale: Scale,
  caption: string,
  { width, colours }: Style,
): string[] {
  if (rows.length === 0) return []
  const notes = rows.map(({ interval }) => bounds(interval, scale))
  const noteWidth = Math.max(...notes.map(displayWidth))
  const given = rows.map(({ name }) => printable(name))
  const room = width - INDENT.length - noteWidth - displayWidth(UNCLEAR) - 3 * GAP.length
  const { nameWidth, plotWidth } = divide(room, Math.max(...given.map(displayWidth)))
  const names = shortenAll(given, nameWidth)
  const { bars, axis, labels } = plotIntervals(
    rows.map(({ interval }) => interval),
    scale,
    plotWidth,
  )
  const lines = rows.map(({ colour, verdict }, i) => {
    const name = padEnd(names[i] as string, nameWidth)
    const note = padEnd(notes[i] as string, noteWidth)
    return INDENT + [name, colour(bars[i] as string), note, colour(verdict)].join(GAP)
  })
  const margin = INDENT + ' '.repeat(nameWidth) + GAP
  const wrapped = wrap(INDENT + caption, width, INDENT)
  return ['', ...wrapped.map(colours.dim), ...lines, colours.dim(margin + axis), colours.dim(margin + labels)]
}

/** Names give way to a plot of the usual width, the plot to the shortest of names. */
function divide(
  room: number,
  longestName: number,
): { readonly nameWidth: number; readonly plotWidth: number } {
  const nameWidth = Math.min(longestName, Math.max(NARROWEST_NAME, room - USUAL_PLOT))
  return { nameWidth, plotWidth: Math.min(WIDEST_PLOT, Math.max(NARROWEST_PLOT, room - nameWidth)) }
}

/** `difference from A in percentage points, 95 % intervals` */
export function captionOf(what: string, { unit }: Scale, alpha: number): string {
  const points = unit === '' ? '' : ' in percentage points'
  return `${what}${points}, ${Number((100 * (1 - alpha)).toFixed(3))} % intervals`
}
