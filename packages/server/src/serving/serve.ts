import { Helios, HeliosError } from '@helios/engine'
import { type Logger, pino } from 'pino'
import type { App } from '../app.ts'
import { KeyStore } from '../keys/key-store.ts'
import { listeningUrl } from '../listening-url.ts'
import { createServer } from '../server.ts'
import { type FirstKey, makeFirstKey } from './first-key.ts'
import type { ServeSettings } from './settings.ts'

export interface Serving {
  readonly url: string
  readonly helios: Helios
  readonly server: App
  readonly logger: Logger
  readonly firstKey: FirstKey
}

/**
 * Opens the store and listens. Throws HEL_STORAGE_LOCKED, HEL_USAGE when the address cannot be had; then
 * nothing is left open and no key was made.
 */
export async function serve(settings: ServeSettings, isTerminal: boolean): Promise<Serving> {
  const logger = createLogger(settings)
  const helios = await openStore(settings)
  const opened: { close(): Promise<unknown> }[] = [helios]
  try {
    const { path, adminKey, corsOrigins } = settings
    const keys = await KeyStore.open(helios.registry)
    const server = await createServer({
      helios,
      keys,
      logger,
      corsOrigins,
      storePath: path,
      withProcessMetrics: true,
    })
    opened.unshift(server)
    await listen(server, settings)
    // Not before it listens: a key that nobody is shown would lock the owner out.
    const firstKey = await makeFirstKey(keys, { path, adminKey, canShow: isTerminal || settings.json })
    return { url: listeningUrl(server) ?? '', helios, server, logger, firstKey }
  } catch (error) {
    for (const one of opened) await one.close()
    throw error
  }
}

/** JSON lines on stderr, so that stdout stays for people; written at once, so that a crash loses no line. */
function createLogger({ logLevel }: ServeSettings): Logger {
  return pino({ level: logLevel }, pino.destination({ dest: 2, sync: true }))
}

async function openStore({ path, latenessDays, groupCommitMilliseconds }: ServeSettings): Promise<Helios> {
  return Helios.open({
    path,
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
