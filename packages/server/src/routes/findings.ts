import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { KeyParams } from '../schemas/common.ts'
import { INVALID, listOf, NOT_FOUND, REFUSALS, ref } from '../schemas/components.ts'

const tags = ['experiments']
const evenIfMisleading = Type.Optional(
  Type.Enum(['true', 'false'], { description: 'Give the numbers even where the analysis is refused.' }),
)
const AnalysisQuery = Type.Object(
  {
    evenIfMisleading,
    checkup: Type.Optional(
      Type.Enum(['true', 'false'], {
        description:
          'Judge health by a closer look at every unit as well: novelty, days of the week, outliers. Made anew once a minute at most.',
      }),
    ),
  },
  { additionalProperties: false },
)
const ReplayQuery = Type.Object(
  {
    replays: Type.Optional(
      Type.String({ pattern: '^\\d{1,4}$', description: '20 to 2000; 200 when absent.' }),
    ),
    seed: Type.Optional(
      Type.String({ pattern: '^\\d{1,9}$', description: 'A whole number; 1 when absent.' }),
    ),
    population: Type.Optional(
      Type.Enum(['control', 'all'], {
        description: 'Whose units are divided; those of the control when absent.',
      }),
    ),
  },
  { additionalProperties: false },
)
const MetricQuery = Type.Object(
  { metric: Type.String({ description: 'Key of a metric of the experiment.' }), evenIfMisleading },
  { additionalProperties: false },
)
const answers = { ...INVALID, ...NOT_FOUND, ...REFUSALS }

/** What an experiment found, and what was done to it. */
export function findingsRoutes(app: App, context: Context): void {
  analysisRoute(app, context)
  replayRoute(app, context)
  metricRoutes(app, context)
  trafficRoute(app, context)
  recordRoutes(app, context)
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
        response: { 200: ref('Analysis'), ...answers },
      },
    },
    async ({ params, query }) =>
      helios.analyse(params.key, { ...wishOf(query), checkup: query.checkup === 'true' }),
  )
}

/** One replay at a time: each goes through the units again and again. */
function replayRoute(app: App, { helios }: Context): void {
  let before: Promise<unknown> = Promise.resolve()
  app.get(
    '/v1/experiments/:key/aa-replay',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'Does the test err as often as it says, on the units of this experiment?',
        tags,
        params: KeyParams,
        querystring: ReplayQuery,
        response: { 200: ref('AaReplay'), ...answers },
      },
    },
    async ({ params, query: { replays, seed, population } }) => {
      const answer = before.then(() =>
        helios.aaReplay(params.key, {
          ...(replays === undefined ? {} : { replays: Number(replays) }),
          ...(seed === undefined ? {} : { seed: Number(seed) }),
          ...(population === undefined ? {} : { population }),
        }),
      )
      before = answer.catch(() => {})
      return answer
    },
  )
}

/** One metric over time, and within the values of each dimension. */
function metricRoutes(app: App, { helios }: Context): void {
  app.get(
    '/v1/experiments/:key/history',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'The effect on one metric as it was seen at each moment',
        tags,
        params: KeyParams,
        querystring: MetricQuery,
        response: { 200: ref('MetricHistory'), ...answers },
      },
    },
    async ({ params, query }) => helios.history(params.key, query.metric, wishOf(query)),
  )

  app.get(
    '/v1/experiments/:key/segments',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'One metric within the values of each declared dimension',
        tags,
        params: KeyParams,
        querystring: MetricQuery,
        response: { 200: ref('SegmentAnalysis'), ...answers },
      },
    },
    async ({ params, query }) => helios.segments(params.key, query.metric, wishOf(query)),
  )
}

function wishOf(query: { evenIfMisleading?: 'true' | 'false' }): { evenIfMisleading: boolean } {
  return { evenIfMisleading: query.evenIfMisleading === 'true' }
}

function trafficRoute(app: App, { helios }: Context): void {
  app.get(
    '/v1/experiments/:key/traffic',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'How units came in, hour by hour',
        tags,
        params: KeyParams,
        response: { 200: ref('Traffic'), ...NOT_FOUND, ...REFUSALS },
      },
    },
    async ({ params }) => helios.traffic(params.key),
  )
}

/** Who did what, and what came of it. */
function recordRoutes(app: App, { helios }: Context): void {
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
