import { HeliosError, powerReport } from '@helios/engine'
import type { PowerQuestion } from '@helios/sdk'
import type { App } from '../app.ts'
import { problemInWords } from '../power/problem-in-words.ts'
import { INVALID, REFUSALS, ref } from '../schemas/components.ts'
import { PowerQuestionSchema } from '../schemas/power.ts'

export function powerRoutes(app: App): void {
  app.post(
    '/v1/power',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'Units, detectable effect or power: two of them give the third',
        description:
          'Nothing is stored. Comes with curves and with what other powers and effects would need.',
        tags: ['experiments'],
        body: PowerQuestionSchema,
        response: { 200: ref('PowerReport'), ...INVALID, ...REFUSALS },
      },
    },
    async ({ body }) => {
      const question = body as PowerQuestion
      const report = powerReport(question)
      if (report.status === 'answered') return report
      const problem = problemInWords(report, question.metric.kind, (field) => field)
      throw new HeliosError('HEL_REQUEST_INVALID', { problem })
    },
  )
}
