import { type Helios, HeliosError } from '@helios/engine'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { noteOf } from '../authentication.ts'
import { expectedVersion, versionTag } from '../etag.ts'
import { IfMatch, KeyParams, Why } from '../schemas/common.ts'
import { CONFLICT, INVALID, NOT_FOUND, REFUSALS, ref } from '../schemas/components.ts'

const PLAIN_ACTIONS = {
  start: 'Start a draft: units are assigned from now on',
  pause: 'Pause: everyone gets the control, nothing is recorded',
  resume: 'Resume after a pause',
  cancel: 'Cancel: the experiment ends without a winner',
} as const
const NoteSchema = Type.Object({ why: Type.Optional(Why) }, { additionalProperties: false })
const CompleteSchema = Type.Object(
  {
    why: Type.Optional(Why),
    ship: Type.Optional(Type.String({ description: 'Variant that everyone gets.' })),
  },
  { additionalProperties: false },
)
const common = {
  tags: ['experiments'],
  params: KeyParams,
  headers: IfMatch,
  response: { 200: ref('Experiment'), ...INVALID, ...NOT_FOUND, ...CONFLICT, ...REFUSALS },
}

/** draft → running ⇄ paused → completed or cancelled; one route for each step. */
export function lifeCycleRoutes(app: App, { helios }: Context): void {
  allowNoBody(app)
  for (const action of ['start', 'pause', 'resume', 'cancel'] as const) {
    app.post(
      `/v1/experiments/:key/${action}`,
      {
        config: { access: ['admin'] },
        schema: { ...common, summary: PLAIN_ACTIONS[action], body: NoteSchema },
      },
      async (request, reply) => {
        requireExpectedVersion(helios, request.params.key, request)
        const note = noteOf(request, request.body.why)
        const experiment = await helios.experiments[action](request.params.key, note)
        reply.header('etag', versionTag(experiment.version))
        return experiment
      },
    )
  }

  app.post(
    '/v1/experiments/:key/complete',
    {
      config: { access: ['admin'] },
      schema: { ...common, summary: 'Complete, and ship a variant to everyone', body: CompleteSchema },
    },
    async (request, reply) => {
      requireExpectedVersion(helios, request.params.key, request)
      const { why, ship } = request.body
      const note = { ...noteOf(request, why), ...(ship === undefined ? {} : { ship }) }
      const experiment = await helios.experiments.complete(request.params.key, note)
      reply.header('etag', versionTag(experiment.version))
      return experiment
    },
  )
}

/** There is nothing that a step must be told; many clients say that they send JSON and then send none. */
function allowNoBody(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, {})
    else void parse(request, body as string, done)
  })
  app.addHook('preValidation', (request, _reply, done) => {
    request.body ??= {}
    done()
  })
}

function requireExpectedVersion(helios: Helios, key: string, request: FastifyRequest): void {
  const expected = expectedVersion(request)
  const { version } = helios.experiments.get(key)
  if (expected !== undefined && expected !== version) {
    throw new HeliosError('HEL_VERSION_CONFLICT', { key, version })
  }
}
