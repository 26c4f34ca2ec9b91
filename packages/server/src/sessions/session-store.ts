import { type Clock, DAY_MILLISECONDS, type Registry, systemClock } from '@helios/engine'
import type { Scope, Session } from '@helios/sdk'
import type { KeyStore } from '../keys/key-store.ts'
import { hashToken, newToken } from './token.ts'

const COLLECTION = 'sessions'
export const SESSION_DAYS = 30
const MILLISECONDS_TO_LIVE = SESSION_DAYS * DAY_MILLISECONDS
/** Of the 64 digits of the hash: enough to name a session, not enough to find its token by. */
const ID_DIGITS = 16

/** A session that is open now. */
export interface OpenSession extends Session {
  readonly id: string
  /** Key that the session goes back to, and ends with. */
  readonly keyId?: string
}

interface StoredSession extends OpenSession {
  /** SHA-256 of the token, hexadecimal. */
  readonly hash: string
  readonly createdAt: number
  readonly endedAt?: number
}

export interface NewSession {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly keyId?: string
  /** How it came about, for the audit log. */
  readonly why: string
}

/** Who is signed in to the pages: kept as documents, so that a restart signs nobody out, and mirrored in memory. */
export class SessionStore {
  readonly #registry: Registry
  readonly #keys: KeyStore
  readonly #clock: Clock
  /** Sessions that were not ended, by the hash of their token. */
  readonly #sessions = new Map<string, StoredSession>()

  private constructor(registry: Registry, keys: KeyStore, clock: Clock) {
    this.#registry = registry
    this.#keys = keys
    this.#clock = clock
  }

  static async open(registry: Registry, keys: KeyStore, clock: Clock = systemClock): Promise<SessionStore> {
    const store = new SessionStore(registry, keys, clock)
    for (const { value } of await registry.list(COLLECTION)) {
      const session = value as StoredSession
      if (session.endedAt === undefined) store.#sessions.set(session.hash, session)
    }
    store.#forgetExpired()
    return store
  }

  /** Opens a session and answers with its token, which exists nowhere else from then on. */
  async create({ why, ...who }: NewSession): Promise<{ session: OpenSession; token: string }> {
    this.#forgetExpired()
    const token = newToken()
    const hash = hashToken(token)
    const createdAt = this.#clock.now()
    const expiresAt = createdAt + MILLISECONDS_TO_LIVE
    const session = { ...who, id: hash.slice(0, ID_DIGITS), hash, createdAt, expiresAt }
    await this.#write(session, 1, 'create', why)
    this.#sessions.set(hash, session)
    return { session, token }
  }

  /** The session behind a token; undefined when there is none, it is over, or its key was revoked. */
  find(token: string): OpenSession | undefined {
    const session = this.#sessions.get(hashToken(token))
    if (!session || session.expiresAt <= this.#clock.now()) return undefined
    return session.keyId === undefined || this.#keys.isActive(session.keyId) ? session : undefined
  }

  /** Signs out; ending what is over already changes nothing. */
  async end({ id }: OpenSession): Promise<void> {
    const session = [...this.#sessions.values()].find((one) => one.id === id)
    if (!session) return
    // At once, so that no request slips through while the store writes.
    this.#sessions.delete(session.hash)
    await this.#write({ ...session, endedAt: this.#clock.now() }, 2, 'edit', 'signed out')
  }

  async #write(
    session: StoredSession,
    version: number,
    action: 'create' | 'edit',
    why: string,
  ): Promise<void> {
    const { id: key, name: by } = session
    await this.#registry.write(
      [{ collection: COLLECTION, key, version, value: session }],
      [{ subject: `${COLLECTION}/${key}`, version, action, at: this.#clock.now(), by, why }],
    )
  }

  #forgetExpired(): void {
    const now = this.#clock.now()
    for (const [hash, { expiresAt }] of this.#sessions) if (expiresAt <= now) this.#sessions.delete(hash)
  }
}
