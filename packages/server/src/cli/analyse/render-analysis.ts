import type { Analysis, Finding, SampleRatio } from '@helios/engine'
import type { ExperimentFileAnalysis } from './analyse-file.ts'
import { CORRECTION_NAMES } from './correction-names.ts'
import { renderEffectSizes } from './effect-sizes-block.ts'
import { assumptionsOf, renderMethod, sourcesBesides } from './method-block.ts'
import { renderMetric } from './metric-block.ts'
import { count, pEquals } from './numbers.ts'
import { renderPosterior } from './posterior-block.ts'
import { renderSegments } from './segment-block.ts'
import type { Style } from './style.ts'
import { printable, wrap } from './terminal-text.ts'
import { renderUplift } from './uplift-block.ts'

const SUSPICIOUS = 0.01
const MISMATCH = 0.001
const MOST_COUNTS = 12

export interface AnalysedFile {
  readonly file: string
  readonly rows: number
}

/** An analysis, with what was asked for besides. */
type Answer = Analysis &
  Pick<ExperimentFileAnalysis, 'procedure' | 'isBayesian' | 'effectSizes' | 'segments' | 'uplift'>

/** An analysis for people, as lines for a terminal. */
export function renderAnalysis({ file, rows }: AnalysedFile, analysis: Answer, style: Style): string {
  const { metrics, refusals, warnings, control, alpha } = analysis
  const { colours, width } = style
  const variants = Object.keys(analysis.sampleRatio.counts).length
  const facts = `${count(rows)} rows · ${count(analysis.units)} units · ${variants} variants · control ${printable(control)}`
  const blocks = [
    [colours.bold(printable(file)), ...wrap(facts, width)],
    [...renderSampleRatio(analysis.sampleRatio, style), ...crossoverLine(analysis.crossover)],
    ...Object.entries(metrics).flatMap(([name, metric]) => [
      analysis.isBayesian
        ? renderPosterior(name, metric, control, alpha, style)
        : renderMetric(name, metric, control, alpha, style),
      renderEffectSizes(analysis.effectSizes?.[name], alpha, style),
    ]),
    ...(analysis.segments ?? []).map((each) => renderSegments(each, analysis, style)),
    ...(analysis.uplift ?? []).map((each) => renderUplift(each, analysis, style)),
    renderFindings(refusals, analysis.isBayesian ? warnings.filter(isOfAnyMethod) : warnings, style),
    analysis.status === 'refused' ? afterRefusal(metrics, style) : [],
    methodsLine(analysis, style),
    renderMethod(analysis.procedure, assumptionsOf(analysis), sourcesBesides(analysis), style),
  ]
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`
}

function renderSampleRatio(sampleRatio: SampleRatio, style: Style): string[] {
  const { colours, width } = style
  const { counts, expected, pValue, strata = [] } = sampleRatio
  const sum = (values: Readonly<Record<string, number>>) => Object.values(values).reduce((a, b) => a + b, 0)
  const [total, totalExpected] = [sum(counts), sum(expected)]
  const entries = Object.entries(counts).slice(0, MOST_COUNTS)
  const isEqual = new Set(Object.values(expected)).size === 1
  const intended = (variant: string) => share((expected[variant] ?? 0) / totalExpected)
  const parts = entries.map(([variant, units]) => {
    const beside = isEqual ? '' : `, expected ${intended(variant)}`
    return `${printable(variant)} ${count(units)} (${share(units / total)}${beside})`
  })
  const left = Object.keys(counts).length - entries.length
  if (left > 0) parts.push(`${left} more`)
  if (isEqual) parts.push(`expected ${intended(Object.keys(counts)[0] as string)} each`)
  return [
    `${colours.bold('Sample ratio')}  ${verdictColour(pValue, style)(sampleRatioVerdict(pValue))}  ${pEquals(pValue)}`,
    ...wrapParts(parts, width - 2).map((line) => `  ${line}`),
    ...strata.map((check) => {
      const verdict = check.pValue < MISMATCH ? colours.red('✗ differs') : colours.green('✓ the same')
      return `  by ${printable(check.name)}, ${check.strata} values  ${verdict}  ${pEquals(check.pValue)}`
    }),
  ]
}

function crossoverLine({ units, share: part }: Analysis['crossover']): string[] {
  return units === 0 ? [] : [`  ${count(units)} units (${share(part)}) were seen in more than one variant`]
}

function share(value: number): string {
  return `${(100 * value).toFixed(2)} %`
}

export function sampleRatioVerdict(pValue: number): string {
  if (pValue < MISMATCH) return '✗ mismatch'
  return pValue < SUSPICIOUS ? '! suspicious' : '✓ ok'
}

function verdictColour(pValue: number, { colours }: Style): (text: string) => string {
  if (pValue < MISMATCH) return colours.red
  return pValue < SUSPICIOUS ? colours.yellow : colours.green
}

/** Joins parts into lines without breaking a part. */
function wrapParts(parts: readonly string[], width: number): string[] {
  const unbroken = parts.map((part) => part.replaceAll(' ', '\u00a0'))
  return wrap(unbroken.join(' · ').replaceAll(' ·', '\u00a0·'), width).map((line) =>
    line.replaceAll('\u00a0', ' '),
  )
}

/** A note on p-values is no news to who asked for a posterior. */
function isOfAnyMethod({ code }: Finding): boolean {
  return code !== 'fixed-horizon'
}

export function renderFindings(
  refusals: readonly Finding[],
  warnings: readonly Finding[],
  style: Style,
): string[] {
  const { colours, width } = style
  const said = (label: string, { code, message }: Finding, colour: (text: string) => string) => {
    const lines = wrap(`${label} (${code}): ${printable(message)}`, width, '  ')
    return [colour(lines[0] as string), ...lines.slice(1)]
  }
  return [
    ...refusals.flatMap((finding) => said('✗ Refused', finding, colours.red)),
    ...warnings.flatMap((finding) =>
      finding.code === 'fixed-horizon'
        ? said('· Note', finding, colours.dim)
        : said('! Warning', finding, colours.yellow),
    ),
  ]
}

function afterRefusal(metrics: Analysis['metrics'], { colours, width }: Style): string[] {
  const isShown = Object.keys(metrics).length > 0
  const text = isShown
    ? 'The numbers above are shown because of --force; they would mislead whoever does not know what is wrong with them.'
    : 'No effects are shown, for they would mislead. --force shows them all the same.'
  return wrap(text, width).map(colours.bold)
}

function methodsLine(
  { metrics, correction, alpha, isBayesian }: Answer,
  { colours, width }: Style,
): string[] {
  if (isBayesian) return []
  const comparisons = Object.values(metrics).flatMap((metric) => Object.values(metric.comparisons))
  const computed = comparisons.filter((comparison) => comparison.status === 'ok')
  if (computed.length === 0) return []
  const methods = new Set(computed.map(({ method }) => method))
  const relative = new Set(
    computed.flatMap(({ relative: each }) => (each.status === 'ok' ? each.method : [])),
  )
  const { comparisons: number } = correction
  const by = CORRECTION_NAMES[correction.method]
  const adjusted =
    number > 1 && correction.method !== 'none' ? [`p adjusted by ${by} over ${number} comparisons`] : []
  const confidence = Number((100 * (1 - alpha)).toFixed(3))
  const parts = [
    ...methods,
    ...[...relative].map((each) => `relative: ${each}`),
    ...adjusted,
    `each interval ${confidence} %`,
  ]
  return wrap(`Methods: ${parts.join('; ')}.`, width, '  ').map(colours.dim)
}
