import { randomUUID } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { type Helios, HeliosError } from '@helios/engine'
import { type FastifyBaseLogger, fastify, LogController } from 'fastify'
import type { App, Context } from './app.ts'
import { installAuthentication } from './authentication.ts'
import { answerBrokenRequest } from './broken-request.ts'
import { installErrorHandling, sendProblem } from './error-handling.ts'
import { installHeaders, protect } from './headers.ts'
import { KeyStore } from './keys/key-store.ts'
import { installOpenApi } from './openapi.ts'
import { installRequestTiming } from './request-timing.ts'
import { registerRoutes } from './routes.ts'
import { MEMORY_PATH } from './store-file.ts'
import { createTelemetry } from './telemetry.ts'
import { validatorCompiler } from './validation.ts'
import { VERSION } from './version.ts'

export interface ServerOptions {
  readonly helios: Helios
  /** API keys of the store; opened from its registry when absent. */
  readonly keys?: KeyStore
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
  const app = createApp(options.logger)
  const context = await createContext(options)
  refuseWhileStopping(app, context)
  installHeaders(app, options.corsOrigins ?? [])
  installErrorHandling(app)
  await installOpenApi(app)
  installAuthentication(app, context)
  installRequestTiming(app, context.telemetry)
  registerRoutes(app, context)
  await app.ready()
  return app
}

function createApp(logger: FastifyBaseLogger | undefined): App {
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
    // A path that cannot be decoded reaches no hook.
    frameworkErrors: (error, request, reply) => {
      protect(request, reply)
      sendProblem(error, request, reply)
    },
    clientErrorHandler: answerBrokenRequest,
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  // Schemas of answers document them; JSON.stringify keeps every field and turns NaN into null.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value))
  return app
}

async function createContext(options: ServerOptions): Promise<Context> {
  const { helios, keys, storePath = MEMORY_PATH, withProcessMetrics = false } = options
  return {
    helios,
    keys: keys ?? (await KeyStore.open(helios.registry)),
    telemetry: createTelemetry(helios, withProcessMetrics),
    version: VERSION,
    storePath,
    life: { stopping: false },
  }
}

/** Clients that keep their connection learn that they must go elsewhere, or come back later. */
function refuseWhileStopping(app: App, { life }: Context): void {
  app.addHook('preClose', (done) => {
    life.stopping = true
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
