import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { compileExperiment, decide, type ExperimentDefinition } from '../../packages/sdk/src/index.ts'
import { type HeliosProcess, type Ready, startHelios } from '../../packages/server/src/testing/process.ts'

/** A real server process on a store of its own. */
export interface Site {
  readonly url: string
  readonly adminKey: string
  /** The file of its store. */
  readonly store: string
  /** The link that the server gave when it started. */
  readonly firstLink: string
  /** Asks the API with the admin key, or another; throws when it is refused. */
  call<T = unknown>(method: string, path: string, body?: unknown, key?: string): Promise<T>
  /** Makes a key. */
  key(name: string, ...scopes: readonly string[]): Promise<{ readonly id: string; readonly secret: string }>
  /** A login link that nobody used yet. */
  loginLink(): Promise<string>
  /** The cookie of a new session. */
  session(secret: string): Promise<{ readonly name: string; readonly value: string; readonly url: string }>
  stop(signal?: NodeJS.Signals): Promise<void>
  /** Starts again on the same store and port. */
  start(): Promise<void>
  close(): Promise<void>
}

/**
 * Starts `helios serve`, or `helios demo`, on a free port.
 *
 * @param args further arguments of the command
 */
export async function openSite(
  command: 'serve' | 'demo' = 'serve',
  args: readonly string[] = [],
): Promise<Site> {
  const folder = await mkdtemp(path.join(tmpdir(), 'helios-browser-'))
  const store = path.join(folder, 'helios.db')
  const launch = (port: string) => launchServer([command, '--path', store, '--json', '--port', port, ...args])
  let server = await launch('0')
  const { url, adminKey = '', loginUrl = '' } = server.ready

  const send = async (method: string, where: string, body: unknown, key: string): Promise<Response> => {
    const authorization = `Bearer ${key}`
    const response = await fetch(url + where, {
      method,
      ...(body === undefined
        ? { headers: { authorization } }
        : { headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (response.ok) return response
    throw new Error(`${method} ${where}: ${response.status} ${(await response.text()).slice(0, 500)}`)
  }
  const call = async <T>(method: string, where: string, body?: unknown, key = adminKey): Promise<T> =>
    (await send(method, where, body, key)).json() as Promise<T>
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    server.child.kill(signal)
    await server.finished
  }
  return {
    url,
    adminKey,
    store,
    firstLink: loginUrl,
    call,
    key: async (name, ...scopes) => {
      const made = await call<{ key: { id: string }; secret: string }>('POST', '/v1/keys', { name, scopes })
      return { id: made.key.id, secret: made.secret }
    },
    loginLink: async () => (await call<{ url: string }>('POST', '/v1/login-links')).url,
    session: async (secret) => {
      const response = await send('POST', '/v1/session', { key: secret }, secret)
      const [, name = '', value = ''] =
        /^([^=]+)=([^;]+)/.exec(response.headers.get('set-cookie') ?? '') ?? []
      return { name, value, url }
    },
    stop,
    start: async () => {
      server = await launch(new URL(url).port)
    },
    close: async () => {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function launchServer(args: readonly string[]): Promise<HeliosProcess & { readonly ready: Ready }> {
  const helios = startHelios(args)
  const { child, written, finished } = helios
  const line = new Promise<void>((resolve) => {
    child.stdout?.on('data', () => {
      if (written.stdout.includes('\n')) resolve()
    })
  })
  const ended = await Promise.race([line, finished])
  if (ended) throw new Error(`helios ${args[0]} ended with ${ended.code}: ${ended.stderr}`)
  const [first = ''] = written.stdout.split('\n')
  return { ...helios, ready: JSON.parse(first) as Ready }
}

interface DemoStatus {
  readonly unitsSent: number
  readonly history: { readonly share: number }
}

/** A demo whose six days of past are made, and whose visitors wait. */
export async function openDemo(): Promise<Site> {
  const site = await openSite('demo', ['--speed', '0'])
  for (;;) {
    const { history, unitsSent } = await site.call<DemoStatus>('GET', '/v1/demo')
    if (history.share < 1) await new Promise((resolve) => setTimeout(resolve, 100))
    else if (unitsSent > 0) return site
    else throw new Error('The demo has made no past')
  }
}

/** Creates an experiment; what is not given has the shape of the first example of the documentation. */
export async function createExperiment(
  site: Site,
  design: { readonly key: string } & Readonly<Record<string, unknown>>,
  isStarted = true,
): Promise<void> {
  await site.call('POST', '/v1/experiments', {
    name: design.key,
    unit: 'user',
    variants: [
      { key: 'control', payload: 'Hello.', control: true },
      { key: 'warm', payload: 'Good to see you!' },
    ],
    metrics: { primary: ['converted'] },
    ...design,
  })
  if (isStarted) await site.call('POST', `/v1/experiments/${encodeURIComponent(design.key)}/start`)
}

export interface Traffic {
  readonly units: number
  /** Names of units begin with it; other traffic of the same site needs another. */
  readonly prefix: string
  /** Whether a unit converts, by its variant and number. */
  readonly converts?: (variant: string, unit: number) => boolean
  /** Whether the exposure of a unit is lost on the way. */
  readonly loses?: (variant: string, unit: number) => boolean
}

interface Definitions {
  readonly definitions: readonly ExperimentDefinition[]
}

/** Sends exposures and outcomes over HTTP, as a service would. */
export async function sendTraffic(site: Site, experiment: string, traffic: Traffic): Promise<void> {
  const { units, prefix, converts = () => false, loses = () => false } = traffic
  const { definitions } = await site.call<Definitions>('GET', '/v1/definitions')
  const definition = definitions.find(({ key }) => key === experiment)
  if (definition === undefined) throw new Error(`No definition of ${experiment}`)
  const compiled = compileExperiment(definition)
  const events: object[] = []
  for (let i = 0; i < units; i += 1) {
    const unit = `${prefix}-${i}`
    const { variant, version, propensity, tracked } = decide(compiled, unit)
    if (!tracked || loses(variant, i)) continue
    events.push({ type: 'exposure', id: `${unit}-seen`, experiment, variant, unit, version, propensity })
    if (converts(variant, i)) events.push({ id: `${unit}-bought`, unit, metric: 'conversions', value: 1 })
  }
  for (let from = 0; from < events.length; from += 5000) {
    const batch = events.slice(from, from + 5000)
    const { rejected } = await site.call<{ rejected: readonly unknown[] }>('POST', '/v1/events', batch)
    if (rejected.length > 0) throw new Error(`Rejected: ${JSON.stringify(rejected[0])}`)
  }
}
