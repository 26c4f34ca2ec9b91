import { Helios } from '@helios/engine'
import type { Scope } from '@helios/sdk'
import type { LightMyRequestResponse } from 'fastify'
import type { App } from '../app.ts'
import { KeyStore } from '../keys/key-store.ts'
import { createServer, type ServerOptions } from '../server.ts'

/** A server on a store in memory, with one key for each scope. */
export interface Harness {
  readonly helios: Helios
  readonly server: App
  readonly keys: KeyStore
  readonly secrets: Readonly<Record<Scope | 'revoked', string>>
  /** Asks as admin, unless another secret is given; `''` sends none. */
  call(method: Method, path: string, body?: unknown, options?: CallOptions): Promise<LightMyRequestResponse>
  close(): Promise<void>
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE' | 'PUT' | 'OPTIONS'

export interface CallOptions {
  readonly secret?: string
  readonly headers?: Readonly<Record<string, string>>
}

export async function createHarness(options: Partial<ServerOptions> = {}): Promise<Harness> {
  const helios = options.helios ?? (await Helios.open())
  const keys = await KeyStore.open(helios.registry)
  const make = async (name: string, scope: Scope): Promise<string> =>
    (await keys.create({ name, scopes: [scope], by: 'test' })).secret
  const secrets = {
    read: await make('reader', 'read'),
    decide: await make('decider', 'decide'),
    ingest: await make('ingester', 'ingest'),
    admin: await make('Ada', 'admin'),
    revoked: await make('gone', 'admin'),
  }
  await keys.revoke(secrets.revoked.slice(4, 12), 'test')
  const server = await createServer({ pages: false, ...options, helios, keys })
  const close = async (): Promise<void> => {
    await server.close()
    await helios.close()
  }
  return { helios, server, keys, secrets, close, call: caller(server, secrets.admin) }
}

function caller(server: App, admin: string): Harness['call'] {
  return async (method, url, body, { secret = admin, headers = {} } = {}) =>
    server.inject({
      method,
      url,
      headers: {
        ...(secret === '' ? {} : { authorization: `Bearer ${secret}` }),
        ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as object }),
    })
}

/** An experiment that is as small as can be. */
export const GREETING = {
  key: 'greeting',
  variants: [
    { key: 'calm', control: true, payload: 'Hello.' },
    { key: 'warm', payload: 'Good to see you!' },
  ],
  metrics: { primary: ['satisfaction_rating'] },
}

/** A harness whose experiment "greeting" runs. */
export async function createRunning(options: Partial<ServerOptions> = {}): Promise<Harness> {
  const harness = await createHarness(options)
  await harness.helios.experiments.create(GREETING)
  await harness.helios.experiments.start(GREETING.key)
  return harness
}

/** Outcomes with distinct ids. */
export function outcomes(
  count: number,
  prefix = 'o',
): { id: string; unit: string; metric: string; value: number }[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${prefix}-${index}`,
    unit: `u-${index}`,
    metric: 'satisfaction_rating',
    value: (index % 10) / 10,
  }))
}
