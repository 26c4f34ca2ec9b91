import { HeliosError } from '@helios/engine'
import type { FastifyRequest } from 'fastify'
import type { Access, App, Context } from './app.ts'
import { type Caller, identify } from './caller.ts'
import { grants } from './keys/api-key.ts'
import { requireOwnPage } from './sessions/same-origin.ts'
import type { OpenSession } from './sessions/session-store.ts'

/**
 * Lets a request in by its key or session, before its body is read: strangers must not make us parse
 * megabytes. A route that does not say who may call it is a mistake, and the server does not start.
 */
export function installAuthentication(app: App, context: Pick<Context, 'keys' | 'sessions'>): void {
  app.decorateRequest('caller', null)
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access === undefined) throw new Error(`${method} ${url} does not declare its access`)
  })
  app.addHook('onRequest', (request, _reply, done) => {
    const access = request.routeOptions.config.access
    if (access !== undefined && access !== 'public') request.caller = admit(request, access, context)
    done()
  })
}

function admit(
  request: FastifyRequest,
  access: Exclude<Access, 'public'>,
  context: Pick<Context, 'keys' | 'sessions'>,
): Caller {
  const caller = identify(request, context)
  if (!caller) throw new HeliosError('HEL_UNAUTHENTICATED')
  if (caller.session) requireOwnPage(request)
  requireAccess(caller, access)
  return caller
}

function requireAccess({ session, scopes }: Caller, access: Exclude<Access, 'public'>): void {
  if (access === 'session') {
    if (!session) throw new HeliosError('HEL_UNAUTHENTICATED')
  } else if (!grants(scopes, access)) {
    throw new HeliosError('HEL_FORBIDDEN', { scope: access.join('" or "') })
  }
}

/** Who asks, on a route that is not public. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new HeliosError('HEL_UNAUTHENTICATED')
  return request.caller
}

/** The session of a request to a route that is for signed-in people. */
export function sessionOf(request: FastifyRequest): OpenSession {
  const { session } = callerOf(request)
  if (!session) throw new HeliosError('HEL_UNAUTHENTICATED')
  return session
}

/** Who changes something, and why, for the audit log. */
export function noteOf(request: FastifyRequest, why: string | undefined): { by: string; why?: string } {
  const by = callerOf(request).name
  return why === undefined ? { by } : { by, why }
}
