import { Type } from 'typebox'
import { Findings } from './analysis.ts'
import { Time } from './common.ts'

const Documents = Type.Array(Type.Object({}))

/** The parts that are answers of their own elsewhere have the same form as there. */
export const ReportSchema = Type.Object(
  {
    generatedAt: Time,
    timeZone: Type.String({ description: 'IANA name of the zone in which days begin.' }),
    release: Type.String({ description: 'Of Helios.' }),
    status: Type.Enum(['ok', 'refused', 'empty'], {
      description:
        '`refused`: the numbers would mislead, and there are none; `empty`: no unit has met a variant.',
    }),
    verdict: Type.Object(
      { code: Type.String(), message: Type.String(), evidence: Type.Array(Type.String()) },
      { description: 'The answer in one sentence.' },
    ),
    furtherRecommendations: Documents,
    refusals: Findings,
    warnings: Findings,
    experiment: Type.Object({}, { description: 'As in `GET /v1/experiments/:key`.' }),
    metrics: Type.Array(Type.Object({}), { description: 'Those of the experiment.' }),
    units: Type.Integer(),
    sampleRatio: Type.Object({}),
    results: Type.Array(
      Type.Object({
        metric: Type.String(),
        role: Type.String(),
        direction: Type.String(),
        control: Type.Object({}),
        treatments: Documents,
      }),
      { description: 'One metric each: the control, and every treatment against it.' },
    ),
    health: Type.Object({}),
    stopping: Type.Object({}),
    effectOverTime: Type.Array(Type.Object({}), {
      description:
        'As in `GET /v1/experiments/:key/history`, for at most 8 primary metrics; none with more than 100 variants.',
    }),
    segments: Type.Array(Type.Object({}), {
      description:
        'As in `GET /v1/experiments/:key/segments`, for at most 8 primary metrics; none with more than 100 variants.',
    }),
    posteriors: Type.Array(Type.Object({}), {
      description: 'Of each primary metric, with the density of every variant’s value.',
    }),
    traffic: Type.Object({ days: Documents, units: Type.Record(Type.String(), Type.Number()) }),
    computation: Type.Object({}, { description: 'Methods, and what must hold for them.' }),
    changes: Type.Array(Type.Object({}), { description: 'As in `GET /v1/experiments/:key/audit`.' }),
  },
  { description: 'What an experiment found, with all that is needed to judge it.' },
)
