import { RefusedError } from '../../../api/request.ts'
import {
  countsAnything,
  FIELDS_OF_KIND,
  hasRange,
  type MetricDraft,
  type NumberField,
  numberOf,
} from './metric-draft.ts'

export type MetricField = keyof MetricDraft
/** What is wrong, at the field where it can be put right. */
export type MetricProblems = Readonly<Partial<Record<MetricField, string>>>

const KEY = /^[a-z0-9][a-z0-9_.-]{0,63}$/
const KEY_WORDS =
  'Up to 64 small letters, digits, “_”, “.” and “-”, beginning with a letter or digit: order_value.'
const LONGEST_DAYS = 3650

/** What the server would refuse, said before asking it. */
export function problemsOf(draft: MetricDraft): MetricProblems {
  const has = FIELDS_OF_KIND[draft.kind]
  const wrong: [MetricField, string | undefined][] = [
    ['key', KEY.test(draft.key) ? undefined : KEY_WORDS],
    ['source', has.source && !countsAnything(draft) ? sourceProblem(draft) : undefined],
    ['numerator', has.parts ? partProblem(draft.numerator) : undefined],
    ['denominator', has.parts ? partProblem(draft.denominator) : undefined],
    ['quantile', has.quantile ? quantileProblem(draft.quantile) : undefined],
    ['windowDays', has.window ? daysProblem(draft.windowDays) : undefined],
    ['covariateDays', daysProblem(draft.covariateDays)],
    ['cap', draft.cap === '' || numberOf(draft.cap) !== undefined ? undefined : 'Give a number, or nothing.'],
    ...(has.retention ? retentionProblems(draft) : []),
    ...(hasRange(draft) ? rangeProblems(draft) : []),
  ]
  return Object.fromEntries(wrong.filter(([, problem]) => problem !== undefined))
}

function sourceProblem({ source }: MetricDraft): string | undefined {
  return source === '' || KEY.test(source) ? undefined : KEY_WORDS
}

function partProblem(terms: MetricDraft['numerator']): string | undefined {
  if (terms.some(({ source }) => source === '')) return 'Say which metric’s outcomes are added up.'
  if (terms.some(({ source }) => !KEY.test(source))) return KEY_WORDS
  const isHeavy = terms.some(({ weight }) => !(Math.abs(numberOf(weight) ?? Number.NaN) <= 1e9))
  return isHeavy ? 'A weight is a number between −1,000,000,000 and 1,000,000,000.' : undefined
}

function quantileProblem(field: NumberField): string | undefined {
  const quantile = numberOf(field)
  return quantile !== undefined && quantile > 0 && quantile < 1
    ? undefined
    : 'Between 0 and 1: 0.5 is the median.'
}

function daysProblem(field: NumberField): string | undefined {
  const days = numberOf(field)
  if (field === '' || (days !== undefined && days > 0 && days <= LONGEST_DAYS)) return undefined
  return 'More than 0 and at most 3,650 days, or nothing.'
}

function retentionProblems({ fromDay, toDay }: MetricDraft): [MetricField, string | undefined][] {
  const [from, to] = [numberOf(fromDay), numberOf(toDay)]
  const isEndRight = to !== undefined && to > (from ?? 0) && to <= LONGEST_DAYS
  return [
    ['fromDay', from !== undefined && from >= 0 ? undefined : '0 or more days after the exposure.'],
    ['toDay', isEndRight ? undefined : 'Later than the first day, and at most 3,650.'],
  ]
}

function rangeProblems({ minimum, maximum }: MetricDraft): [MetricField, string | undefined][] {
  const [low, high] = [numberOf(minimum), numberOf(maximum)]
  const needed = 'A range has both ends.'
  return [
    ['minimum', low === undefined ? needed : undefined],
    [
      'maximum',
      high === undefined ? needed : low !== undefined && high <= low ? 'Above the smallest.' : undefined,
    ],
  ]
}

const FIELD_OF_POINTER: Readonly<Record<string, MetricField>> = {
  '/retention/fromDay': 'fromDay',
  '/retention/toDay': 'toDay',
  '/range/minimum': 'minimum',
  '/range/maximum': 'maximum',
  '/range': 'maximum',
  '/retention': 'toDay',
}

/** The server's refusal at the fields it speaks of; what belongs to no field stays with the form. */
export function problemsOfRefusal(error: unknown, draft: MetricDraft): MetricProblems {
  if (!(error instanceof RefusedError)) return {}
  if (error.code === 'HEL_METRIC_EXISTS') {
    return { key: 'There is a metric with this key already; choose another.' }
  }
  return Object.fromEntries(
    error.fields.flatMap(({ pointer, message }) => {
      const top = pointer.split('/')[1] ?? ''
      const field = FIELD_OF_POINTER[pointer] ?? (top in draft ? top : undefined)
      return field === undefined ? [] : [[field, message]]
    }),
  )
}
