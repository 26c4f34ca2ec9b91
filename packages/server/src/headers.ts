import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from './app.ts'

/** The strictest policy there is: an API answer loads nothing, and nobody may frame it. */
const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

const CORS_MAXIMUM_AGE_SECONDS = 600

/** Headers of every answer; with origins given, browsers on those may call the API too. */
export function installHeaders(app: App, corsOrigins: readonly string[]): void {
  app.addHook('onRequest', (request, reply, done) => {
    protect(request, reply)
    if (corsOrigins.length === 0) return done()
    reply.header('vary', 'origin')
    if (!corsOrigins.includes(request.headers.origin ?? '')) return done()
    allowOrigin(request, reply)
    if (!isPreflight(request)) return done()
    allowRequest(reply)
  })
}

/** The headers that no answer may lack, whether hooks ran for it or not. */
export function protect(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(SECURITY_HEADERS).header('x-request-id', request.id)
}

function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

function allowOrigin(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('access-control-allow-origin', request.headers.origin)
  reply.header('access-control-expose-headers', 'date, etag, retry-after, x-request-id')
}

/** Pages of other origins send a key in a header; cookies are for our own pages, so credentials are not allowed. */
function allowRequest(reply: FastifyReply): void {
  reply.header('access-control-allow-methods', 'GET, POST, PATCH, DELETE')
  reply.header('access-control-allow-headers', 'authorization, content-type, if-match, if-none-match')
  reply.header('access-control-max-age', CORS_MAXIMUM_AGE_SECONDS)
  reply.code(204).send()
}
