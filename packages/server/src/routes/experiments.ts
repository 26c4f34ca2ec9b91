import { ExperimentEditSchema, ExperimentInputSchema } from '@helios/engine'
import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { noteOf } from '../authentication.ts'
import { expectedVersion, isUnchanged, versionTag } from '../etag.ts'
import { IfMatch, IfNoneMatch, KeyParams, Why } from '../schemas/common.ts'
import { CONFLICT, INVALID, listOf, NOT_FOUND, REFUSALS, ref } from '../schemas/components.ts'

const tags = ['experiments']
const whyField = { why: Type.Optional(Why) }
const CreateSchema = Type.Object(
  { ...ExperimentInputSchema.properties, ...whyField },
  { additionalProperties: false },
)
const EditSchema = Type.Object(
  { ...ExperimentEditSchema.properties, ...whyField },
  { additionalProperties: false },
)

export function experimentRoutes(app: App, context: Context): void {
  listAndCreate(app, context)
  readAndEdit(app, context)
}

function listAndCreate(app: App, { helios }: Context): void {
  app.get(
    '/v1/experiments',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'All experiments',
        tags,
        response: { 200: Type.Object({ experiments: listOf('Experiment') }), ...REFUSALS },
      },
    },
    async () => ({ experiments: helios.experiments.list() }),
  )

  app.post(
    '/v1/experiments',
    {
      config: { access: ['admin'] },
      schema: {
        summary: 'Create an experiment, as a draft',
        tags,
        body: CreateSchema,
        response: { 201: ref('Experiment'), ...INVALID, ...CONFLICT, ...REFUSALS },
      },
    },
    async (request, reply) => {
      const { why, ...input } = request.body
      const experiment = await helios.experiments.create(input, noteOf(request, why))
      reply.code(201).header('etag', versionTag(experiment.version))
      reply.header('location', `/v1/experiments/${experiment.key}`)
      return experiment
    },
  )
}

function readAndEdit(app: App, { helios }: Context): void {
  app.get(
    '/v1/experiments/:key',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'One experiment',
        tags,
        params: KeyParams,
        headers: IfNoneMatch,
        response: { 200: ref('Experiment'), 304: Type.Null(), ...NOT_FOUND, ...REFUSALS },
      },
    },
    async (request, reply) => {
      const experiment = helios.experiments.get(request.params.key)
      if (isUnchanged(request, reply, versionTag(experiment.version))) return reply.code(304).send(null)
      return experiment
    },
  )

  app.patch(
    '/v1/experiments/:key',
    {
      config: { access: ['admin'] },
      schema: {
        summary: 'Change the fields that are given',
        tags,
        params: KeyParams,
        headers: IfMatch,
        body: EditSchema,
        response: { 200: ref('Experiment'), ...INVALID, ...NOT_FOUND, ...CONFLICT, ...REFUSALS },
      },
    },
    async (request, reply) => {
      const { why, ...edit } = request.body
      const version = expectedVersion(request)
      const note = { ...noteOf(request, why), ...(version === undefined ? {} : { expectedVersion: version }) }
      const experiment = await helios.experiments.edit(request.params.key, edit, note)
      reply.header('etag', versionTag(experiment.version))
      return experiment
    },
  )
}
