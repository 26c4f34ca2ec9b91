import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { listOf, REFUSALS } from '../schemas/components.ts'

export function summaryRoutes(app: App, { helios }: Context): void {
  app.get(
    '/v1/summaries',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'The list of experiments with what they found so far',
        tags: ['experiments'],
        response: { 200: Type.Object({ summaries: listOf('ExperimentSummary') }), ...REFUSALS },
      },
    },
    async () => ({ summaries: helios.summaries() }),
  )
}
