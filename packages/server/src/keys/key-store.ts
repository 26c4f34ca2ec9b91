import { timingSafeEqual } from 'node:crypto'
import { type Clock, HeliosError, type Registry, systemClock } from '@helios/engine'
import type { ApiKey, Scope } from '@helios/sdk'
import { hashSecret, idOfSecret, newSecret } from './api-key.ts'

const COLLECTION = 'api-keys'
/** Compared with when a key is unknown, so that the answer takes as long as for a known one. */
const NO_HASH = Buffer.alloc(32)

interface StoredKey extends ApiKey {
  /** SHA-256 of the secret, hexadecimal. */
  readonly hash: string
}

interface Entry {
  readonly key: ApiKey
  readonly hash: Buffer
  readonly version: number
}

export interface NewKey {
  readonly name: string
  readonly scopes: readonly Scope[]
  /** Name of the key that asks for this one, for the audit log. */
  readonly by: string
  /** A secret made elsewhere, in the same form; made here when absent. */
  readonly secret?: string
}

/** API keys, kept as versioned documents and mirrored in memory; one process writes a store at a time. */
export class KeyStore {
  readonly #registry: Registry
  readonly #clock: Clock
  readonly #entries = new Map<string, Entry>()

  private constructor(registry: Registry, clock: Clock) {
    this.#registry = registry
    this.#clock = clock
  }

  static async open(registry: Registry, clock: Clock = systemClock): Promise<KeyStore> {
    const store = new KeyStore(registry, clock)
    for (const document of await registry.list(COLLECTION)) {
      store.#remember(document.value as StoredKey, document.version)
    }
    return store
  }

  /** Whether the store never had a key. Revoked keys count: revoking all must not open the door again. */
  get isEmpty(): boolean {
    return this.#entries.size === 0
  }

  /** All keys, revoked ones included, newest last. */
  list(): ApiKey[] {
    return [...this.#entries.values()].map((entry) => entry.key).sort((a, b) => a.createdAt - b.createdAt)
  }

  /** Makes a key and answers with its secret, which exists nowhere else from then on. */
  async create({ name, scopes, by, secret = newSecret() }: NewKey): Promise<{ key: ApiKey; secret: string }> {
    const id = idOfSecret(secret)
    if (id === undefined) {
      throw new HeliosError('HEL_USAGE', {
        problem: 'An API key looks like hel_<8 hexadecimal digits>_<43 characters of base64url>',
      })
    }
    const key: ApiKey = { id, name, scopes: [...new Set(scopes)], createdAt: this.#clock.now() }
    await this.#write({ ...key, hash: hashSecret(secret).toString('hex') }, 1, 'create', by)
    return { key, secret }
  }

  /** Refuses the key from now on; revoking twice changes nothing. Throws HEL_KEY_NOT_FOUND. */
  async revoke(id: string, by: string): Promise<ApiKey> {
    const entry = this.#entries.get(id)
    if (!entry) throw new HeliosError('HEL_KEY_NOT_FOUND', { id })
    if (entry.key.revokedAt !== undefined) return entry.key
    const revoked: ApiKey = { ...entry.key, revokedAt: this.#clock.now() }
    await this.#write({ ...revoked, hash: entry.hash.toString('hex') }, entry.version + 1, 'edit', by)
    return revoked
  }

  /** The key behind a secret; undefined when there is none, or it was revoked. */
  authenticate(secret: string): ApiKey | undefined {
    const entry = this.#entries.get(idOfSecret(secret) ?? '')
    const matches = timingSafeEqual(hashSecret(secret), entry?.hash ?? NO_HASH)
    return matches && entry?.key.revokedAt === undefined ? entry?.key : undefined
  }

  /** Whether there is a key of this id, and it was not revoked. */
  isActive(id: string): boolean {
    const entry = this.#entries.get(id)
    return entry !== undefined && entry.key.revokedAt === undefined
  }

  async #write(stored: StoredKey, version: number, action: 'create' | 'edit', by: string): Promise<void> {
    const subject = `${COLLECTION}/${stored.id}`
    const why = action === 'create' ? `key "${stored.name}" made` : `key "${stored.name}" revoked`
    await this.#registry.write(
      [{ collection: COLLECTION, key: stored.id, version, value: stored }],
      [{ subject, version, action, at: this.#clock.now(), by, why }],
    )
    this.#remember(stored, version)
  }

  #remember({ hash, ...key }: StoredKey, version: number): void {
    this.#entries.set(key.id, { key, hash: Buffer.from(hash, 'hex'), version })
  }
}
