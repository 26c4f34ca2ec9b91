import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { REFUSALS } from '../schemas/components.ts'

export function prometheusRoutes(app: App, { telemetry: { registry } }: Context): void {
  app.get(
    '/metrics',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'The server in numbers, for Prometheus',
        tags: ['server'],
        produces: ['text/plain'],
        response: { 200: Type.String(), ...REFUSALS },
      },
    },
    async (_request, reply) => {
      const text = await registry.metrics()
      return reply.type(registry.contentType).send(text)
    },
  )
}
