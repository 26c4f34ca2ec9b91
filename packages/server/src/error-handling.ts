import { HeliosError } from '@helios/engine'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { allowedMethods } from './allowed-methods.ts'
import type { App } from './app.ts'
import type { Dashboard } from './dashboard/dashboard.ts'
import { PROBLEM_MEDIA_TYPE, type ProblemDocument, problemOf, TransportError } from './problem.ts'

/** Every answer that is not a success is a problem document; what is our own fault goes to the log. */
export function installErrorHandling(app: App, dashboard: Dashboard | undefined): void {
  const methodsAt = allowedMethods(app)
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
  app.setNotFoundHandler((request, reply) => {
    const page = dashboard?.answer(request, reply)
    if (page) return page
    const path = request.url.split('?', 1)[0] ?? request.url
    const methods = methodsAt(path)
    if (methods.length === 0) throw new HeliosError('HEL_NOT_FOUND', { path: path.slice(0, 200) })
    reply.header('allow', methods.join(', '))
    throw new TransportError(
      'HEL_METHOD_NOT_ALLOWED',
      `${path} takes ${methods.join(', ')}, not ${request.method}.`,
    )
  })
}

/** Answers with the problem document of an error. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request.id)
  logProblem(problem, error, request)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="helios"')
  const seconds = error instanceof TransportError ? error.retryAfterSeconds : undefined
  if (seconds !== undefined || problem.status === 503) reply.header('retry-after', String(seconds ?? 1))
  // Serialised here, so that Fastify leaves the media type alone.
  return reply.code(problem.status).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem))
}

/** To stop is no fault, and neither is to be full. */
const DELIBERATE: readonly ProblemDocument['code'][] = ['HEL_CLOSED', 'HEL_TOO_MANY_LISTENERS']

/** The client learns only a reference of what broke inside; headers, where the key is, are never logged. */
function logProblem({ status, code }: ProblemDocument, error: unknown, request: FastifyRequest): void {
  const { id: reference, method } = request
  const route = request.routeOptions.url ?? 'unmatched'
  const isFault = status >= 500 && !DELIBERATE.includes(code)
  if (isFault) request.log.error({ reference, method, route, code, err: error }, 'request failed')
  else request.log.debug({ reference, method, route, code, status }, 'request refused')
}
