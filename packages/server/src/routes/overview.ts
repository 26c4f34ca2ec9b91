import type { App, Context } from '../app.ts'
import { overviewOf } from '../overview.ts'
import { REFUSALS, ref } from '../schemas/components.ts'

export function overviewRoutes(app: App, context: Context): void {
  app.get(
    '/v1/overview',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'What is running, in numbers',
        tags: ['server'],
        response: { 200: ref('Overview'), ...REFUSALS },
      },
    },
    async () => overviewOf(context),
  )
}
