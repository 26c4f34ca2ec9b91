import type { Aggregation, MetricKind, MetricTerm } from '@helios/sdk'
import type { Computation } from '../metric-in-words.ts'

const DAY_MILLISECONDS = 86_400_000

/** A number field: empty until something is typed, and text while it is not yet a number. */
export type NumberField = number | string

/** What the form holds; fields that do not belong to the kind keep what was typed and are not sent. */
export interface MetricDraft {
  readonly key: string
  readonly name: string
  readonly description: string
  readonly kind: MetricKind
  readonly direction: 'increase' | 'decrease'
  /** The metric's own key when empty. */
  readonly source: string
  readonly anyOutcome: boolean
  readonly aggregation: Aggregation
  readonly numerator: readonly TermDraft[]
  readonly denominator: readonly TermDraft[]
  readonly quantile: NumberField
  readonly windowDays: NumberField
  readonly fromDay: NumberField
  readonly toDay: NumberField
  readonly cap: NumberField
  readonly minimum: NumberField
  readonly maximum: NumberField
  readonly missing: 'default' | 'zero' | 'exclude'
  readonly covariateDays: NumberField
  readonly unitOfMeasure: string
  readonly why: string
}

export interface TermDraft {
  readonly source: string
  readonly weight: NumberField
}

export const EMPTY_DRAFT: MetricDraft = {
  key: '',
  name: '',
  description: '',
  kind: 'mean',
  direction: 'increase',
  source: '',
  anyOutcome: false,
  aggregation: 'sum',
  numerator: [{ source: '', weight: 1 }],
  denominator: [{ source: '', weight: 1 }],
  quantile: 0.5,
  windowDays: '',
  fromDay: 1,
  toDay: 7,
  cap: '',
  minimum: '',
  maximum: '',
  missing: 'default',
  covariateDays: '',
  unitOfMeasure: '',
  why: '',
}

/** Which fields a kind has, beside those that all have. */
export interface KindFields {
  readonly source: boolean
  readonly parts: boolean
  readonly aggregations: readonly Aggregation[]
  readonly quantile: boolean
  readonly window: boolean
  readonly retention: boolean
  readonly missing: boolean
}

const ALL: readonly Aggregation[] = ['sum', 'mean', 'count', 'any', 'minimum', 'maximum', 'last']
const ONE_VALUE: KindFields = {
  source: true,
  parts: false,
  aggregations: ALL,
  quantile: false,
  window: true,
  retention: false,
  missing: true,
}

export const FIELDS_OF_KIND: Readonly<Record<MetricKind, KindFields>> = {
  mean: ONE_VALUE,
  count: ONE_VALUE,
  quantile: { ...ONE_VALUE, quantile: true },
  proportion: { ...ONE_VALUE, aggregations: [], missing: false },
  retention: { ...ONE_VALUE, aggregations: [], window: false, retention: true, missing: false },
  ratio: { ...ONE_VALUE, source: false, parts: true, aggregations: ['sum', 'count'] },
}

/** The choice that is in force: a kind may not have the one that was made for another. */
export function aggregationOf({ kind, aggregation }: MetricDraft): Aggregation {
  const { aggregations } = FIELDS_OF_KIND[kind]
  if (aggregations.length === 0) return 'any'
  return aggregations.includes(aggregation) ? aggregation : 'sum'
}

/** Whether outcomes are sent under the metric's own key; only then a range of them has a meaning. */
export function readsItself(draft: MetricDraft): boolean {
  const { source } = FIELDS_OF_KIND[draft.kind]
  return source && !countsAnything(draft) && (draft.source === '' || draft.source === draft.key)
}

export function countsAnything({ kind, anyOutcome, source }: MetricDraft): boolean {
  return kind === 'retention' && (anyOutcome || source === '*')
}

/** Body of `POST /v1/metrics`. */
export function inputOf(draft: MetricDraft): Record<string, unknown> {
  const has = FIELDS_OF_KIND[draft.kind]
  const given: Record<string, unknown> = {
    key: draft.key,
    name: draft.name.trim(),
    description: draft.description.trim(),
    kind: draft.kind,
    direction: draft.direction,
    unitOfMeasure: draft.unitOfMeasure.trim(),
    cap: draft.cap,
    covariateDays: draft.covariateDays,
    source: has.source ? (countsAnything(draft) ? '*' : draft.source) : '',
    aggregation: has.aggregations.length > 0 ? aggregationOf(draft) : '',
    numerator: has.parts ? partOf(draft.numerator) : '',
    denominator: has.parts ? partOf(draft.denominator) : '',
    quantile: has.quantile ? draft.quantile : '',
    windowDays: has.window ? draft.windowDays : '',
    retention: has.retention ? { fromDay: draft.fromDay, toDay: draft.toDay } : '',
    range: hasRange(draft) ? { minimum: draft.minimum, maximum: draft.maximum } : '',
    missing: has.missing && draft.missing !== 'default' ? draft.missing : '',
    why: draft.why.trim(),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
}

export function hasRange(draft: MetricDraft): boolean {
  return readsItself(draft) && !(draft.minimum === '' && draft.maximum === '')
}

/** A single source with weight 1 is sent as its name, as people write it by hand. */
function partOf(terms: readonly TermDraft[]): string | readonly TermDraft[] {
  const [first] = terms
  return terms.length === 1 && first?.weight === 1 ? first.source : terms
}

/** The metric that the server would make, as far as its computation goes; gaps show as an ellipsis. */
export function previewOf(draft: MetricDraft): Computation {
  const has = FIELDS_OF_KIND[draft.kind]
  const aggregation = aggregationOf(draft)
  const from = has.retention ? numberOf(draft.fromDay) : 0
  const to = numberOf(has.retention ? draft.toDay : draft.windowDays)
  return {
    kind: draft.kind,
    terms: has.parts ? termsOf(draft.numerator) : [{ source: sourceOf(draft), weight: 1 }],
    denominator: has.parts ? termsOf(draft.denominator) : [],
    aggregation,
    fromMilliseconds: (from ?? 0) * DAY_MILLISECONDS,
    ...(to === undefined ? {} : { toMilliseconds: to * DAY_MILLISECONDS }),
    matured: draft.kind === 'retention',
    missing: missingOf(draft),
    ...optional('quantile', has.quantile ? numberOf(draft.quantile) : undefined),
    ...optional('cap', numberOf(draft.cap)),
    ...optional('covariateDays', numberOf(draft.covariateDays)),
    ...optional('unitOfMeasure', draft.unitOfMeasure.trim() || undefined),
  }
}

/** What a unit without outcomes is, when nobody says: a sum over nothing is zero, an average does not exist. */
export function missingOf(draft: MetricDraft): 'zero' | 'exclude' {
  if (!FIELDS_OF_KIND[draft.kind].missing) return 'zero'
  if (draft.missing !== 'default') return draft.missing
  return ['sum', 'count', 'any'].includes(aggregationOf(draft)) ? 'zero' : 'exclude'
}

function sourceOf(draft: MetricDraft): string {
  return countsAnything(draft) ? '*' : draft.source || draft.key || '…'
}

function termsOf(terms: readonly TermDraft[]): MetricTerm[] {
  return terms.map(({ source, weight }) => ({ source: source || '…', weight: numberOf(weight) ?? 1 }))
}

export function numberOf(field: NumberField): number | undefined {
  return typeof field === 'number' && Number.isFinite(field) ? field : undefined
}

function optional<Name extends string, T>(name: Name, value: T | undefined): { [N in Name]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [N in Name]?: T })
}
