import { Type } from 'typebox'
import { Counts, Findings, MetricFacts, VariantResults } from './analysis.ts'
import { NumberOrNull, Time } from './common.ts'
import { STATUSES } from './experiments.ts'

const Readability = { status: Type.Enum(['ok', 'refused']), refusals: Findings }
const Interval = Type.Object({ estimate: NumberOrNull, low: NumberOrNull, high: NumberOrNull })
const IntervalOrNull = Type.Union([Interval, Type.Null()])
const About = {
  ...Readability,
  metric: Type.String(),
  ...MetricFacts,
  control: Type.String(),
  alpha: Type.Number(),
}

export const HistorySchema = Type.Object(
  {
    ...About,
    points: Type.Array(
      Type.Object({
        at: Time,
        variants: Type.Record(Type.String(), Type.Object({ n: Type.Number(), mean: NumberOrNull })),
        effects: Type.Record(
          Type.String(),
          Type.Union([
            Type.Object({ method: Type.String(), absolute: Interval, relative: IntervalOrNull }),
            Type.Null(),
          ]),
          { description: 'Each variant against the control; null where nothing could be computed yet.' },
        ),
      }),
    ),
  },
  { description: 'The effect as a reader would have seen it at each moment, oldest first; the last is now.' },
)

export const TrafficSchema = Type.Object(
  {
    hours: Type.Array(Type.Object({ at: Time, units: Counts }), {
      description: 'Hours with new units, ascending, of the last weeks.',
    }),
    units: Counts,
  },
  { description: 'How units came in; a unit counts once, at its first exposure.' },
)

export const SegmentsSchema = Type.Object(
  {
    ...About,
    correction: Type.Object({ method: Type.String(), comparisons: Type.Integer() }),
    dimensions: Type.Array(
      Type.Object({
        name: Type.String(),
        heterogeneity: Type.Record(Type.String(), Type.Object({ pValue: NumberOrNull }), {
          description: 'Does the effect differ between the segments? By variant.',
        }),
        segments: Type.Array(
          Type.Object({
            value: Type.Optional(Type.String({ description: 'Absent for units that came without one.' })),
            isRest: Type.Optional(Type.Literal(true)),
            units: Counts,
            ...VariantResults,
          }),
          { description: 'Largest first.' },
        ),
      }),
    ),
  },
  { description: 'One metric within the values of each declared dimension.' },
)

export const AaReplaySchema = Type.Object(
  {
    replays: Type.Integer(),
    seed: Type.Integer({ description: 'The same seed and units give the same answer.' }),
    population: Type.Enum(['control', 'all']),
    units: Type.Integer({ description: 'That were divided in each replay.' }),
    unitsAvailable: Type.Integer(),
    metrics: Type.Record(Type.String(), Type.Object({ status: Type.Enum(['ok', 'not-computable']) }), {
      description:
        'For each metric the share of replays with p below 0.05, a test that the p-values are spread evenly, and their histogram.',
    }),
  },
  {
    description: 'The units divided anew by chance, again and again: does the test err as often as it says?',
  },
)

export const SummarySchema = Type.Object(
  {
    key: Type.String(),
    name: Type.String(),
    status: Type.Enum([...STATUSES]),
    unit: Type.String(),
    version: Type.Integer(),
    tags: Type.Array(Type.String()),
    variants: Type.Integer({ description: 'How many.' }),
    metrics: Type.Integer({ description: 'How many.' }),
    createdAt: Time,
    startedAt: Type.Optional(Time),
    endedAt: Type.Optional(Time),
    shipped: Type.Optional(Type.String()),
    units: Type.Integer(),
    recentUnits: Type.Array(Type.Integer(), {
      description: 'New units in each of the last 24 hours, oldest first; the last hour is the present one.',
    }),
    health: Type.Object({
      level: Type.Enum(['idle', 'good', 'attention', 'bad']),
      score: Type.Optional(Type.Number({ description: 'In [0, 1].' })),
      findings: Findings,
    }),
    leading: Type.Optional(
      Type.Object(
        {
          metric: Type.String(),
          direction: MetricFacts.direction,
          variant: Type.String(),
          variantName: Type.String(),
          method: Type.String(),
          absolute: Interval,
          relative: IntervalOrNull,
          pValueAdjusted: NumberOrNull,
          isSignificant: Type.Boolean(),
        },
        { description: 'The clearest comparison on the first primary metric.' },
      ),
    ),
  },
  { description: 'One line of the list of experiments.' },
)
