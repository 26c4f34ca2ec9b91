import {
  type ForestRow,
  forestPlot,
  formatCount,
  formatEstimate,
  formatPValue,
  formatValue,
  NOTHING,
  PERCENT,
  READING_WORDS,
  styleOfDifference,
} from '@helios/charts'
import type { VariantComparison } from '@helios/sdk'
import type { Block, Cell, Chart, Section, Tone } from '../blocks.ts'
import type { Report, ReportedMetric, ReportedTreatment } from '../report.ts'
import { counted, type Names } from '../words.ts'
import { isOnlyAbsolute, ONLY_ABSOLUTE } from './only-absolute.ts'

const MOST_FOREST_ROWS = 40
const MOST_TREATMENTS = 50
const TONES = { better: 'good', worse: 'bad', undecided: 'neutral' } as const
const GUARDRAILS = { holds: 'good', harmed: 'bad', unclear: 'warning' } as const satisfies Record<
  string,
  Tone
>

/** Every variant on every metric, as a picture and in numbers. */
export function resultsSection(report: Report, names: Names): Section | undefined {
  const { results, status } = report
  if (results.length === 0 || status === 'empty') return undefined
  const hasRows = results.some(({ treatments }) => treatments.length > 0)
  return {
    id: 'results',
    title: 'Results',
    blocks: [
      ...(hasRows ? [forestChart(report, names)] : []),
      ...results.map((result) => metricBlock(result, report, names)),
    ],
  }
}

function forestChart({ results, experiment }: Report, names: Names): Chart {
  const all = results.flatMap((result) => result.treatments.map((treatment) => ({ result, treatment })))
  const shown = all.slice(0, MOST_FOREST_ROWS)
  const rows = shown.map(({ result, treatment }): ForestRow => {
    const note = noteOf(treatment.comparison)
    return {
      label: names.metric(result.metric),
      detail: names.variant(treatment.variant),
      ...relativeOf(treatment.comparison),
      direction: result.direction,
      isSignificant: treatment.reading !== 'undecided',
      ...(note === undefined ? {} : { note }),
    }
  })
  const control = names.variant(experiment.control)
  const left = all.length - shown.length
  return {
    kind: 'chart',
    id: 'chart-effects',
    title: `Effects relative to ${control}${left > 0 ? `, the first ${MOST_FOREST_ROWS} of ${all.length}` : ''}`,
    draw: (theme) => forestPlot({ rows, scale: 'relative', theme }),
    hasTable: true,
  }
}

function relativeOf(comparison: VariantComparison): Pick<ForestRow, 'estimate' | 'low' | 'high'> {
  if (comparison.status !== 'ok' || comparison.relative.status !== 'ok') {
    return { estimate: null, low: null, high: null }
  }
  const { estimate, low, high } = comparison.relative
  return { estimate, low, high }
}

function noteOf(comparison: VariantComparison): string | undefined {
  if (comparison.status !== 'ok') return comparison.message
  return comparison.relative.status === 'ok' ? undefined : comparison.relative.message
}

const ROLES = { primary: 'Decides', guardrail: 'Guardrail', secondary: 'Also measured' } as const

function metricBlock(result: ReportedMetric, report: Report, names: Names): Block {
  const { metric, role, direction, treatments } = result
  const better = direction === 'increase' ? 'higher is better' : 'lower is better'
  const isAdjusted = role === 'primary' && report.computation.correction.comparisons > 1
  const columns = [
    'Variant',
    'Units',
    'Value',
    'Relative effect',
    'Difference',
    isAdjusted ? 'p, adjusted' : 'p',
    'Reading',
  ]
  const hasVerdicts = treatments.some(({ comparison }) => comparison.status === 'ok' && comparison.guardrail)
  return {
    kind: 'group',
    title: `${names.metric(metric)} (${ROLES[role].toLowerCase()}, ${better})`,
    blocks: [
      {
        kind: 'table',
        caption: `${names.metric(metric)}, by variant`,
        columns: hasVerdicts ? [...columns, 'Guardrail'] : columns,
        rows: rowsOf(result, report, names, hasVerdicts),
      },
      ...remarksOf(result, names).map((text): Block => ({ kind: 'remark', text })),
    ],
  }
}

function rowsOf(
  { metric, control, treatments }: ReportedMetric,
  { experiment }: Report,
  names: Names,
  hasVerdicts: boolean,
): Cell[][] {
  const style = names.style(metric)
  const numbers = (n: number, mean: number) => [formatCount(n), formatValue(mean, style)]
  const name = `${names.variant(experiment.control)} (control)`
  const nothing = [NOTHING, NOTHING, NOTHING, NOTHING]
  return [
    [name, ...numbers(control.n, control.mean), ...nothing, ...(hasVerdicts ? [NOTHING] : [])],
    ...treatments
      .slice(0, MOST_TREATMENTS)
      .map((treatment) => [
        names.variant(treatment.variant),
        ...numbers(treatment.n, treatment.mean),
        ...comparisonCells(treatment, styleOfDifference(style)),
        ...(hasVerdicts ? [verdictCell(treatment.comparison)] : []),
      ]),
  ]
}

function comparisonCells(
  { comparison, reading }: ReportedTreatment,
  style: ReturnType<typeof styleOfDifference>,
): Cell[] {
  if (comparison.status !== 'ok') return [NOTHING, NOTHING, NOTHING, 'not computed']
  const { relative, absolute, pValueAdjusted } = comparison
  return [
    relative.status === 'ok' ? formatEstimate(relative, PERCENT) : NOTHING,
    formatEstimate(absolute, style),
    formatPValue(pValueAdjusted).replace(/^p = /, ''),
    { text: READING_WORDS[reading], tone: TONES[reading] },
  ]
}

function verdictCell(comparison: VariantComparison): Cell {
  if (comparison.status !== 'ok' || comparison.guardrail === undefined) return NOTHING
  const { verdict } = comparison.guardrail
  return { text: verdict, tone: GUARDRAILS[verdict] }
}

/** Methods, what could not be computed and why, and the test of all variants at once. */
function remarksOf({ treatments, omnibus }: ReportedMetric, names: Names): string[] {
  const methods = new Set(
    treatments.flatMap(({ comparison }) => (comparison.status === 'ok' ? [comparison.method] : [])),
  )
  const failed = treatments.flatMap(({ variant, comparison }) => {
    const note = noteOf(comparison)
    return note === undefined ? [] : [`${names.variant(variant)}: ${note}`]
  })
  return [
    ...(methods.size === 0 ? [] : [`Method: ${[...methods].join('; ')}.`]),
    ...failed.slice(0, MOST_TREATMENTS),
    ...(omnibus === undefined || treatments.length < 2
      ? []
      : [
          `All variants at once, valid for a single look: ${omnibus.method}, ${formatPValue(omnibus.pValue)}.`,
        ]),
    ...(treatments.length > MOST_TREATMENTS
      ? [`Left out: ${counted(treatments.length - MOST_TREATMENTS, 'more variant')}.`]
      : []),
    ...(treatments.some(isOnlyAbsolute) ? [ONLY_ABSOLUTE] : []),
  ]
}
