import { Type } from 'typebox'

const Terms = Type.Array(Type.Object({ source: Type.String(), weight: Type.Number() }))

export const MetricSchema = Type.Object(
  {
    key: Type.String(),
    name: Type.String(),
    description: Type.String(),
    kind: Type.Enum(['mean', 'proportion', 'count', 'ratio', 'quantile', 'retention']),
    direction: Type.Enum(['increase', 'decrease']),
    terms: Terms,
    denominator: Terms,
    aggregation: Type.Enum(['sum', 'mean', 'count', 'any', 'minimum', 'maximum', 'last']),
    quantile: Type.Optional(Type.Number()),
    fromMilliseconds: Type.Number(),
    toMilliseconds: Type.Optional(Type.Number()),
    matured: Type.Boolean(),
    cap: Type.Optional(Type.Number()),
    range: Type.Optional(Type.Object({ minimum: Type.Number(), maximum: Type.Number() })),
    missing: Type.Enum(['zero', 'exclude']),
    covariateDays: Type.Optional(Type.Number()),
    unitOfMeasure: Type.Optional(Type.String()),
    builtIn: Type.Boolean(),
  },
  { description: 'How outcomes become one number per unit.' },
)
