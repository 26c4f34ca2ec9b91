import { HeliosError } from '@helios/engine'
import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { type DemoControl, FASTEST_SPEED, SLOWEST_SPEED } from '../demo/control.ts'
import { INVALID, NOT_FOUND, REFUSALS } from '../schemas/components.ts'
import { DemoSchema } from '../schemas/demo.ts'

const tags = ['server']
const SpeedSchema = Type.Object(
  {
    speed: Type.Number({
      minimum: SLOWEST_SPEED,
      maximum: FASTEST_SPEED,
      description: 'Units that arrive each second, over all experiments; 0 pauses the traffic.',
    }),
  },
  { additionalProperties: false },
)

/** The simulated traffic of `helios demo`; a server without it has nothing at this address. */
export function demoRoutes(app: App, { demo }: Context): void {
  // Before the connections close: visitors that are under way would meet a server that is gone.
  app.addHook('preClose', async () => demo?.stop())

  app.get(
    '/v1/demo',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'The simulated traffic of this server',
        tags,
        response: { 200: DemoSchema, ...NOT_FOUND, ...REFUSALS },
      },
    },
    async () => requireDemo(demo).status(),
  )

  app.patch(
    '/v1/demo',
    {
      config: { access: ['admin'] },
      schema: {
        summary: 'Change the speed of the simulated traffic',
        tags,
        body: SpeedSchema,
        response: { 200: DemoSchema, ...INVALID, ...NOT_FOUND, ...REFUSALS },
      },
    },
    async (request) => {
      const running = requireDemo(demo)
      running.setSpeed(request.body.speed)
      return running.status()
    },
  )
}

function requireDemo(demo: DemoControl | undefined): DemoControl {
  if (!demo) throw new HeliosError('HEL_NOT_FOUND', { path: '/v1/demo' })
  return demo
}
