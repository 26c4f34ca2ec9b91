import { HeliosError } from '@helios/engine'
import type { Session } from '@helios/sdk'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { sessionOf } from '../authentication.ts'
import { identify } from '../caller.ts'
import { INVALID, REFUSALS, ref } from '../schemas/components.ts'
import { noCookie, sessionCookie } from '../sessions/cookie.ts'
import { refuseOtherPages } from '../sessions/same-origin.ts'
import type { NewSession, OpenSession } from '../sessions/session-store.ts'

const tags = ['sessions']
const Token = Type.String({ minLength: 1, maxLength: 200 })
const LoginSchema = Type.Union([
  Type.Object({ link: Token }, { additionalProperties: false }),
  Type.Object({ key: Token }, { additionalProperties: false }),
])
type Proof = { readonly link: string } | { readonly key: string }

/** Signing in to the pages, and out. */
export function sessionRoutes(app: App, context: Context): void {
  signIn(app, context)
  readAndEnd(app, context)
}

function signIn(app: App, context: Context): void {
  app.post(
    '/v1/session',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Sign in to the pages, with a login link or with a key',
        description: 'Answers with a cookie. Ten failures in a minute from one address, and it has to wait.',
        tags,
        body: LoginSchema,
        response: { 201: ref('Session'), ...INVALID, ...REFUSALS, 429: ref('Problem') },
      },
    },
    async (request, reply) => {
      refuseOtherPages(request)
      const { sessions } = context
      const wanted = proven(request, request.body, context)
      const earlier = identify(request, context)?.session
      if (earlier) await sessions.end(earlier)
      const { session, token } = await sessions.create(wanted)
      reply.code(201).header('set-cookie', sessionCookie(request, token))
      return described(session)
    },
  )
}

/** Whose session it is to be. Counts what is not right against the address. */
function proven({ ip }: FastifyRequest, proof: Proof, context: Context): NewSession {
  const { loginAttempts } = context
  loginAttempts.requireAllowed(ip)
  try {
    return 'link' in proof ? byLink(proof.link, context) : byKey(proof.key, context)
  } catch (error) {
    loginAttempts.recordFailure(ip)
    throw error
  }
}

function byLink(link: string, { keys, loginLinks }: Context): NewSession {
  const grant = loginLinks.redeem(link)
  // Whoever lost the key that made the link must not be let in by it.
  if (grant.keyId !== undefined && !keys.isActive(grant.keyId)) throw new HeliosError('HEL_UNAUTHENTICATED')
  return { ...grant, scopes: ['admin'], why: 'signed in by a login link' }
}

function byKey(secret: string, { keys }: Context): NewSession {
  const key = keys.authenticate(secret)
  if (!key) throw new HeliosError('HEL_UNAUTHENTICATED')
  return { name: key.name, scopes: key.scopes, keyId: key.id, why: `signed in by key ${key.id}` }
}

function readAndEnd(app: App, { sessions }: Context): void {
  app.get(
    '/v1/session',
    {
      config: { access: 'session' },
      schema: { summary: 'Who is signed in', tags, response: { 200: ref('Session'), ...REFUSALS } },
    },
    async (request) => described(sessionOf(request)),
  )

  app.delete(
    '/v1/session',
    {
      config: { access: 'session' },
      schema: { summary: 'Sign out', tags, response: { 204: Type.Null(), ...REFUSALS } },
    },
    async (request, reply) => {
      await sessions.end(sessionOf(request))
      return reply.code(204).header('set-cookie', noCookie(request)).send(null)
    },
  )
}

function described({ name, scopes, expiresAt }: OpenSession): Session {
  return { name, scopes, expiresAt }
}
