import type { PowerPoint } from '@helios/engine'
import { count } from '../analyse/numbers.ts'
import { displayWidth, padEnd, padStart } from '../analyse/terminal-text.ts'

export interface PowerPlotQuestion {
  readonly points: readonly PowerPoint[]
  readonly target: number
  readonly answer: { readonly unitsPerVariant: number; readonly power: number }
  /** Columns of the drawing, labels aside. */
  readonly width: number
}

const ROWS = 10
const LABEL_WIDTH = 5
const CURVE = '•'
const ANSWER = '◆'
const TARGET = '┄'

/** Power from 0 to 100 % over units per variant, as lines of text; ◆ is the answer, ┄ the power that is asked for. */
export function plotPower({ points, target, answer, width }: PowerPlotQuestion): string[] {
  const most = points.at(-1)?.unitsPerVariant ?? 1
  const columnOf = (units: number) => Math.round((Math.min(units, most) / most) * (width - 1))
  const rowOf = (power: number) => ROWS - Math.round(power * ROWS)
  const cells = Array.from({ length: ROWS + 1 }, (_, row) =>
    new Array<string>(width).fill(row === rowOf(target) ? TARGET : ' '),
  )
  const put = (column: number, power: number, sign: string) => {
    const row = cells[rowOf(power)]
    if (row) row[column] = sign
  }
  for (let column = columnOf(points[0]?.unitsPerVariant ?? 0); column < width; column++)
    put(column, powerAt(points, (column / (width - 1)) * most), CURVE)
  put(columnOf(answer.unitsPerVariant), answer.power, ANSWER)
  const lines = cells.map((row, i) => `${labelOf(i)} │${row.join('')}`.trimEnd())
  const margin = ' '.repeat(LABEL_WIDTH + 1)
  return [
    ...lines,
    `${margin}└${'─'.repeat(width)}`,
    `${margin} ${unitLabels(most, answer.unitsPerVariant, width)}`,
  ]
}

/** Every fifth line has its power beside it. */
function labelOf(row: number): string {
  return row % 5 === 0 ? padStart(`${100 - row * (100 / ROWS)} %`, LABEL_WIDTH) : ' '.repeat(LABEL_WIDTH)
}

/** Straight between two points. */
function powerAt(points: readonly PowerPoint[], units: number): number {
  const after = points.findIndex(({ unitsPerVariant }) => unitsPerVariant >= units)
  const [from, to] = [points[Math.max(0, after - 1)], points[after < 0 ? points.length - 1 : after]]
  if (!from || !to) return 0
  const span = to.unitsPerVariant - from.unitsPerVariant
  const part = span > 0 ? Math.max(0, Math.min(1, (units - from.unitsPerVariant) / span)) : 0
  return from.power + part * (to.power - from.power)
}

/** 0 at the left, the answer below its mark, the most at the right. */
function unitLabels(most: number, answer: number, width: number): string {
  const middle = count(answer)
  const last = count(most)
  const at = Math.round((answer / most) * (width - 1) - displayWidth(middle) / 2)
  const start = Math.max(2, at)
  const isRoomLeft = start + displayWidth(middle) + 2 <= width - displayWidth(last)
  const line = isRoomLeft ? padEnd('0', start) + middle : '0'
  return padEnd(line, width - displayWidth(last)) + last
}
