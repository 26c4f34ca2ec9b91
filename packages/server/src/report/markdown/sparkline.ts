import { isNumber } from '@helios/charts'

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const MIDDLE = 4
const MOST_POINTS = 32
const GAP = '·'

/**
 * Values as a line of block characters; at most 32, evenly taken, the last always among them. The lowest and the
 * highest of the last two thirds are the ends of the scale: how wild it began does not flatten the rest.
 */
export function sparkline(values: readonly (number | null)[]): string {
  const every = Math.max(1, Math.ceil(values.length / MOST_POINTS))
  const shown = values.filter((_, i) => (values.length - 1 - i) % every === 0)
  const late = shown.slice(Math.floor(shown.length / 3)).filter(isNumber)
  const known = late.length > 0 ? late : shown.filter(isNumber)
  if (known.length === 0) return ''
  const [low, high] = [Math.min(...known), Math.max(...known)]
  return shown.map((value) => (isNumber(value) ? BLOCKS[levelOf(value, low, high)] : GAP)).join('')
}

function levelOf(value: number, low: number, high: number): number {
  if (high <= low) return MIDDLE
  const level = Math.round(((value - low) / (high - low)) * (BLOCKS.length - 1))
  return Math.min(BLOCKS.length - 1, Math.max(0, level))
}

/** A share as ten squares. */
export function squares(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * 10)
  return '█'.repeat(filled) + '░'.repeat(10 - filled)
}
