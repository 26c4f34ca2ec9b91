import type { Analysis, TableUplift } from '@helios/engine'
import { bounds, change, count, PERCENTAGE_POINTS, PLAIN, pEquals, signed } from './numbers.ts'
import { plotQini } from './qini-plot.ts'
import type { Style } from './style.ts'
import { printable, wrap } from './terminal-text.ts'
import { layOutTable, type TableColumn } from './text-table.ts'

const INDENT = '  '
const GAIN = 'gain per unit of everybody when the share below is treated, best first (●) or in any order (·)'

const PROBLEMS = {
  'too-few-units':
    'There are too few units to learn from: each variant needs at least 20 in each of the parts.',
  'invalid-values': 'A value is not a number that can be learned from.',
  'invalid-question': 'The columns or settings cannot be learned from.',
} as const

/** Whom a variant helps more: the Qini curve, its coefficient, and the effect within tenths by predicted effect. */
export function renderUplift(uplift: TableUplift, analysis: Analysis, style: Style): string[] {
  const { colours, width } = style
  const { metric, variant, learner, folds, columns, result } = uplift
  const title = `${colours.bold(`${printable(metric)}: whom does ${printable(variant)} help more?`)}`
  const by = `${learner}-learner by ${columns.map(({ name }) => printable(name)).join(', ')}, ${folds}-fold cross-fitting`
  const head = [title, ...wrap(INDENT + by, width, INDENT).map(colours.dim)]
  if (typeof result === 'string') return [...head, ...wrap(INDENT + PROBLEMS[result], width, INDENT)]
  const scale = analysis.metrics[metric]?.kind === 'proportion' ? PERCENTAGE_POINTS : PLAIN
  const { averageEffect, qini, bins } = result
  const coefficient = { estimate: qini.coefficient, low: qini.low, high: qini.high }
  const isClear = qini.low > 0
  const verdict = isClear
    ? 'the predictions rank units better than chance'
    : qini.high < 0
      ? 'the predictions rank units worse than chance: do not target by them'
      : 'no ranking beyond chance: treat everybody alike'
  const sum = [
    `average effect ${change(averageEffect, scale)} ${bounds(averageEffect, scale)}, ${pEquals(averageEffect.pValue)}`,
    `Qini coefficient ${change(coefficient, scale)} ${bounds(coefficient, scale)}: ${verdict}`,
  ]
  const rows = bins.map((bin, i) => [
    `${10 * i}–${10 * (i + 1)} %`,
    count(bin.treatedUnits + bin.controlUnits),
    signed(bin.predicted * scale.factor, 3),
    Number.isFinite(bin.observed.low) ? change(bin.observed, scale) : '–',
    Number.isFinite(bin.observed.low) ? bounds(bin.observed, scale) : '–',
  ])
  const table = layOutTable(COLUMNS, rows, width - INDENT.length, (line, row) =>
    row < 0 ? colours.dim(line) : line,
  )
  return [
    ...head,
    ...sum.flatMap((line) => wrap(INDENT + line, width, INDENT.repeat(2))),
    '',
    ...wrap(INDENT + GAIN, width, INDENT).map(colours.dim),
    ...plotQini(qini.curve, scale.factor, width - INDENT.length).map((line) => INDENT + line),
    '',
    ...table.lines.map((line) => INDENT + line),
  ]
}

const COLUMNS: readonly TableColumn[] = ['by prediction', 'n', 'predicted', 'observed', 'interval'].map(
  (title, i) => ({
    title,
    align: i === 0 ? 'left' : 'right',
  }),
)
