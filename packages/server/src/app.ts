import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { Helios } from '@helios/engine'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ApiKey, Scope } from './keys/api-key.ts'
import type { KeyStore } from './keys/key-store.ts'
import type { Telemetry } from './telemetry.ts'

/** Fastify, with the types of a route taken from its TypeBox schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** What the routes work with. */
export interface Context {
  readonly helios: Helios
  readonly keys: KeyStore
  readonly telemetry: Telemetry
  readonly version: string
  readonly storePath: string
  /** Turns true when the server begins to stop: from then on nothing new is taken in. */
  readonly life: { stopping: boolean }
}

/** Who may call a route: everyone, or a key with any one of these scopes. */
export type Access = 'public' | readonly [Scope, ...Scope[]]

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    /** The key that authenticated the request; null on public routes. */
    caller: ApiKey | null
  }
}
