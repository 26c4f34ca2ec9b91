import type { EffectSizes, IntervalEstimate } from '@helios/engine'
import { bounds, PLAIN, signed } from './numbers.ts'
import type { Style } from './style.ts'
import { printable } from './terminal-text.ts'
import { layOutTable, type TableColumn } from './text-table.ts'

const INDENT = '  '

/** Standardised effect sizes of one metric, each with its interval. */
export function renderEffectSizes(
  sizes: Readonly<Record<string, EffectSizes>> | undefined,
  alpha: number,
  { width, colours }: Style,
): string[] {
  const entries = Object.entries(sizes ?? {})
  const [first] = entries
  if (!first) return []
  const isProportion = first[1].cohensH !== undefined
  const named: readonly string[] = isProportion ? ["Cohen's h"] : ["Cohen's d", "Hedges' g"]
  const columns: TableColumn[] = ['variant', ...named, 'P(larger value)'].map((title, i) => ({
    title,
    align: i === 0 ? 'left' : 'right',
  }))
  const rows = entries.map(([variant, { cohensD, hedgesG, cohensH, probabilityOfSuperiority }]) => [
    printable(variant),
    ...[cohensD, hedgesG, cohensH].flatMap((size) => (size ? [signedWith(size)] : [])),
    shareWith(probabilityOfSuperiority),
  ])
  const { lines } = layOutTable(columns, rows, width - INDENT.length, (line, row) =>
    row < 0 ? colours.dim(line) : line,
  )
  const confidence = Number((100 * (1 - alpha)).toFixed(3))
  return [
    colours.dim(`${INDENT}effect sizes, free of the unit of measure, ${confidence} % intervals`),
    ...lines.map((line) => INDENT + line),
  ]
}

function signedWith(size: IntervalEstimate): string {
  return `${signed(size.estimate, 3)} ${atThree(size)}`
}

function atThree({ low, high }: IntervalEstimate): string {
  return `[${signed(low, 3)}, ${signed(high, 3)}]`
}

/** A chance with as many decimals as its interval needs. */
function shareWith(size: IntervalEstimate): string {
  const decimals = (bounds(size, PLAIN).split('.')[1] ?? '').indexOf(',')
  const places = Math.min(6, Math.max(3, decimals))
  return `${size.estimate.toFixed(places)} [${size.low.toFixed(places)}, ${size.high.toFixed(places)}]`
}
