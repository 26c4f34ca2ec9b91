import { Type } from 'typebox'
import { Dimensions } from './common.ts'

const EventId = Type.String({
  minLength: 1,
  maxLength: 128,
  description: 'Made by the sender, once per event (UUIDv7 best): sending it again counts nothing twice.',
})
const Unit = Type.String({ minLength: 1, maxLength: 256, description: 'Who or what it is about.' })
const At = Type.Union([Type.Number(), Type.String()], {
  description: 'Milliseconds since 1970, or ISO 8601; the time of arrival when absent.',
})

const ExposureSchema = Type.Object(
  {
    type: Type.Literal('exposure'),
    id: EventId,
    experiment: Type.String(),
    variant: Type.String(),
    unit: Unit,
    at: Type.Optional(At),
    version: Type.Optional(Type.Integer()),
    propensity: Type.Optional(Type.Number()),
    policyVersion: Type.Optional(Type.Integer()),
    dimensions: Type.Optional(Dimensions),
  },
  { description: 'The moment a unit really met its variant.' },
)

const OutcomeSchema = Type.Object(
  {
    type: Type.Optional(Type.Literal('outcome')),
    id: EventId,
    unit: Unit,
    metric: Type.String(),
    value: Type.Number(),
    at: Type.Optional(At),
  },
  { description: 'A measured value of a metric for a unit.' },
)

const IdentitySchema = Type.Object(
  {
    type: Type.Literal('identity'),
    id: EventId,
    unit: Unit,
    previous: Type.String({
      minLength: 1,
      maxLength: 256,
      description: 'Another name of the same unit; what was counted under it counts for `unit`.',
    }),
    at: Type.Optional(At),
  },
  { description: 'Two names of one unit: a visitor who was anonymous signed in.' },
)

export const EventSchema = Type.Union([OutcomeSchema, ExposureSchema, IdentitySchema])

export const ReceiptSchema = Type.Object(
  {
    accepted: Type.Integer({ description: 'Events that are durable now and were not before.' }),
    duplicates: Type.Array(Type.Integer(), { description: 'Indexes of events that were known already.' }),
    rejected: Type.Array(
      Type.Object({ index: Type.Integer(), code: Type.String(), message: Type.String() }),
      { description: 'Events that were refused, each with its reason; the others are kept.' },
    ),
  },
  { description: 'What became of a batch: everything not listed as rejected is durable.' },
)
