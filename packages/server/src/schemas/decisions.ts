import { REASONS } from '@helios/sdk'
import { Type } from 'typebox'
import { Dimensions, Payload } from './common.ts'
import { ReceiptSchema } from './events.ts'

export const DecisionSchema = Type.Object(
  {
    experiment: Type.String(),
    version: Type.Integer(),
    unit: Type.String(),
    variant: Type.String(),
    payload: Payload,
    propensity: Type.Number({ description: 'Probability of this variant, given that the unit takes part.' }),
    reason: Type.Enum([...REASONS]),
    tracked: Type.Boolean({ description: 'Whether using this decision counts as an exposure.' }),
    policyVersion: Type.Optional(Type.Integer()),
    dimensions: Type.Optional(Dimensions),
    receipt: Type.Optional(ReceiptSchema),
  },
  {
    description:
      'The variant of a unit, and why. `receipt` says what became of the exposure, when asked for.',
  },
)

const PointRange = { from: Type.Integer(), to: Type.Integer() }

export const DefinitionSchema = Type.Object(
  {
    key: Type.String(),
    version: Type.Integer(),
    status: Type.String(),
    unit: Type.String(),
    salt: Type.String(),
    variants: Type.Array(Type.Object({ key: Type.String(), payload: Payload })),
    control: Type.String(),
    shipped: Type.Optional(Type.String()),
    slots: Type.Array(Type.Object({ ...PointRange, variant: Type.String() })),
    coverage: Type.Integer(),
    audience: Type.Optional(Type.Unknown()),
    layer: Type.Optional(Type.Object({ key: Type.String(), ranges: Type.Array(Type.Object(PointRange)) })),
    holdout: Type.Optional(Type.Object({ key: Type.String(), bound: Type.Integer() })),
    forced: Type.Optional(Type.Record(Type.String(), Type.String())),
    sticky: Type.Boolean(),
    policyVersion: Type.Optional(Type.Integer()),
    dimensions: Type.Optional(
      Type.Array(Type.String(), { description: 'Attributes whose values travel with each exposure.' }),
    ),
  },
  { description: 'What a client needs to decide without asking; points are integers in [0, 2^32].' },
)
