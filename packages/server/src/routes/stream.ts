import { HeliosError } from '@helios/engine'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { callerOf } from '../authentication.ts'
import { identify } from '../caller.ts'
import { grants } from '../keys/api-key.ts'
import { INVALID, NOT_FOUND, REFUSALS, ref } from '../schemas/components.ts'
import { httpListener, type Listener, type Subscription } from '../stream/listener.ts'

const QuerySchema = Type.Object(
  {
    topics: Type.Optional(
      Type.String({
        pattern: '^(definitions|summaries)(,(definitions|summaries))*$',
        description: '`definitions`, `summaries`, or both with a comma between them.',
      }),
    ),
    experiment: Type.Optional(
      Type.String({ description: 'Key of an experiment: be told when its numbers change.' }),
    ),
  },
  { additionalProperties: false },
)
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies that collect answers before they pass them on would hold the stream back.
  'x-accel-buffering': 'no',
  // A stream is the last answer on its connection, so that nothing is left to wait for when it ends.
  connection: 'close',
}

export function streamRoutes(app: App, context: Context): void {
  const { stream } = context
  app.get(
    '/v1/stream',
    {
      config: { access: ['decide', 'read'], isEndless: true },
      exposeHeadRoute: false,
      schema: {
        summary: 'What changes, as it changes: server-sent events',
        description: 'A key with the scope `decide` alone is told of `definitions` only.',
        tags: ['loop'],
        querystring: QuerySchema,
        produces: ['text/event-stream'],
        response: { 200: Type.String(), ...INVALID, ...NOT_FOUND, ...REFUSALS, 503: ref('Problem') },
      },
    },
    async (request, reply) => {
      const subscription = subscriptionOf(request.query)
      requireScopes(request, subscription)
      stream.requireRoom()
      const join = await stream.prepare(subscription)
      stream.requireRoom()
      if (context.life.stopping) throw new HeliosError('HEL_CLOSED')
      if (!reply.raw.destroyed) join(begin(request, reply, subscription, context))
      return reply
    },
  )
}

function subscriptionOf({ topics, experiment }: { topics?: string; experiment?: string }): Subscription {
  const names = topics?.split(',') ?? []
  if (names.length === 0 && experiment === undefined) {
    throw new HeliosError('HEL_REQUEST_INVALID', { problem: 'it names neither topics nor an experiment' })
  }
  return {
    definitions: names.includes('definitions'),
    summaries: names.includes('summaries'),
    ...(experiment === undefined ? {} : { experiment }),
  }
}

function requireScopes(request: FastifyRequest, { summaries, experiment }: Subscription): void {
  const needsRead = summaries || experiment !== undefined
  if (needsRead && !grants(callerOf(request).scopes, ['read'])) {
    throw new HeliosError('HEL_FORBIDDEN', { scope: 'read' })
  }
}

/** From here on the answer is ours, and Fastify leaves it alone. */
function begin(
  request: FastifyRequest,
  reply: FastifyReply,
  subscription: Subscription,
  context: Context,
): Listener {
  reply.hijack()
  reply.raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), ...HEADERS })
  // Keys do not lose single scopes: who is still known may still listen.
  return httpListener(reply.raw, subscription, () => identify(request, context) !== undefined)
}
