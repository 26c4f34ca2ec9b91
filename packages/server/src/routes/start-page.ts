import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { listeningUrl } from '../listening-url.ts'
import { overviewOf } from '../overview.ts'
import { renderStartPage } from '../page/start-page.ts'

const USUAL_URL = 'http://localhost:4300'

export function startPageRoutes(app: App, context: Context): void {
  app.get(
    '/',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Start page: what is running, and the first calls to make',
        tags: ['server'],
        produces: ['text/html'],
        response: { 200: Type.String() },
      },
    },
    async (_request, reply) => {
      const page = renderStartPage(overviewOf(context), listeningUrl(app) ?? USUAL_URL)
      reply.header('content-security-policy', page.contentSecurityPolicy).type('text/html; charset=utf-8')
      return reply.send(page.html)
    },
  )
}
