import type { ExperimentsAnalysis, ManyTests, NamedAnalysis } from '@helios/engine'
import { count, pEquals, pValue } from './numbers.ts'
import { type AnalysedFile, renderAnalysis, renderFindings, sampleRatioVerdict } from './render-analysis.ts'
import type { Style } from './style.ts'
import { printable, wrap } from './terminal-text.ts'
import { layOutTable } from './text-table.ts'

/** Up to this many experiments are shown in full. */
const FEW = 3
const MOST_LISTED = 12
const MOST_LEFT_OUT = 5

/** Many experiments for people: the sum of them, then the most striking. */
export function renderExperiments(
  file: AnalysedFile,
  { experiments, summary }: ExperimentsAnalysis,
  style: Style,
): string {
  const { colours, width } = style
  const facts = `${count(file.rows)} rows · ${count(summary.experiments)} experiments · ${count(summary.analysed)} analysed · ${count(summary.refused)} refused`
  const failures = `p < ${summary.sampleRatioAlpha} in ${count(summary.sampleRatioFailures)} of ${count(summary.analysed)} experiments; chance alone would make about ${expected(summary.analysed * summary.sampleRatioAlpha)}`
  const blocks = [
    [colours.bold(printable(file.file)), ...wrap(facts, width)],
    [colours.bold('Sample ratio'), ...wrap(`  ${failures}`, width, '  ')],
    ...Object.entries(summary.metrics).map(([name, tests]) => renderTests(name, tests, summary.alpha, style)),
    experiments.length > FEW ? listMostStriking(experiments, Object.keys(summary.metrics)[0], style) : [],
    leftOut(summary.notAnalysed, width),
    renderFindings([], [...summary.warnings, ...sharedNotes(experiments)], style),
    summary.refused > 0 ? wrap(refusedNote(experiments), width) : [],
  ]
  const text = `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`
  const full = experiments.length <= FEW ? experiments : []
  const shown = full.map((each) =>
    renderAnalysis({ file: `experiment ${each.experiment}`, rows: file.rows }, each, style),
  )
  return [text, ...shown].join('\n')
}

function renderTests(
  name: string,
  { tested, belowAlpha, discoveries, method }: ManyTests,
  alpha: number,
  { colours, width }: Style,
): string[] {
  const rows = [
    [`p < ${alpha}, uncorrected`, count(belowAlpha), `about ${expected(tested * alpha)} would by chance`],
    ['Benjamini-Hochberg', count(discoveries.benjaminiHochberg), `false discovery rate ${alpha}`],
    ['Holm', count(discoveries.holm), `familywise error rate ${alpha}`],
    ['Bonferroni', count(discoveries.bonferroni), `familywise error rate ${alpha}`],
  ]
  const columns = [
    { title: 'discoveries', align: 'left' },
    { title: 'number', align: 'right' },
    { title: 'what that holds', align: 'left' },
  ] as const
  const { lines } = layOutTable(columns, rows, width - 2, (line, row) => (row < 0 ? colours.dim(line) : line))
  return [
    `${colours.bold(printable(name))} ${colours.dim(`· ${count(tested)} experiments tested`)}`,
    ...lines.map((line) => `  ${line}`),
    ...wrap(`  ${method}: do any variants of the experiment differ?`, width, '  ').map(colours.dim),
  ]
}

function listMostStriking(
  experiments: readonly NamedAnalysis[],
  metric: string | undefined,
  { colours, width }: Style,
): string[] {
  if (metric === undefined) return []
  const pOf = (experiment: NamedAnalysis) => experiment.metrics[metric]?.omnibus?.pValue ?? Number.NaN
  const ranked = experiments.filter((each) => !Number.isNaN(pOf(each))).sort((a, b) => pOf(a) - pOf(b))
  const listed = ranked.slice(0, MOST_LISTED)
  if (listed.length === 0) return []
  const rows = listed.map((each) => [
    printable(each.experiment),
    String(Object.keys(each.sampleRatio.counts).length),
    count(each.units),
    pValue(pOf(each)),
    `${sampleRatioVerdict(each.sampleRatio.pValue)}, ${pEquals(each.sampleRatio.pValue)}`,
  ])
  const names = ['experiment', 'variants', 'units', 'p', 'sample ratio']
  const columns = names.map((title, i) => ({
    title,
    align: i === 0 || i === 4 ? ('left' as const) : ('right' as const),
  }))
  const { lines } = layOutTable(columns, rows, width - 2, (line, row) => (row < 0 ? colours.dim(line) : line))
  const more = ranked.length - listed.length
  return [
    `${colours.bold('Smallest p-values')} ${colours.dim(`· ${printable(metric)}`)}`,
    ...lines.map((line) => `  ${line}`),
    ...(more > 0 ? [`  … and ${count(more)} more; --json lists all`] : []),
  ]
}

function leftOut(notAnalysed: ExperimentsAnalysis['summary']['notAnalysed'], width: number): string[] {
  const shown = notAnalysed.slice(0, MOST_LEFT_OUT)
  const lines = shown.flatMap(({ experiment, reason }) =>
    wrap(`  ${printable(experiment)}: ${printable(reason)}`, width, '    '),
  )
  const more = notAnalysed.length - shown.length
  if (shown.length === 0) return []
  return ['Not analysed', ...lines, ...(more > 0 ? [`  … and ${count(more)} more`] : [])]
}

/** What is true of each experiment is said once. */
function sharedNotes(experiments: readonly NamedAnalysis[]): NamedAnalysis['warnings'] {
  if (experiments.length <= FEW) return []
  return experiments[0]?.warnings.filter(({ code }) => code === 'fixed-horizon') ?? []
}

function refusedNote(experiments: readonly NamedAnalysis[]): string {
  const isShown = experiments.some(
    ({ status, metrics }) => status === 'refused' && Object.keys(metrics).length > 0,
  )
  return isShown
    ? 'Refused experiments count above because of --force.'
    : 'Refused experiments do not count in the tests above; --force counts them all the same.'
}

function expected(number: number): string {
  return number < 10 ? String(Number(number.toPrecision(2))) : count(Math.round(number))
}
