import { HeliosError } from '@helios/engine'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { allowedMethods } from './allowed-methods.ts'
import type { App } from './app.ts'
import { PROBLEM_MEDIA_TYPE, type Problem, problemOf, TransportError } from './problem.ts'

/** Every answer that is not a success is a problem document; what is our own fault goes to the log. */
export function installErrorHandling(app: App): void {
  const methodsAt = allowedMethods(app)
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
  app.setNotFoundHandler((request, reply) => {
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
  if (problem.status === 503) reply.header('retry-after', '1')
  // Serialised here, so that Fastify leaves the media type alone.
  return reply.code(problem.status).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem))
}

/** The client learns only a reference of what broke inside; headers, where the key is, are never logged. */
function logProblem({ status, code }: Problem, error: unknown, request: FastifyRequest): void {
  const { id: reference, method } = request
  const route = request.routeOptions.url ?? 'unmatched'
  // To stop is no fault.
  const isFault = status >= 500 && code !== 'HEL_CLOSED'
  if (isFault) request.log.error({ reference, method, route, code, err: error }, 'request failed')
  else request.log.debug({ reference, method, route, code, status }, 'request refused')
}
