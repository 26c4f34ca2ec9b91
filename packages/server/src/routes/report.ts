import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { EXTENSIONS, MEDIA_TYPES, REPORT_FORMATS } from '../report/formats.ts'
import { CONTENT_SECURITY_POLICY } from '../report/html/policy.ts'
import { KeyParams } from '../schemas/common.ts'
import { INVALID, NOT_FOUND, REFUSALS } from '../schemas/components.ts'
import { ReportSchema } from '../schemas/report.ts'

const QuerySchema = Type.Object(
  { format: Type.Optional(Type.Enum([...REPORT_FORMATS], { description: '`json` when absent.' })) },
  { additionalProperties: false },
)
export function reportRoutes(app: App, { helios }: Context): void {
  app.get(
    '/v1/experiments/:key/report',
    {
      config: { access: ['read'] },
      schema: {
        summary: 'What the experiment found, in one document for people',
        description:
          'As a page that loads nothing and runs nothing, as Markdown, or as JSON. Where the analysis is refused it ' +
          'says why, and has no results.',
        tags: ['experiments'],
        params: KeyParams,
        querystring: QuerySchema,
        response: {
          200: {
            description: 'The report.',
            content: {
              'application/json': { schema: ReportSchema },
              'text/html': { schema: Type.String() },
              'text/markdown': { schema: Type.String() },
            },
          },
          ...INVALID,
          ...NOT_FOUND,
          ...REFUSALS,
        },
      },
    },
    async ({ params: { key }, query: { format = 'json' } }, reply) => {
      // Late: a server must not wait at its start for what few requests need.
      const { makeReport } = await import('../report/make-report.ts')
      const text = await makeReport(helios, key, format)
      if (format === 'html') {
        reply.header('content-security-policy', `${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`)
      }
      reply.header('content-disposition', `inline; filename="${key}-report.${EXTENSIONS[format]}"`)
      return reply.type(MEDIA_TYPES[format]).send(text as never)
    },
  )
}
