import type { VariantComparison } from '@helios/engine'
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

/** Interval of each variant's difference from the control on one axis, in numbers, and what it says. */
export function drawIntervals(
  drawn: readonly (readonly [variant: string, comparison: Computed])[],
  scale: Scale,
  control: string,
  alpha: number,
  { width, colours }: Style,
): string[] {
  if (drawn.length === 0) return []
  const notes = drawn.map(([, { absolute }]) => bounds(absolute, scale))
  const noteWidth = Math.max(...notes.map(displayWidth))
  const variants = drawn.map(([variant]) => printable(variant))
  const room = width - INDENT.length - noteWidth - displayWidth(UNCLEAR) - 3 * GAP.length
  const { nameWidth, plotWidth } = divide(room, Math.max(...variants.map(displayWidth)))
  const names = shortenAll(variants, nameWidth)
  const { bars, axis, labels } = plotIntervals(
    drawn.map(([, { absolute }]) => absolute),
    scale,
    plotWidth,
  )
  const lines = drawn.map(([, comparison], i) => {
    const colour = verdictColour(comparison, alpha, colours)
    const name = padEnd(names[i] as string, nameWidth)
    const note = padEnd(notes[i] as string, noteWidth)
    return INDENT + [name, colour(bars[i] as string), note, colour(verdictOf(comparison, alpha))].join(GAP)
  })
  const margin = INDENT + ' '.repeat(nameWidth) + GAP
  const caption = wrap(INDENT + captionOf(control, scale, alpha), width, INDENT)
  return ['', ...caption.map(colours.dim), ...lines, colours.dim(margin + axis), colours.dim(margin + labels)]
}

/** Names give way to a plot of the usual width, the plot to the shortest of names. */
function divide(
  room: number,
  longestName: number,
): { readonly nameWidth: number; readonly plotWidth: number } {
  const nameWidth = Math.min(longestName, Math.max(NARROWEST_NAME, room - USUAL_PLOT))
  return { nameWidth, plotWidth: Math.min(WIDEST_PLOT, Math.max(NARROWEST_PLOT, room - nameWidth)) }
}

function captionOf(control: string, { unit }: Scale, alpha: number): string {
  const points = unit === '' ? '' : ' in percentage points'
  return `difference from ${printable(control)}${points}, ${Number((100 * (1 - alpha)).toFixed(3))} % intervals`
}
