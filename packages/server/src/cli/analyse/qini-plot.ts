import { signed } from './numbers.ts'
import { padStart } from './terminal-text.ts'

export interface QiniPoint {
  readonly share: number
  readonly gain: number
}

const HEIGHT = 11
const WIDEST = 64
const LABEL_COLUMNS = 10

/** A Qini curve (●) over the line of treating units in any order (·), as lines of at most `width` columns. */
export function plotQini(curve: readonly QiniPoint[], factor: number, width: number): string[] {
  const columns = Math.min(WIDEST, width - LABEL_COLUMNS - 2)
  const last = curve.at(-1)?.gain ?? 0
  const gains = curve.map(({ gain }) => gain)
  const [low, high] = [Math.min(0, ...gains), Math.max(0, ...gains)]
  const range = high - low || 1
  const rowOf = (gain: number) => Math.round(((high - gain) / range) * (HEIGHT - 1))
  const cells = Array.from({ length: HEIGHT }, () => new Array<string>(columns).fill(' '))
  for (let column = 0; column < columns; column++) {
    const share = column / (columns - 1)
    const set = (gain: number, sign: string) => {
      const row = cells[rowOf(gain)]
      if (row) row[column] = sign
    }
    set(share * last, '·')
    set(gainAt(curve, share), '●')
  }
  const decimals = Math.max(0, Math.ceil(-Math.log10(range * factor)) + 2)
  const labelled = new Set([0, HEIGHT - 1, rowOf(0)])
  const label = (row: number) =>
    labelled.has(row) ? signed((high - (row / (HEIGHT - 1)) * range) * factor, decimals) : ''
  const lines = cells.map(
    (row, i) =>
      `${padStart(label(i), LABEL_COLUMNS)} ${labelled.has(i) ? '┤' : '│'}${row.join('').trimEnd()}`,
  )
  const [left, middle, right] = ['0 %', '50 %', '100 %']
  const space = (text: string) => ' '.repeat(Math.max(1, Math.floor(columns / 2) - text.length))
  return [
    ...lines,
    `${' '.repeat(LABEL_COLUMNS)} └${'─'.repeat(columns)}`,
    `${' '.repeat(LABEL_COLUMNS + 2)}${left}${space(left + middle.slice(2))}${middle}${space(middle + right.slice(1))}${right}`,
  ]
}

/** Between points, on the straight line from one to the next. */
function gainAt(curve: readonly QiniPoint[], share: number): number {
  const next = curve.findIndex((point) => point.share >= share)
  const after = curve[next < 0 ? curve.length - 1 : next]
  const before = curve[Math.max(0, next - 1)]
  if (!after || !before || after.share === before.share) return after?.gain ?? 0
  return before.gain + ((share - before.share) / (after.share - before.share)) * (after.gain - before.gain)
}
