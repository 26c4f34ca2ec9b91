import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { listeningUrl, USUAL_URL } from '../listening-url.ts'
import { overviewOf } from '../overview.ts'
import { renderStartPage } from '../page/start-page.ts'

const response = { 200: Type.String() }
const common = { tags: ['server'], produces: ['text/html'], response }

/** The start page, and the dashboard in its place once that is built. */
export function startPageRoutes(app: App, context: Context): void {
  const { dashboard } = context
  const sendStartPage = (reply: FastifyReply): FastifyReply => {
    const page = renderStartPage({
      overview: overviewOf(context),
      url: listeningUrl(app) ?? USUAL_URL,
      hasDashboard: dashboard !== undefined,
    })
    reply.header('content-security-policy', page.contentSecurityPolicy).type('text/html; charset=utf-8')
    return reply.send(page.html)
  }

  app.get(
    '/start',
    {
      config: { access: 'public' },
      schema: { ...common, summary: 'Start page: what is running, and the first calls to make' },
    },
    async (_request, reply) => sendStartPage(reply),
  )

  app.get(
    '/',
    {
      config: { access: 'public' },
      schema: { ...common, summary: 'Dashboard; the start page where it was not built' },
    },
    async (request, reply) => (dashboard ? dashboard.sendPage(request, reply) : sendStartPage(reply)),
  )
}
