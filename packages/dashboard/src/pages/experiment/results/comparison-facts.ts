import { formatPercent, formatPValue, formatTime, formatValue, isNumber } from '@helios/charts/format'
import type {
  Analysis,
  ComputedComparison,
  Experiment,
  GuardrailVerdict,
  Look,
  MetricAnalysis,
} from '@helios/sdk'
import { adjustedInWords, whenToLook } from '../../../parts/method-words.ts'
import { counted, isolated, listed, nameOfVariant, shareInWords } from '../words.ts'
import { effectsOf } from './effects.ts'

type Known = ComputedComparison & { readonly guardrail?: GuardrailVerdict }
type Named = readonly [variant: string, comparison: Known]

const MOST_NAMED = 6

/** When the numbers of some metrics may be read, and for what they were adjusted. */
export function methodNote(analysis: Analysis, metrics: readonly string[]): string {
  const effects = effectsOf(analysis, metrics)
  const when = new Set(
    effects.flatMap(({ comparison }) => (comparison.status === 'ok' ? [whenToLook(comparison)] : [])),
  )
  const { method, comparisons } = analysis.correction
  const isPrimary = metrics.some((metric) => metricOf(analysis, metric)?.role === 'primary')
  const adjusted =
    isPrimary && comparisons > 1 && method !== 'none'
      ? `; p\u2011values are ${adjustedInWords(method, counted(comparisons, 'comparison'))}`
      : ''
  const read = [...(when.size > 0 ? when : [whenToLook({ inference: analysis.method })])].join(', ')
  return `${read}${adjusted}.`
}

function metricOf(analysis: Analysis, metric: string): MetricAnalysis | undefined {
  return Object.hasOwn(analysis.metrics, metric) ? analysis.metrics[metric] : undefined
}

/** How the comparisons of one metric were computed, in sentences. */
export function factsOf(metric: MetricAnalysis, experiment: Experiment): string[] {
  const known = knownOf(metric)
  const methods = new Set(known.map(([, { method }]) => method))
  return [
    ...(methods.size > 0 ? [`Method: ${[...methods].join('; ')}.`] : []),
    ...lookFacts(known),
    ...reductionFacts(known, experiment),
    ...guardrailFacts(known, experiment),
  ]
}

function knownOf({ comparisons }: MetricAnalysis): Named[] {
  return Object.entries(comparisons).flatMap(([variant, comparison]) =>
    comparison.status === 'ok' ? [[variant, comparison] as const] : [],
  )
}

function lookFacts(known: readonly Named[]): string[] {
  const looks = new Map(known.flatMap(([, { look }]) => (look ? [[look.number, look] as const] : [])))
  return [...looks.values()].map(lookInWords)
}

function lookInWords({ number, of, informationFraction, at, boundary, futilityBoundary }: Look): string {
  const hopeless = isNumber(futilityBoundary)
    ? `, and it is hopeless to go on below ${formatValue(futilityBoundary)}`
    : ''
  return `Look ${number} of ${of} was taken ${formatTime(at)} with ${formatPercent(informationFraction)} of the planned units: a difference is significant from |z| = ${formatValue(boundary)}${hopeless}.`
}

function reductionFacts(known: readonly Named[], experiment: Experiment): string[] {
  const saved = known.flatMap(([variant, { varianceReduction }]) =>
    varianceReduction ? [{ variant, ...varianceReduction }] : [],
  )
  const [first] = saved
  if (first === undefined) return []
  const named = saved
    .slice(0, MOST_NAMED)
    .map(
      ({ variant, varianceSaved }) =>
        `${formatPercent(varianceSaved)} with ${isolated(nameOfVariant(experiment, variant))}`,
    )
  return [
    `${first.method} adjusts for what units did before the experiment (${counted(first.covariates, 'covariate')}). Variance saved: ${listed(named)}; as many units fewer are needed.`,
  ]
}

function guardrailFacts(known: readonly Named[], experiment: Experiment): string[] {
  return known
    .slice(0, MOST_NAMED)
    .flatMap(([variant, { guardrail }]) =>
      guardrail === undefined
        ? []
        : [`${isolated(nameOfVariant(experiment, variant))}: ${guardrailInWords(guardrail)}`],
    )
}

function guardrailInWords({ verdict, margin, pValue }: GuardrailVerdict): string {
  const limit = shareInWords(margin)
  const p = `one-sided ${formatPValue(pValue)} that it is worse by ${limit} or more`
  if (verdict === 'holds') return `holds, worse by less than ${limit} beyond doubt (${p}).`
  if (verdict === 'harmed') return 'harmed, worse beyond doubt.'
  return `unclear, neither worse beyond doubt nor within ${limit} (${p}).`
}

export interface GuardrailChip {
  readonly variant: string
  readonly verdict: GuardrailVerdict['verdict']
  readonly text: string
}

const GRAVEST: readonly GuardrailVerdict['verdict'][] = ['harmed', 'unclear', 'holds']

/** The verdict on each variant, the gravest first; and how many more there are. */
export function guardrailChips(
  metric: MetricAnalysis,
  experiment: Experiment,
): { readonly chips: readonly GuardrailChip[]; readonly more: number } {
  const all = knownOf(metric)
    .flatMap(([variant, { guardrail }]) => (guardrail ? [{ variant, ...guardrail }] : []))
    .toSorted((a, b) => GRAVEST.indexOf(a.verdict) - GRAVEST.indexOf(b.verdict))
  const chips = all.slice(0, MOST_NAMED).map(({ variant, verdict, margin }) => ({
    variant,
    verdict,
    text: `${isolated(nameOfVariant(experiment, variant))} ${verdict} (margin ${shareInWords(margin)})`,
  }))
  return { chips, more: all.length - chips.length }
}

/** 38 % less variance; undefined where nothing was saved. */
export function savedInWords(metric: MetricAnalysis): string | undefined {
  const saved = knownOf(metric).flatMap(([, { varianceReduction }]) =>
    isNumber(varianceReduction?.varianceSaved) ? [varianceReduction.varianceSaved] : [],
  )
  if (saved.length === 0) return undefined
  const [least, most] = [Math.min(...saved), Math.max(...saved)].map((share) => Math.round(share * 100))
  if (most === undefined || most < 1) return undefined
  const range = least === most ? `${most}` : `${least} to ${most}`
  return `CUPED: ${range}\u202f% less variance`
}
