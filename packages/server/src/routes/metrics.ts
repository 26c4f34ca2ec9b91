import { MetricInputSchema } from '@helios/engine'
import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { noteOf } from '../authentication.ts'
import { KeyParams, Why } from '../schemas/common.ts'
import { CONFLICT, INVALID, listOf, NOT_FOUND, REFUSALS, ref } from '../schemas/components.ts'

const tags = ['metrics']
const CreateSchema = Type.Object(
  { ...MetricInputSchema.properties, why: Type.Optional(Why) },
  { additionalProperties: false },
)

export function metricRoutes(app: App, { helios }: Context): void {
  app.get(
    '/v1/metrics',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'All metrics, built-in ones included',
        tags,
        response: { 200: Type.Object({ metrics: listOf('Metric') }), ...REFUSALS },
      },
    },
    async () => ({ metrics: helios.metrics.list() }),
  )

  app.get(
    '/v1/metrics/:key',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'One metric',
        tags,
        params: KeyParams,
        response: { 200: ref('Metric'), ...NOT_FOUND, ...REFUSALS },
      },
    },
    async ({ params }) => helios.metrics.get(params.key),
  )

  app.post(
    '/v1/metrics',
    {
      config: { access: ['admin'] },
      schema: {
        summary: 'Define a metric',
        tags,
        body: CreateSchema,
        response: { 201: ref('Metric'), ...INVALID, ...CONFLICT, ...REFUSALS },
      },
    },
    async (request, reply) => {
      const { why, ...input } = request.body
      const metric = await helios.metrics.create(input, noteOf(request, why))
      reply.code(201).header('location', `/v1/metrics/${metric.key}`)
      return metric
    },
  )
}
