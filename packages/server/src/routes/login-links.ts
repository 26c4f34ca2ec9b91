import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { callerOf } from '../authentication.ts'
import { listeningUrl, USUAL_URL } from '../listening-url.ts'
import { Time } from '../schemas/common.ts'
import { INVALID, REFUSALS } from '../schemas/components.ts'
import { loginUrl, OWNER } from '../sessions/login-links.ts'

const RequestSchema = Type.Object(
  {
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: `Who signs in with it; named in the audit log. "${OWNER}" when absent.`,
      }),
    ),
  },
  { additionalProperties: false },
)
const LinkSchema = Type.Object({
  url: Type.String({ description: 'Open it in a browser, once.' }),
  expiresAt: Time,
})

export function loginLinkRoutes(app: App, { loginLinks }: Context): void {
  app.post(
    '/v1/login-links',
    {
      config: { access: ['admin'] },
      schema: {
        summary: 'Make an address that signs an admin in to the pages, once',
        tags: ['sessions'],
        body: RequestSchema,
        response: { 201: LinkSchema, ...INVALID, ...REFUSALS },
      },
    },
    async (request, reply) => {
      const { keyId } = callerOf(request)
      const { name = OWNER } = request.body
      const { token, expiresAt } = loginLinks.create({ name, ...(keyId === undefined ? {} : { keyId }) })
      reply.code(201)
      return { url: loginUrl(listeningUrl(app) ?? USUAL_URL, token), expiresAt }
    },
  )
}
