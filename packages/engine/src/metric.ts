import type { Aggregation, Metric, MetricKind, MetricTerm } from '@helios/sdk'
import { type Static, Type } from 'typebox'
import { DAY_MILLISECONDS } from './clock.ts'
import { HeliosError } from './errors.ts'
import { validator } from './validate.ts'

export type { Aggregation, Metric, MetricKind, MetricTerm } from '@helios/sdk'

export const METRIC_KINDS = [
  'mean',
  'proportion',
  'count',
  'ratio',
  'quantile',
  'retention',
] as const satisfies readonly MetricKind[]

export const AGGREGATIONS = [
  'sum',
  'mean',
  'count',
  'any',
  'minimum',
  'maximum',
  'last',
] as const satisfies readonly Aggregation[]

/** Source that stands for every outcome of a unit, whatever its metric: for retention. */
export const ANY_OUTCOME = '*'

const Key = Type.String({ pattern: '^[a-z0-9][a-z0-9_.-]{0,63}$' })
const Source = Type.String({ pattern: '^(\\*|[a-z0-9][a-z0-9_.-]{0,63})$' })
/** Weights that cannot make the squares of large outcomes overflow. */
const Weight = Type.Number({ minimum: -1e9, maximum: 1e9 })
const Term = Type.Object({ source: Key, weight: Weight }, { additionalProperties: false })
const Terms = Type.Union([Key, Type.Array(Term, { minItems: 1, maxItems: 8 })])
const Days = Type.Number({ exclusiveMinimum: 0, maximum: 3650 })

export const MetricInputSchema = Type.Object(
  {
    key: Key,
    name: Type.Optional(Type.String({ maxLength: 200 })),
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    kind: Type.Enum([...METRIC_KINDS]),
    direction: Type.Optional(Type.Enum(['increase', 'decrease'])),
    source: Type.Optional(Source),
    aggregation: Type.Optional(Type.Enum([...AGGREGATIONS])),
    numerator: Type.Optional(Terms),
    denominator: Type.Optional(Terms),
    quantile: Type.Optional(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 })),
    windowDays: Type.Optional(Days),
    retention: Type.Optional(
      Type.Object({ fromDay: Type.Number({ minimum: 0 }), toDay: Days }, { additionalProperties: false }),
    ),
    cap: Type.Optional(Type.Number()),
    range: Type.Optional(
      Type.Object({ minimum: Type.Number(), maximum: Type.Number() }, { additionalProperties: false }),
    ),
    missing: Type.Optional(Type.Enum(['zero', 'exclude'])),
    covariateDays: Type.Optional(Days),
    unitOfMeasure: Type.Optional(Type.String({ maxLength: 32 })),
  },
  { additionalProperties: false },
)

/** What a user gives to define a metric; everything but key and kind has a sensible default. */
export type MetricInput = Static<typeof MetricInputSchema>

const DEFAULT_AGGREGATION: Readonly<Record<MetricKind, Aggregation>> = {
  mean: 'sum',
  proportion: 'any',
  count: 'sum',
  ratio: 'sum',
  quantile: 'sum',
  retention: 'any',
}

const validateInput = validator(MetricInputSchema, 'HEL_METRIC_INVALID')

/** Checks an input and fills in what follows from it. Throws HEL_METRIC_INVALID. */
export function createMetric(input: unknown, builtIn = false): Metric {
  const given = validateInput(input)
  requireConsistent(given)
  const aggregation = given.aggregation ?? DEFAULT_AGGREGATION[given.kind]
  return {
    key: given.key,
    name: given.name ?? titleOf(given.key),
    description: given.description ?? '',
    kind: given.kind,
    direction: given.direction ?? 'increase',
    terms: termsOf(given.kind === 'ratio' ? given.numerator : (given.source ?? given.key)),
    denominator: termsOf(given.denominator),
    aggregation,
    ...windowOf(given),
    matured: given.kind === 'retention',
    missing: given.missing ?? defaultMissing(given.kind, aggregation),
    ...(given.quantile === undefined ? {} : { quantile: given.quantile }),
    ...(given.cap === undefined ? {} : { cap: given.cap }),
    ...(given.range === undefined ? {} : { range: given.range }),
    ...(given.covariateDays === undefined ? {} : { covariateDays: given.covariateDays }),
    ...(given.unitOfMeasure === undefined ? {} : { unitOfMeasure: given.unitOfMeasure }),
    builtIn,
  }
}

/** All metrics under which outcomes may arrive for this one. */
export function sourcesOf(metric: Metric): string[] {
  return [...new Set([...metric.terms, ...metric.denominator].map((term) => term.source))]
}

function requireConsistent(given: MetricInput): void {
  const isRatio = given.kind === 'ratio'
  requireThat(
    isRatio === (given.numerator !== undefined),
    'numerator belongs to a ratio, and a ratio needs it',
  )
  requireThat(
    isRatio === (given.denominator !== undefined),
    'denominator belongs to a ratio, and a ratio needs it',
  )
  requireThat(
    !isRatio || given.source === undefined,
    'a ratio has a numerator and a denominator, not a source',
  )
  requireThat(
    (given.kind === 'quantile') === (given.quantile !== undefined),
    'quantile belongs to kind quantile, which needs it',
  )
  requireThat(
    (given.kind === 'retention') === (given.retention !== undefined),
    'retention days belong to kind retention, which needs them',
  )
  requireThat(
    !given.retention || given.retention.fromDay < given.retention.toDay,
    'retention.fromDay must come before retention.toDay',
  )
  requireThat(!given.retention || given.windowDays === undefined, 'retention has its days, not windowDays')
  requireThat(
    !given.range || given.range.minimum < given.range.maximum,
    'range.minimum must be below range.maximum',
  )
  requireThat(
    given.source !== ANY_OUTCOME || given.kind === 'retention',
    `only retention may count any outcome ("${ANY_OUTCOME}")`,
  )
  const isBinary = given.kind === 'proportion' || given.kind === 'retention'
  requireThat(
    !isBinary || given.aggregation === undefined || given.aggregation === 'any',
    `a ${given.kind} aggregates by "any"`,
  )
  requireThat(
    !isBinary || given.missing !== 'exclude',
    `in a ${given.kind} a unit without outcomes is a zero`,
  )
  requireThat(
    !isRatio || ['sum', 'count'].includes(given.aggregation ?? 'sum'),
    'the parts of a ratio aggregate by sum or count',
  )
}

function requireThat(condition: boolean, problem: string): void {
  if (!condition) throw new HeliosError('HEL_METRIC_INVALID', { problem })
}

function termsOf(given: string | readonly MetricTerm[] | undefined): readonly MetricTerm[] {
  if (given === undefined) return []
  return typeof given === 'string' ? [{ source: given, weight: 1 }] : given
}

function windowOf(given: MetricInput): Pick<Metric, 'fromMilliseconds' | 'toMilliseconds'> {
  if (given.retention) {
    return {
      fromMilliseconds: given.retention.fromDay * DAY_MILLISECONDS,
      toMilliseconds: given.retention.toDay * DAY_MILLISECONDS,
    }
  }
  return given.windowDays === undefined
    ? { fromMilliseconds: 0 }
    : { fromMilliseconds: 0, toMilliseconds: given.windowDays * DAY_MILLISECONDS }
}

/** A sum over nothing is zero; an average, extreme or last value over nothing does not exist. */
function defaultMissing(kind: MetricKind, aggregation: Aggregation): 'zero' | 'exclude' {
  if (kind === 'ratio') return 'zero'
  return ['sum', 'count', 'any'].includes(aggregation) ? 'zero' : 'exclude'
}

function titleOf(key: string): string {
  const words = key.replaceAll(/[_.-]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
