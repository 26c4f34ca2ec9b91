import { HeliosError } from '@helios/engine'
import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { ref } from '../schemas/components.ts'

const tags = ['server']
const StatusSchema = Type.Object({ status: Type.Literal('ok') })

export function healthRoutes(app: App, { helios, life }: Context): void {
  app.get(
    '/healthz',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Whether the process lives: restart it when this fails',
        tags,
        response: { 200: StatusSchema },
      },
    },
    async () => ({ status: 'ok' as const }),
  )

  app.get(
    '/readyz',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Whether it takes requests: send none when this fails',
        tags,
        response: { 200: StatusSchema, 503: ref('Problem') },
      },
    },
    async () => {
      if (life.stopping) throw new HeliosError('HEL_CLOSED')
      helios.status()
      return { status: 'ok' as const }
    },
  )
}
