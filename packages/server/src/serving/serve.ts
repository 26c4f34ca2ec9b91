import { type Clock, Helios, HeliosError } from '@helios/engine'
import { type Logger, pino } from 'pino'
import type { App } from '../app.ts'
import type { DemoControl } from '../demo/control.ts'
import { KeyStore } from '../keys/key-store.ts'
import { listeningUrl } from '../listening-url.ts'
import { createServer } from '../server.ts'
import { LoginLinks, loginUrl, OWNER } from '../sessions/login-links.ts'
import { type FirstKey, makeFirstKey } from './first-key.ts'
import type { ServeSettings } from './settings.ts'

export interface Serving {
  readonly url: string
  readonly helios: Helios
  readonly keys: KeyStore
  readonly server: App
  readonly logger: Logger
  readonly firstKey: FirstKey
  /** Whether the dashboard was built. */
  readonly hasDashboard: boolean
  /** Signs an admin in to the dashboard, once; only where output is shown and not kept. */
  readonly loginUrl?: string
}

/** What a server with simulated traffic has besides. */
export interface ServeExtras {
  /** Time of the engine; the system's when absent. */
  readonly clock?: Clock
  readonly demo?: DemoControl
}

/**
 * Opens the store and listens. Throws HEL_STORAGE_LOCKED, HEL_USAGE when the address cannot be had or the
 * store is not for a demo; then nothing is left open and no key was made.
 */
export async function serve(
  settings: ServeSettings,
  isTerminal: boolean,
  { clock, demo }: ServeExtras = {},
): Promise<Serving> {
  const logger = createLogger(settings)
  const helios = await openStore(settings, clock)
  const opened: { close(): Promise<unknown> }[] = [helios]
  try {
    demo?.prepare(helios)
    const { path, adminKey, corsOrigins } = settings
    const keys = await KeyStore.open(helios.registry)
    const loginLinks = new LoginLinks()
    const server = await createServer({
      helios,
      keys,
      loginLinks,
      logger,
      corsOrigins,
      storePath: path,
      withProcessMetrics: true,
      ...(demo === undefined ? {} : { demo }),
    })
    opened.unshift(server)
    await listen(server, settings)
    // Not before it listens: a key that nobody is shown would lock the owner out.
    const canShow = isTerminal || settings.json
    const firstKey = await makeFirstKey(keys, { path, adminKey, canShow })
    const url = listeningUrl(server) ?? ''
    const login = canShow ? { loginUrl: loginUrl(url, loginLinks.create({ name: OWNER }).token) } : {}
    return { url, helios, keys, server, logger, firstKey, hasDashboard: server.hasDashboard, ...login }
  } catch (error) {
    for (const one of opened) await one.close()
    throw error
  }
}

/** JSON lines on stderr, so that stdout stays for people; written at once, so that a crash loses no line. */
function createLogger({ logLevel }: ServeSettings): Logger {
  return pino({ level: logLevel }, pino.destination({ dest: 2, sync: true }))
}

async function openStore(settings: ServeSettings, clock: Clock | undefined): Promise<Helios> {
  const { path, latenessDays, groupCommitMilliseconds } = settings
  return Helios.open({
    path,
    ...(clock === undefined ? {} : { clock }),
    ...(latenessDays === undefined ? {} : { latenessDays }),
    ...(groupCommitMilliseconds === undefined ? {} : { groupCommitMilliseconds }),
  })
}

async function listen(server: App, { port, host }: ServeSettings): Promise<void> {
  try {
    await server.listen({ port, host })
  } catch (error) {
    throw new HeliosError('HEL_USAGE', { problem: describeListenError(error, port, host) }, { cause: error })
  }
}

function describeListenError(error: unknown, port: number, host: string): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    return `Port ${port} of ${host} is taken; stop what uses it, or choose another with --port ${port + 1}`
  }
  if (code === 'EACCES') return `Port ${port} needs more rights; choose one above 1023 with --port`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `This machine has no address ${host}; choose one with --host`
  return `Cannot listen on ${host}:${port} (${message})`
}
