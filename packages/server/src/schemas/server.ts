import { Type } from 'typebox'
import { SCOPES } from '../keys/api-key.ts'
import { Time } from './common.ts'
import { STATUSES } from './experiments.ts'

export const KeySchema = Type.Object(
  {
    id: Type.String({ pattern: '^[0-9a-f]{8}$' }),
    name: Type.String(),
    scopes: Type.Array(Type.Enum([...SCOPES])),
    createdAt: Time,
    revokedAt: Type.Optional(Time),
  },
  { description: 'An API key without its secret.' },
)

export const SessionSchema = Type.Object(
  {
    name: Type.String({ description: 'Named in the audit log.' }),
    scopes: Type.Array(Type.Enum([...SCOPES])),
    expiresAt: Time,
  },
  { description: 'Who is signed in to the pages.' },
)

export const OverviewSchema = Type.Object(
  {
    version: Type.String(),
    uptimeSeconds: Type.Number(),
    experiments: Type.Object(Object.fromEntries(STATUSES.map((status) => [status, Type.Integer()]))),
    events: Type.Integer(),
    units: Type.Integer(),
    stateBytes: Type.Number({ description: 'Memory that the learning state takes.' }),
    store: Type.Object({
      name: Type.String(),
      bytes: Type.Number({ description: 'Size on disk.' }),
      position: Type.Integer(),
      snapshotPosition: Type.Integer(),
    }),
  },
  { description: 'What is running, in numbers.' },
)
