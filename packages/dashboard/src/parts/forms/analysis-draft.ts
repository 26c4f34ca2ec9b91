import type { AnalysisSettings } from '@helios/sdk'

/** A number while it is typed; empty when nothing is. */
type NumberDraft = number | ''

/** How an experiment is analysed, as it is typed: shares in percent. The error rate is asked elsewhere. */
export interface AnalysisDraft {
  readonly method: AnalysisSettings['method']
  readonly correction: AnalysisSettings['correction']
  readonly varianceReduction: AnalysisSettings['varianceReduction']
  readonly looks: NumberDraft
  readonly spending: AnalysisSettings['spending']
  readonly guardrailMarginPercent: NumberDraft
  readonly practicalEquivalencePercent: NumberDraft
  readonly priorDeviationPercent: NumberDraft
  readonly minimumDurationDays: NumberDraft
}

/** The server's own defaults. */
export const USUAL_ANALYSIS: AnalysisDraft = {
  method: 'always-valid',
  correction: 'holm',
  varianceReduction: 'auto',
  looks: 5,
  spending: 'obrien-fleming',
  guardrailMarginPercent: 5,
  practicalEquivalencePercent: 1,
  priorDeviationPercent: 30,
  minimumDurationDays: 7,
}

export type AnalysisField = keyof AnalysisDraft

export function analysisFieldId(field: AnalysisField): string {
  return `analysis-${field}`
}

export function analysisDraftOf(settings: AnalysisSettings): AnalysisDraft {
  const { method, correction, varianceReduction, looks, spending, minimumDurationDays } = settings
  return {
    method,
    correction,
    varianceReduction,
    looks,
    spending,
    guardrailMarginPercent: percentOf(settings.guardrailMargin),
    practicalEquivalencePercent: percentOf(settings.practicalEquivalence),
    priorDeviationPercent: percentOf(settings.priorDeviation),
    minimumDurationDays,
  }
}

type Settings = Omit<AnalysisSettings, 'alpha' | 'sampleRatioAlpha' | 'crossoverShare'>

/** The settings that differ from others, as the server takes them; what cannot be read is left out. */
export function analysisInput(
  draft: AnalysisDraft,
  known: AnalysisDraft = USUAL_ANALYSIS,
): Partial<Settings> {
  const { method, correction, varianceReduction, looks, spending, minimumDurationDays } = draft
  const wanted: Readonly<Record<AnalysisField, Partial<Settings>>> = {
    method: { method },
    correction: { correction },
    varianceReduction: { varianceReduction },
    looks: looks === '' ? {} : { looks },
    spending: { spending },
    guardrailMarginPercent: shareInput('guardrailMargin', draft.guardrailMarginPercent),
    practicalEquivalencePercent: shareInput('practicalEquivalence', draft.practicalEquivalencePercent),
    priorDeviationPercent: shareInput('priorDeviation', draft.priorDeviationPercent),
    minimumDurationDays: minimumDurationDays === '' ? {} : { minimumDurationDays },
  }
  const fields = Object.keys(wanted) as AnalysisField[]
  return Object.assign(
    {},
    ...fields.filter((field) => draft[field] !== known[field]).map((field) => wanted[field]),
  )
}

function shareInput(name: keyof Settings, percent: NumberDraft): Partial<Settings> {
  return percent === '' ? {} : { [name]: Number((percent / 100).toPrecision(12)) }
}

function percentOf(share: number): number {
  return Number((share * 100).toPrecision(12))
}

const MOST_LOOKS = 50
const LARGEST_DEVIATION_PERCENT = 10_000
const LONGEST_DURATION_DAYS = 3650

/** What the server would refuse, by field. */
export function analysisProblems(draft: AnalysisDraft): readonly (readonly [AnalysisField, string])[] {
  const { looks, priorDeviationPercent, minimumDurationDays } = draft
  const problems: [AnalysisField, string][] = []
  const require = (holds: boolean, field: AnalysisField, message: string) => {
    if (!holds) problems.push([field, message])
  }
  require(Number.isInteger(looks) &&
    isWithin(looks, 1, MOST_LOOKS), 'looks', `A whole number from 1 to ${MOST_LOOKS}.`)
  for (const field of ['guardrailMarginPercent', 'practicalEquivalencePercent'] as const) {
    require(isWithin(draft[field], 0, 100), field, 'From 0 to 100 percent.')
  }
  require(isWithin(priorDeviationPercent, 0, LARGEST_DEVIATION_PERCENT) &&
    priorDeviationPercent !== 0, 'priorDeviationPercent', 'More than 0, at most 10,000 percent.')
  require(isWithin(
    minimumDurationDays,
    0,
    LONGEST_DURATION_DAYS,
  ), 'minimumDurationDays', `From 0 to ${LONGEST_DURATION_DAYS} days.`)
  return problems
}

function isWithin(value: NumberDraft, low: number, high: number): boolean {
  return value !== '' && value >= low && value <= high
}

/** Methods that read their planned sample: without one, nothing is ever read. */
export function needsMinimumSample({ method }: Pick<AnalysisDraft, 'method'>): boolean {
  return method === 'group-sequential' || method === 'fixed-horizon'
}
