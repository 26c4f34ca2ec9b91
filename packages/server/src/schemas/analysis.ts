import { Type } from 'typebox'
import { NumberOrNull } from './common.ts'

export const Findings = Type.Array(Type.Object({ code: Type.String(), message: Type.String() }))
export const Counts = Type.Record(Type.String(), Type.Number())

const SampleRatioSchema = Type.Object({
  pValue: NumberOrNull,
  statistic: NumberOrNull,
  degreesOfFreedom: NumberOrNull,
  counts: Counts,
  expected: Counts,
  strata: Type.Optional(Type.Array(Type.Unknown())),
})

/** Which metric, and how it is read. */
export const MetricFacts = {
  role: Type.Enum(['primary', 'secondary', 'guardrail']),
  kind: Type.String(),
  direction: Type.Enum(['increase', 'decrease']),
}
/** What was measured in each variant, and how it differs from the control. */
export const VariantResults = {
  variants: Type.Record(
    Type.String(),
    Type.Object({ n: Type.Number(), mean: NumberOrNull, variance: NumberOrNull }),
  ),
  comparisons: Type.Record(Type.String(), Type.Object({}), {
    description:
      'Each variant against the control: difference, interval, p-value and the method behind them.',
  }),
}

const MetricAnalysisSchema = Type.Object({
  ...MetricFacts,
  ...VariantResults,
  posterior: Type.Optional(
    Type.Object(
      { method: Type.String(), variants: Type.Record(Type.String(), Type.Object({})) },
      { description: 'Bayesian answers, per variant.' },
    ),
  ),
  omnibus: Type.Optional(Type.Object({ method: Type.String(), pValue: NumberOrNull })),
})

const HealthSchema = Type.Object(
  {
    score: NumberOrNull,
    parts: Type.Array(
      Type.Object({
        check: Type.String(),
        score: NumberOrNull,
        message: Type.String(),
        pValue: Type.Optional(NumberOrNull),
      }),
    ),
  },
  { description: 'How far the numbers can be trusted: 1 is nothing to object to, 0 is do not read.' },
)

const StoppingSchema = Type.Object(
  {
    shouldStop: Type.Boolean(),
    reasons: Type.Array(
      Type.Object({
        code: Type.String(),
        message: Type.String(),
        variant: Type.Optional(Type.String()),
        metric: Type.Optional(Type.String()),
      }),
    ),
    variants: Type.Array(Type.String(), { description: 'May be stopped alone while the others go on.' }),
    waitingFor: Type.Array(Type.String(), { description: 'Why nothing may be concluded yet.' }),
  },
  { description: 'Whether to go on.' },
)

export const AnalysisSchema = Type.Object(
  {
    status: Type.Enum(['ok', 'refused']),
    refusals: Findings,
    warnings: Findings,
    units: Type.Integer(),
    control: Type.String(),
    sampleRatio: SampleRatioSchema,
    crossover: Type.Object({ units: Type.Integer(), share: NumberOrNull }),
    alpha: Type.Number(),
    method: Type.String({ description: 'When the numbers may be read.' }),
    correction: Type.Object({ method: Type.String(), comparisons: Type.Integer() }),
    metrics: Type.Record(Type.String(), MetricAnalysisSchema),
    health: HealthSchema,
    stopping: StoppingSchema,
    recommendations: Type.Array(
      Type.Object({
        code: Type.String(),
        variant: Type.Optional(Type.String()),
        message: Type.String(),
        evidence: Type.Array(Type.String()),
      }),
      { description: 'What to do now, most important first.' },
    ),
  },
  { description: 'What the experiment did, how that was computed, and what would make it wrong.' },
)
