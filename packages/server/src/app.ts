import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { Helios } from '@helios/engine'
import type { Scope } from '@helios/sdk'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Caller } from './caller.ts'
import type { Dashboard } from './dashboard/dashboard.ts'
import type { Definitions } from './definitions.ts'
import type { DemoControl } from './demo/control.ts'
import type { KeyStore } from './keys/key-store.ts'
import type { LoginAttempts } from './sessions/login-attempts.ts'
import type { LoginLinks } from './sessions/login-links.ts'
import type { SessionStore } from './sessions/session-store.ts'
import type { LiveStream } from './stream/live-stream.ts'
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
  readonly sessions: SessionStore
  readonly loginLinks: LoginLinks
  readonly loginAttempts: LoginAttempts
  readonly definitions: Definitions
  readonly stream: LiveStream
  /** The built pages; undefined where they were not built. */
  readonly dashboard: Dashboard | undefined
  /** Simulated traffic; undefined on a server without it. */
  readonly demo: DemoControl | undefined
  readonly telemetry: Telemetry
  readonly version: string
  readonly storePath: string
  /** Turns true when the server begins to stop: from then on nothing new is taken in. */
  readonly life: { stopping: boolean }
}

/** Who may call a route: everyone, whoever is signed in, or a key or session with any one of these scopes. */
export type Access = 'public' | 'session' | readonly [Scope, ...Scope[]]

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** The answer goes on for as long as somebody listens, so its duration says nothing. */
    isEndless?: boolean
  }
  interface FastifyInstance {
    /** Whether the built pages were found. */
    hasDashboard: boolean
  }
  interface FastifyRequest {
    /** Who asks; null on public routes. */
    caller: Caller | null
  }
}
