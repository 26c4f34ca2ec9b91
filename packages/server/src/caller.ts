import type { Scope } from '@helios/sdk'
import type { FastifyRequest } from 'fastify'
import type { KeyStore } from './keys/key-store.ts'
import { sessionToken } from './sessions/cookie.ts'
import type { OpenSession, SessionStore } from './sessions/session-store.ts'

/** Who asks: a program with a key, or a person who is signed in to the pages. */
export interface Caller {
  /** Name that stands in the audit log. */
  readonly name: string
  readonly scopes: readonly Scope[]
  /** The key itself, or the one that the session goes back to. */
  readonly keyId?: string
  /** Present when the request came with the cookie of the pages. */
  readonly session?: OpenSession
}

interface Stores {
  readonly keys: KeyStore
  readonly sessions: SessionStore
}

const BEARER = /^Bearer +(\S+)$/i

/** Who asks; undefined for strangers. A key that is sent counts, also when it is wrong; else the cookie does. */
export function identify(request: FastifyRequest, { keys, sessions }: Stores): Caller | undefined {
  const { authorization } = request.headers
  if (authorization === undefined) return callerOfSession(sessions.find(sessionToken(request)))
  const key = keys.authenticate(BEARER.exec(authorization)?.[1] ?? '')
  return key && { name: key.name, scopes: key.scopes, keyId: key.id }
}

function callerOfSession(session: OpenSession | undefined): Caller | undefined {
  if (!session) return undefined
  const { name, scopes, keyId } = session
  return { name, scopes, session, ...(keyId === undefined ? {} : { keyId }) }
}
