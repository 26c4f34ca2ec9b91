import type { IntervalEstimate, MetricAnalysis } from '@helios/engine'
import type { VariantPosterior } from '@helios/sdk'
import { type DrawnInterval, drawRows } from './interval-block.ts'
import { change, level, PERCENT, PERCENTAGE_POINTS, PLAIN, type Scale, signed } from './numbers.ts'
import type { Style } from './style.ts'
import { printable, wrap } from './terminal-text.ts'
import { layOutTable, type TableColumn } from './text-table.ts'

const INDENT = '  '

/** What is to be believed of one metric after the data: chances, losses, and credible intervals on one axis. */
export function renderPosterior(
  name: string,
  { kind, posterior }: MetricAnalysis,
  control: string,
  alpha: number,
  style: Style,
): string[] {
  const { colours, width } = style
  const title = `${colours.bold(printable(name))} ${colours.dim(`· ${kind}`)}`
  if (!posterior)
    return [
      title,
      ...wrap(`${INDENT}There is no posterior: too few units, or no variation between them.`, width, INDENT),
    ]
  const [levels, differences] = kind === 'proportion' ? [PERCENT, PERCENTAGE_POINTS] : [PLAIN, PLAIN]
  const order = Object.entries(posterior.variants).sort(
    ([a], [b]) => Number(b === control) - Number(a === control),
  )
  const rows = order.map(([variant, each]) => cellsOf(variant, each, levels))
  const { lines } = layOutTable(COLUMNS, rows, width - INDENT.length, (line, row) =>
    row < 0 ? colours.dim(line) : line,
  )
  const drawn = order.flatMap(([variant, { comparison }]): DrawnInterval[] => {
    if (!comparison) return []
    return [{ name: variant, interval: comparison.absolute, ...verdictOf(comparison.absolute, style) }]
  })
  const confidence = Number((100 * (1 - alpha)).toFixed(3))
  const points = differences.unit === '' ? '' : ' in percentage points'
  const caption = `difference from ${printable(control)}${points}, ${confidence} % credible intervals`
  return [
    title,
    ...wrap(`${INDENT}${posterior.method}`, width, INDENT).map(colours.dim),
    ...lines.map((line) => INDENT + line),
    ...drawRows(drawn, differences, caption, style),
    ...order.flatMap(([variant, { comparison }]) =>
      comparison?.relative
        ? [
            `${INDENT}${printable(variant)}: relative ${change(comparison.relative, PERCENT)} ${relativeBounds(comparison.relative)}`,
          ]
        : [],
    ),
  ]
}

const COLUMNS: readonly TableColumn[] = [
  'variant',
  'mean',
  'credible',
  'beats control',
  'best',
  'exp. loss',
].map((title, i) => ({ title, align: i === 0 ? 'left' : 'right' }))

function cellsOf(
  variant: string,
  { value, comparison, probabilityBest, expectedLoss }: VariantPosterior,
  scale: Scale,
): string[] {
  return [
    printable(variant),
    level(value.estimate, scale),
    `[${level(value.low, scale)}, ${level(value.high, scale)}]`,
    comparison ? chance(comparison.chanceToBeatControl) : 'control',
    chance(probabilityBest),
    expectedLoss === 0 ? '0' : level(expectedLoss, scale),
  ]
}

/** 97.31 %, and never a certainty that is not one. */
function chance(value: number): string {
  if (Number.isNaN(value)) return '–'
  if (value > 0 && value < 1e-4) return '< 0.01 %'
  return value < 1 && value > 1 - 1e-4 ? '> 99.99 %' : `${(100 * value).toFixed(2)} %`
}

function relativeBounds({ low, high }: IntervalEstimate): string {
  return `[${signed(100 * low, 1)}, ${signed(100 * high, 1)}]`
}

function verdictOf({ low, high }: IntervalEstimate, { colours }: Style) {
  if (low > 0) return { verdict: '▲ higher', colour: colours.green }
  return high < 0 ? { verdict: '▼ lower', colour: colours.red } : { verdict: '· unclear', colour: String }
}
