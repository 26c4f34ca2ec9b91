import type { FactorialAnalysis, FactorialMetric, NamedEffect } from '@helios/engine'
import type { FactorialFileAnalysis } from './analyse-file.ts'
import { captionOf, type DrawnInterval, drawRows } from './interval-block.ts'
import { renderMethod } from './method-block.ts'
import { count, level, PERCENT, PERCENTAGE_POINTS, PLAIN, pEquals, pValue } from './numbers.ts'
import { sampleRatioVerdict } from './render-analysis.ts'
import type { Style } from './style.ts'
import { printable, wrap } from './terminal-text.ts'
import { layOutTable, type TableColumn } from './text-table.ts'

const INDENT = '  '
const MOST_CELLS = 32

const PROBLEMS = {
  'invalid-cells': 'A combination of levels holds a number that is none.',
  'missing-cells': 'A combination of levels has no units; effects need all of them.',
  'too-few-units': 'A combination of levels has too few units for its variance.',
  'zero-variance': 'No unit differs from the others of its combination.',
} as const

/** An analysis of several factors at once, as lines for a terminal. */
export function renderFactorial(
  { file, rows, procedure, factorial }: FactorialFileAnalysis,
  style: Style,
): string {
  const { colours, width } = style
  const { factors, units, sampleRatio, metrics, status } = factorial
  const named = factors.map(({ name, levels }) => `${printable(name)} (${levels.map(printable).join(', ')})`)
  const facts = `${count(rows)} rows · ${count(units)} units · factors ${named.join(' × ')}; the first level of each is what the others are compared with`
  const ratio = `${colours.bold('Sample ratio')}  ${sampleRatioVerdict(sampleRatio.pValue)}  ${pEquals(sampleRatio.pValue)} over ${sampleRatio.cells.length} combinations of equal share`
  const blocks = [
    [colours.bold(printable(file)), ...wrap(facts, width)],
    [ratio],
    ...Object.entries(metrics).map(([name, metric]) => renderMetric(name, metric, factorial, style)),
    status === 'refused' ? refusal(Object.keys(metrics).length > 0, style) : [],
    renderMethod(
      procedure,
      [...new Set(Object.values(metrics).flatMap(({ assumptions }) => assumptions))],
      [],
      style,
    ),
  ]
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`
}

function refusal(isShown: boolean, { colours, width }: Style): string[] {
  const text = isShown
    ? '✗ The combinations do not have the sizes they should; the numbers above are shown because of --force, and would mislead whoever does not know.'
    : '✗ Refused (sample-ratio-mismatch): the combinations do not have the sizes they should, so units were lost or added by level. --force shows the numbers all the same.'
  return wrap(text, width, INDENT).map(colours.red)
}

function renderMetric(
  name: string,
  metric: FactorialMetric,
  { factors, alpha }: FactorialAnalysis,
  style: Style,
): string[] {
  const { colours, width } = style
  return [
    `${colours.bold(printable(name))} ${colours.dim(`· ${metric.kind}`)}`,
    ...cellTable(metric, factors, style),
    '',
    ...anovaTable(metric, style),
    ...(typeof metric.effects === 'string'
      ? wrap(INDENT + PROBLEMS[metric.effects], width, INDENT)
      : effectLines(metric.effects, metric, alpha, style)),
  ]
}

function cellTable(metric: FactorialMetric, factors: FactorialAnalysis['factors'], style: Style): string[] {
  const scale = metric.kind === 'proportion' ? PERCENT : PLAIN
  const columns = rightAligned([...factors.map(({ name }) => printable(name)), 'n', 'mean'], factors.length)
  const rows = metric.cells
    .slice(0, MOST_CELLS)
    .map((cell) => [...cell.levels.map(printable), count(cell.units), level(cell.mean, scale)])
  const left = metric.cells.length - rows.length
  const more = left > 0 ? [`${INDENT}… and ${left} more combinations; --json lists all`] : []
  return [...laidOut(columns, rows, style), ...more]
}

function anovaTable({ anova }: FactorialMetric, style: Style): string[] {
  if (typeof anova === 'string') return wrap(INDENT + PROBLEMS[anova], style.width, INDENT)
  const columns = rightAligned(['term', 'df', 'sum of squares', 'F', 'p', 'partial η²'], 1)
  const rows = anova.terms.map((term) => [
    printable(term.name),
    String(term.degreesOfFreedom),
    level(term.sumOfSquares, PLAIN),
    Number.isNaN(term.statistic) ? '–' : term.statistic.toFixed(2),
    pValue(term.pValue),
    term.partialEtaSquared.toFixed(5),
  ])
  const { degreesOfFreedom, sumOfSquares } = anova.residual
  const residual = ['residual', count(degreesOfFreedom), level(sumOfSquares, PLAIN), '', '', '']
  return laidOut(columns, [...rows, residual], style)
}

function effectLines(
  effects: readonly NamedEffect[],
  { kind }: FactorialMetric,
  alpha: number,
  style: Style,
): string[] {
  const scale = kind === 'proportion' ? PERCENTAGE_POINTS : PLAIN
  const known = effects.filter(({ low }) => Number.isFinite(low))
  const nameOf = ({ name, levels }: NamedEffect) => `${name} = ${levels.join(':')}`
  const drawn = known.map(
    (effect): DrawnInterval => ({
      name: nameOf(effect),
      interval: { estimate: effect.estimate, low: effect.low, high: effect.high },
      ...verdictOf(effect, alpha, style),
    }),
  )
  const rows = known.map((effect) => [
    printable(nameOf(effect)),
    pValue(effect.pValue),
    pValue(effect.pValueAdjusted),
  ])
  const caption = captionOf('main effects, and how much one changes with the level of another', scale, alpha)
  return [
    ...drawRows(drawn, scale, caption, style),
    '',
    ...laidOut(rightAligned(['effect', 'p', 'adjusted p (Holm)'], 1), rows, style),
  ]
}

function verdictOf({ estimate, pValueAdjusted }: NamedEffect, alpha: number, { colours }: Style) {
  if (!(pValueAdjusted < alpha)) return { verdict: '· unclear', colour: String }
  return estimate > 0
    ? { verdict: '▲ higher', colour: colours.green }
    : { verdict: '▼ lower', colour: colours.red }
}

function rightAligned(titles: readonly string[], from: number): TableColumn[] {
  return titles.map((title, i) => ({ title, align: i < from ? 'left' : 'right' }))
}

function laidOut(
  columns: readonly TableColumn[],
  rows: readonly string[][],
  { width, colours }: Style,
): string[] {
  const { lines } = layOutTable(columns, rows, width - INDENT.length, (line, row) =>
    row < 0 ? colours.dim(line) : line,
  )
  return lines.map((line) => INDENT + line)
}
