import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { renderErrorPage } from '../page/error-page.ts'

export function errorPageRoutes(app: App, { version }: Context): void {
  app.get(
    '/docs/errors',
    {
      config: { access: 'public' },
      schema: {
        summary: 'What each error code means',
        tags: ['server'],
        produces: ['text/html'],
        response: { 200: Type.String() },
      },
    },
    async (_request, reply) => {
      const page = renderErrorPage(version)
      reply.header('content-security-policy', page.contentSecurityPolicy).type('text/html; charset=utf-8')
      return reply.send(page.html)
    },
  )
}
