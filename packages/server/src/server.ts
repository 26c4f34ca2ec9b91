import { randomUUID } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { type Clock, type Helios, HeliosError, systemClock } from '@helios/engine'
import { type FastifyBaseLogger, fastify, LogController } from 'fastify'
import type { App, Context } from './app.ts'
import { installAuthentication } from './authentication.ts'
import { answerBrokenRequest } from './broken-request.ts'
import { builtFolder } from './dashboard/built-files.ts'
import { Dashboard } from './dashboard/dashboard.ts'
import { Definitions } from './definitions.ts'
import type { DemoControl } from './demo/control.ts'
import { installErrorHandling, sendProblem } from './error-handling.ts'
import { installHeaders, protect } from './headers.ts'
import { KeyStore } from './keys/key-store.ts'
import { installOpenApi } from './openapi.ts'
import { installRequestTiming } from './request-timing.ts'
import { registerRoutes } from './routes.ts'
import { LoginAttempts } from './sessions/login-attempts.ts'
import { LoginLinks } from './sessions/login-links.ts'
import { SessionStore } from './sessions/session-store.ts'
import { MEMORY_PATH } from './store-file.ts'
import { LiveStream, STREAM_PACE, type StreamPace } from './stream/live-stream.ts'
import { createTelemetry } from './telemetry.ts'
import { validatorCompiler } from './validation.ts'
import { VERSION } from './version.ts'

export interface ServerOptions {
  readonly helios: Helios
  /** API keys of the store; opened from its registry when absent. */
  readonly keys?: KeyStore
  /** One-time links to the pages, for who wants to make one beside the API; its own when absent. */
  readonly loginLinks?: LoginLinks
  /** Folder of the built dashboard, or false for none; that of `@helios/dashboard` when absent. */
  readonly pages?: string | false
  /** How often the live stream looks for news. */
  readonly streamPace?: Partial<StreamPace>
  /** Simulated traffic; none by default. */
  readonly demo?: DemoControl
  /** Time by which sessions, login links and failed logins expire. */
  readonly clock?: Clock
  readonly logger?: FastifyBaseLogger
  /** Web origins whose pages may call the API; none by default. */
  readonly corsOrigins?: readonly string[]
  /** File of the store, for its name and size; strangers are shown the name only. */
  readonly storePath?: string
  /** Also measure memory, processor and event loop of this process; off by default. */
  readonly withProcessMetrics?: boolean
}

const BODY_LIMIT_BYTES = 1024 * 1024
const REQUEST_TIMEOUT_MILLISECONDS = 60_000

/**
 * Helios over HTTP, ready to listen. Closing it stops taking requests and finishes those in flight; the
 * Helios behind it stays open, for whoever opened it to close.
 *
 * @example
 * const helios = await Helios.open({ path: 'helios.db' })
 * const server = await createServer({ helios })
 * await server.listen({ port: 4300 })
 */
export async function createServer(options: ServerOptions): Promise<App> {
  const dashboard = loadDashboard(options.pages ?? builtFolder())
  const app = createApp(options.logger, dashboard)
  const context = await createContext(options, app.log, dashboard)
  app.decorate('hasDashboard', context.dashboard !== undefined)
  refuseWhileStopping(app, context)
  installHeaders(app, options.corsOrigins ?? [])
  installErrorHandling(app, context.dashboard)
  await installOpenApi(app)
  installAuthentication(app, context)
  installRequestTiming(app, context.telemetry)
  registerRoutes(app, context)
  await app.ready()
  return app
}

function loadDashboard(folder: string | false | undefined): Dashboard | undefined {
  return folder ? Dashboard.load(folder) : undefined
}

function createApp(logger: FastifyBaseLogger | undefined, dashboard: Dashboard | undefined): App {
  const app = fastify({
    ...(logger === undefined ? {} : { loggerInstance: logger }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    logController: new LogController({ disableRequestLogging: true }),
    // A child logger per request costs more than the reference that we log with each error.
    childLoggerFactory: (parent) => parent,
    // Fastify's own answer while it stops is not a problem document; see `refuseWhileStopping`.
    return503OnClosing: false,
    // A path that cannot be decoded reaches no hook. Browsers get the pages, which say that there is nothing.
    frameworkErrors: (error, request, reply) => {
      protect(request, reply)
      if (!dashboard?.answer(request, reply)) sendProblem(error, request, reply)
    },
    clientErrorHandler: answerBrokenRequest,
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  // Schemas of answers document them; JSON.stringify keeps every field and turns NaN into null.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
  return app
}

async function createContext(
  options: ServerOptions,
  log: FastifyBaseLogger,
  dashboard: Dashboard | undefined,
): Promise<Context> {
  const { helios, storePath = MEMORY_PATH, withProcessMetrics = false, clock = systemClock } = options
  const keys = options.keys ?? (await KeyStore.open(helios.registry))
  const definitions = new Definitions(helios)
  const stream = new LiveStream({ helios, definitions, log }, { ...STREAM_PACE, ...options.streamPace })
  return {
    helios,
    keys,
    sessions: await SessionStore.open(helios.registry, keys, clock),
    loginLinks: options.loginLinks ?? new LoginLinks(clock),
    loginAttempts: new LoginAttempts(clock),
    definitions,
    stream,
    demo: options.demo,
    dashboard,
    telemetry: createTelemetry({ helios, stream }, withProcessMetrics),
    version: VERSION,
    storePath,
    life: { stopping: false },
  }
}

/** Clients that keep their connection learn that they must go elsewhere, or come back later. */
function refuseWhileStopping(app: App, { life, stream }: Context): void {
  app.addHook('preClose', (done) => {
    life.stopping = true
    // They would go on for as long as somebody listens.
    stream.end()
    done()
  })
  app.addHook('onRequest', (request, _reply, done) => {
    const isHealth = request.url === '/healthz' || request.url === '/readyz'
    done(life.stopping && !isHealth ? new HeliosError('HEL_CLOSED') : undefined)
  })
  // Else a connection whose last answer is under way would stay open, and hold up the stop.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (life.stopping) reply.header('connection', 'close')
    done()
  })
}
