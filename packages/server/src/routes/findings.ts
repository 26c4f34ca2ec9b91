import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { KeyParams } from '../schemas/common.ts'
import { INVALID, listOf, NOT_FOUND, REFUSALS, ref } from '../schemas/components.ts'

const tags = ['experiments']
const AnalysisQuery = Type.Object(
  {
    evenIfMisleading: Type.Optional(
      Type.Enum(['true', 'false'], { description: 'Give the numbers even where the analysis is refused.' }),
    ),
  },
  { additionalProperties: false },
)

/** What an experiment found, and what was done to it. */
export function findingsRoutes(app: App, context: Context): void {
  analysisRoute(app, context)
  historyRoutes(app, context)
}

function analysisRoute(app: App, { helios }: Context): void {
  app.get(
    '/v1/experiments/:key/analysis',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'What the experiment did, with all that could make it wrong',
        description: 'A number that does not exist (NaN, infinite) is null.',
        tags,
        params: KeyParams,
        querystring: AnalysisQuery,
        response: { 200: ref('Analysis'), ...INVALID, ...NOT_FOUND, ...REFUSALS },
      },
    },
    async ({ params, query }) =>
      helios.analyse(params.key, { evenIfMisleading: query.evenIfMisleading === 'true' }),
  )
}

function historyRoutes(app: App, { helios }: Context): void {
  app.get(
    '/v1/experiments/:key/audit',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'Who changed the experiment, when and why',
        tags,
        params: KeyParams,
        response: { 200: Type.Object({ entries: listOf('AuditEntry') }), ...NOT_FOUND, ...REFUSALS },
      },
    },
    async ({ params }) => {
      const { key } = helios.experiments.get(params.key)
      return { entries: await helios.experiments.audit(key) }
    },
  )

  app.get(
    '/v1/experiments/:key/versions',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'Every version of the experiment, oldest first',
        tags,
        params: KeyParams,
        response: { 200: Type.Object({ versions: listOf('Experiment') }), ...NOT_FOUND, ...REFUSALS },
      },
    },
    async ({ params }) => {
      const { key } = helios.experiments.get(params.key)
      return { versions: await helios.experiments.versions(key) }
    },
  )
}
