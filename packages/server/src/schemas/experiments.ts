import type { ExperimentStatus } from '@helios/sdk'
import { Type } from 'typebox'
import { Payload, Time } from './common.ts'

const Share = Type.Number({ minimum: 0, maximum: 1 })
const Keys = Type.Array(Type.String())
const LayerRange = Type.Object({ from: Type.Integer(), to: Type.Integer() })

export const STATUSES = [
  'draft',
  'running',
  'paused',
  'completed',
  'cancelled',
] as const satisfies readonly ExperimentStatus[]

const VariantSchema = Type.Object({
  key: Type.String(),
  name: Type.String(),
  payload: Payload,
  levels: Type.Optional(Type.Record(Type.String(), Type.String())),
})

export const ExperimentSchema = Type.Object(
  {
    key: Type.String(),
    name: Type.String(),
    hypothesis: Type.String(),
    unit: Type.String(),
    variants: Type.Array(VariantSchema),
    control: Type.String(),
    factors: Type.Array(Type.Unknown()),
    allocation: Type.Object({ kind: Type.Enum(['equal', 'weighted', 'dynamic']) }),
    coverage: Share,
    audience: Type.Optional(Type.Unknown()),
    layer: Type.Optional(Type.Object({ key: Type.String(), share: Share })),
    holdout: Type.Optional(Type.Object({ key: Type.String(), share: Share })),
    forced: Type.Record(Type.String(), Type.String()),
    sticky: Type.Boolean(),
    dimensions: Type.Array(Type.String(), {
      description: 'Attributes that split the result into segments; their values travel with each exposure.',
    }),
    metrics: Type.Object({ primary: Keys, secondary: Keys, guardrails: Keys }),
    analysis: Type.Object({
      alpha: Type.Number(),
      sampleRatioAlpha: Type.Number(),
      crossoverShare: Type.Number(),
      method: Type.String({ description: 'When results may be read.' }),
      correction: Type.String({ description: 'How p-values are adjusted for their number.' }),
      varianceReduction: Type.Enum(['auto', 'none']),
      looks: Type.Integer({ description: 'Of a group-sequential test.' }),
      spending: Type.Enum(['obrien-fleming', 'pocock']),
      guardrailMargin: Type.Number({
        description: 'How much worse a guardrail may be, as a share of the control.',
      }),
      practicalEquivalence: Type.Number({ description: 'Relative effects below this do not matter.' }),
      priorDeviation: Type.Number({
        description: 'Standard deviation of the relative effects expected beforehand.',
      }),
      minimumDurationDays: Type.Number(),
    }),
    minimumSample: Type.Integer(),
    maximumDurationDays: Type.Optional(Type.Number()),
    saltVersion: Type.Integer(),
    tags: Keys,
    version: Type.Integer({ description: 'Rises by one with every change; the ETag.' }),
    status: Type.Enum([...STATUSES]),
    slots: Type.Array(Type.Object({ from: Type.Integer(), to: Type.Integer(), variant: Type.String() })),
    layerRanges: Type.Array(LayerRange),
    createdAt: Time,
    updatedAt: Time,
    startedAt: Type.Optional(Time),
    startedPosition: Type.Optional(
      Type.Integer({ description: 'Events up to this position of the log arrived before the start.' }),
    ),
    endedAt: Type.Optional(Time),
    shipped: Type.Optional(Type.String()),
  },
  { description: 'One immutable version of an experiment.' },
)

export const AuditEntrySchema = Type.Object(
  {
    subject: Type.String(),
    version: Type.Integer(),
    action: Type.Enum(['create', 'edit', 'start', 'pause', 'resume', 'complete', 'cancel']),
    at: Time,
    by: Type.String({ description: 'Name of the API key, or of who was signed in.' }),
    why: Type.String(),
  },
  { description: 'One accepted change: who, when and why.' },
)
