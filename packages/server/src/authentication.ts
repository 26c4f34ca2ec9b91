import { HeliosError } from '@helios/engine'
import type { FastifyRequest } from 'fastify'
import type { App, Context } from './app.ts'
import { type ApiKey, grants } from './keys/api-key.ts'

const BEARER = /^Bearer +(\S+)$/i

/**
 * Lets a request in by its key, before its body is read: strangers must not make us parse megabytes.
 * A route that does not say who may call it is a mistake, and the server does not start.
 */
export function installAuthentication(app: App, { keys }: Context): void {
  app.decorateRequest('caller', null)
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access === undefined) throw new Error(`${method} ${url} does not declare its access`)
  })
  app.addHook('onRequest', (request, _reply, done) => {
    const access = request.routeOptions.config.access
    if (access === undefined || access === 'public') return done()
    const key = keys.authenticate(secretOf(request))
    if (!key) return done(new HeliosError('HEL_UNAUTHENTICATED'))
    if (!grants(key, access)) return done(new HeliosError('HEL_FORBIDDEN', { scope: access.join('" or "') }))
    request.caller = key
    done()
  })
}

function secretOf(request: FastifyRequest): string {
  return BEARER.exec(request.headers.authorization ?? '')?.[1] ?? ''
}

/** The key of a request to a route that is not public. */
export function callerOf(request: FastifyRequest): ApiKey {
  if (!request.caller) throw new HeliosError('HEL_UNAUTHENTICATED')
  return request.caller
}

/** Who changes something, and why, for the audit log. */
export function noteOf(request: FastifyRequest, why: string | undefined): { by: string; why?: string } {
  const by = callerOf(request).name
  return why === undefined ? { by } : { by, why }
}
