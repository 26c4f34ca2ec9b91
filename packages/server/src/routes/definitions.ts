import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { isUnchanged } from '../etag.ts'
import { IfNoneMatch } from '../schemas/common.ts'
import { listOf, REFUSALS } from '../schemas/components.ts'

export function definitionRoutes(app: App, { definitions }: Context): void {
  app.get(
    '/v1/definitions',
    {
      config: { access: ['decide', 'read'] },
      schema: {
        summary: 'All that a client needs to decide locally',
        description: 'Experiments that are running, paused or completed. Poll with If-None-Match.',
        tags: ['loop'],
        headers: IfNoneMatch,
        response: { 200: Type.Object({ definitions: listOf('Definition') }), 304: Type.Null(), ...REFUSALS },
      },
    },
    async (request, reply) => {
      const { body, tag } = definitions.current()
      if (isUnchanged(request, reply, tag)) return reply.code(304).send(null)
      return reply.type('application/json; charset=utf-8').send(body as never)
    },
  )
}
