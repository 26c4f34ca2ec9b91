import { Type } from 'typebox'
import { NumberOrNull } from './common.ts'

const closed = { additionalProperties: false } as const

const MeanAndDeviation = Type.Object({ mean: Type.Number(), standardDeviation: Type.Number() }, closed)

const MetricSchema = Type.Union(
  [
    Type.Object(
      {
        kind: Type.Enum(['proportion', 'retention']),
        baseline: Type.Number({ description: 'Share of units today, in (0, 1).' }),
      },
      closed,
    ),
    Type.Object(
      {
        kind: Type.Literal('mean'),
        baseline: Type.Number(),
        standardDeviation: Type.Number({ description: 'Of the values of the units.' }),
      },
      closed,
    ),
    Type.Object(
      {
        kind: Type.Literal('count'),
        baseline: Type.Number({ description: 'Events per unit.' }),
        dispersion: Type.Optional(Type.Number({ description: 'Variance over mean; 1 when absent.' })),
      },
      closed,
    ),
    Type.Object(
      {
        kind: Type.Literal('ratio'),
        numerator: MeanAndDeviation,
        denominator: MeanAndDeviation,
        correlation: Type.Number({ description: 'Of the two over units.' }),
      },
      closed,
    ),
  ],
  { description: 'What is measured on each unit, as it is today.' },
)

const Looks = Type.Optional(Type.Integer({ description: 'Evenly up to the planned sample, 1 to 50.' }))
const PlanSchema = Type.Union([
  Type.Object({ method: Type.Literal('fixed-horizon') }, closed),
  Type.Object({ method: Type.Literal('always-valid'), looks: Looks }, closed),
  Type.Object(
    {
      method: Type.Literal('group-sequential'),
      looks: Looks,
      spending: Type.Optional(Type.Enum(['obrien-fleming', 'pocock'])),
    },
    closed,
  ),
])

export const PowerQuestionSchema = Type.Object(
  {
    metric: MetricSchema,
    unitsPerVariant: Type.Optional(Type.Integer({ description: 'In each treatment.' })),
    minimumDetectableEffect: Type.Optional(
      Type.Number({ description: 'Smallest change worth finding; below 0 for a decrease.' }),
    ),
    power: Type.Optional(Type.Number({ description: 'Chance to find it, in (0, 1).' })),
    effectScale: Type.Optional(
      Type.Enum(['relative', 'absolute'], { description: 'To the baseline when absent.' }),
    ),
    direction: Type.Optional(Type.Enum(['increase', 'decrease'])),
    hypothesis: Type.Optional(
      Type.Object(
        {
          kind: Type.Enum(['difference', 'non-inferiority', 'equivalence']),
          expectedEffect: Type.Optional(Type.Number()),
        },
        closed,
      ),
    ),
    alpha: Type.Optional(Type.Number({ description: 'Error rate of the experiment; 0.05 when absent.' })),
    sides: Type.Optional(Type.Enum([1, 2])),
    variants: Type.Optional(Type.Integer({ description: 'Control included; 2 when absent.' })),
    correction: Type.Optional(Type.Enum(['bonferroni', 'dunnett', 'none'])),
    controlRatio: Type.Optional(
      Type.Union([Type.Number(), Type.Literal('optimal')], {
        description: 'Units of the control for each of a treatment; 1 when absent.',
      }),
    ),
    plan: Type.Optional(PlanSchema),
    clusters: Type.Optional(
      Type.Object(
        {
          meanSize: Type.Number(),
          sizeVariation: Type.Optional(Type.Number()),
          intraclassCorrelation: Type.Number(),
        },
        closed,
      ),
    ),
    varianceSaved: Type.Optional(
      Type.Number({ description: 'Share of the variance that a covariate explains, in [0, 1).' }),
    ),
    traffic: Type.Optional(
      Type.Object({ unitsPerDay: Type.Number(), coverage: Type.Optional(Type.Number()) }, closed),
    ),
  },
  {
    ...closed,
    description: 'Two of unitsPerVariant, minimumDetectableEffect and power; the third is the answer.',
  },
)

const DurationSchema = Type.Optional(Type.Object({ days: Type.Integer(), weeks: Type.Integer() }))
const Correction = Type.Enum(['bonferroni', 'dunnett', 'none'])

export const PowerReportSchema = Type.Object({
  status: Type.Literal('answered'),
  answer: Type.Object({
    status: Type.Literal('answered'),
    solvedFor: Type.Enum(['unitsPerVariant', 'minimumDetectableEffect', 'power']),
    unitsPerVariant: Type.Integer({ description: 'In each treatment.' }),
    controlUnits: Type.Integer(),
    units: Type.Integer({ description: 'In all variants together.' }),
    minimumDetectableEffect: Type.Number({ description: 'On the scale of the question.' }),
    effect: Type.Object({ relative: NumberOrNull, absolute: Type.Number() }),
    power: Type.Number(),
    baseline: Type.Number(),
    alphaPerComparison: Type.Number({ description: 'On one side.' }),
    comparisons: Type.Integer(),
    correction: Correction,
    controlRatio: Type.Number(),
    inflation: Type.Number({ description: 'Units over those of a plan with a single look.' }),
    expectedUnitsPerVariant: Type.Number({
      description: 'When the test stops, on average, if the effect is real.',
    }),
    designEffect: Type.Number(),
    clustersPerVariant: Type.Optional(Type.Integer()),
    duration: DurationSchema,
    method: Type.String(),
  }),
  targetPower: Type.Number({ description: 'Of the effect curve.' }),
  powerCurve: Type.Array(
    Type.Object({ unitsPerVariant: Type.Integer(), power: Type.Number(), duration: DurationSchema }),
  ),
  effectCurve: Type.Array(
    Type.Object({
      unitsPerVariant: Type.Integer(),
      minimumDetectableEffect: Type.Number(),
      duration: DurationSchema,
    }),
  ),
  alternatives: Type.Array(
    Type.Object({
      power: Type.Number(),
      minimumDetectableEffect: Type.Number(),
      unitsPerVariant: Type.Optional(Type.Integer()),
      units: Type.Optional(Type.Integer()),
      duration: DurationSchema,
    }),
    { description: 'Other powers and effects; without units where no number of them would do.' },
  ),
})
