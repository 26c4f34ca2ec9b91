import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { callerOf } from '../authentication.ts'
import { SCOPES } from '../keys/api-key.ts'
import { INVALID, listOf, NOT_FOUND, REFUSALS, ref } from '../schemas/components.ts'

const tags = ['keys']
const CreateSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, description: 'Who uses it; named in the audit log.' }),
    scopes: Type.Array(Type.Enum([...SCOPES]), { minItems: 1, maxItems: SCOPES.length }),
  },
  { additionalProperties: false },
)
const CreatedSchema = Type.Object({
  key: ref('ApiKey'),
  secret: Type.String({ description: 'Send it as a bearer token. Shown this once; only a hash is kept.' }),
})

export function keyRoutes(app: App, { keys }: Context): void {
  app.get(
    '/v1/keys',
    {
      config: { access: ['admin'] },
      schema: {
        summary: 'All API keys, revoked ones included',
        tags,
        response: { 200: Type.Object({ keys: listOf('ApiKey') }), ...REFUSALS },
      },
    },
    async () => ({ keys: keys.list() }),
  )

  app.post(
    '/v1/keys',
    {
      config: { access: ['admin'] },
      schema: {
        summary: 'Make an API key',
        tags,
        body: CreateSchema,
        response: { 201: CreatedSchema, ...INVALID, ...REFUSALS },
      },
    },
    async (request, reply) => {
      reply.code(201)
      return keys.create({ ...request.body, by: callerOf(request).name })
    },
  )

  app.delete(
    '/v1/keys/:id',
    {
      config: { access: ['admin'] },
      schema: {
        summary: 'Revoke an API key, at once and for good',
        tags,
        params: Type.Object({ id: Type.String({ description: 'The eight digits in the secret.' }) }),
        response: { 200: ref('ApiKey'), ...NOT_FOUND, ...REFUSALS },
      },
    },
    async (request) => keys.revoke(request.params.id, callerOf(request).name),
  )
}
