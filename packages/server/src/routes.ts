import type { App, Context } from './app.ts'
import { decideRoutes } from './routes/decide.ts'
import { definitionRoutes } from './routes/definitions.ts'
import { demoRoutes } from './routes/demo.ts'
import { errorPageRoutes } from './routes/error-page.ts'
import { eventRoutes } from './routes/events.ts'
import { experimentRoutes } from './routes/experiments.ts'
import { findingsRoutes } from './routes/findings.ts'
import { healthRoutes } from './routes/health.ts'
import { keyRoutes } from './routes/keys.ts'
import { lifeCycleRoutes } from './routes/life-cycle.ts'
import { loginLinkRoutes } from './routes/login-links.ts'
import { metricRoutes } from './routes/metrics.ts'
import { openApiRoutes } from './routes/openapi.ts'
import { overviewRoutes } from './routes/overview.ts'
import { powerRoutes } from './routes/power.ts'
import { prometheusRoutes } from './routes/prometheus.ts'
import { reportRoutes } from './routes/report.ts'
import { sampleSizeRoutes } from './routes/sample-size.ts'
import { sessionRoutes } from './routes/session.ts'
import { startPageRoutes } from './routes/start-page.ts'
import { streamRoutes } from './routes/stream.ts'
import { summaryRoutes } from './routes/summaries.ts'

/** One file per resource; each in its own scope, so that a body parser of one does not reach another. */
const ROUTES: readonly ((app: App, context: Context) => void)[] = [
  decideRoutes,
  eventRoutes,
  definitionRoutes,
  experimentRoutes,
  lifeCycleRoutes,
  findingsRoutes,
  reportRoutes,
  summaryRoutes,
  sampleSizeRoutes,
  powerRoutes,
  metricRoutes,
  overviewRoutes,
  demoRoutes,
  streamRoutes,
  sessionRoutes,
  loginLinkRoutes,
  keyRoutes,
  healthRoutes,
  prometheusRoutes,
  openApiRoutes,
  startPageRoutes,
  errorPageRoutes,
]

export function registerRoutes(app: App, context: Context): void {
  for (const routes of ROUTES) {
    app.register((scope, _options, done) => {
      routes(scope as App, context)
      done()
    })
  }
}
