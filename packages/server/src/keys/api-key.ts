import { hash, randomBytes } from 'node:crypto'

export const SCOPES = ['read', 'decide', 'ingest', 'admin'] as const
/** What a key may do; `admin` implies the others. */
export type Scope = (typeof SCOPES)[number]

/** A key as the store keeps it: everything but the secret itself. */
export interface ApiKey {
  readonly id: string
  readonly name: string
  readonly scopes: readonly Scope[]
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly revokedAt?: number
}

const FORMAT = /^hel_([0-9a-f]{8})_[A-Za-z0-9_-]{43}$/

/** A new secret: `hel_`, eight hexadecimal digits that name the key, and 32 random bytes in base64url. */
export function newSecret(): string {
  return `hel_${randomBytes(4).toString('hex')}_${randomBytes(32).toString('base64url')}`
}

/** The name of the key inside a secret; undefined when the text has not the form of a secret. */
export function idOfSecret(secret: string): string | undefined {
  return FORMAT.exec(secret)?.[1]
}

/**
 * SHA-256 of a secret. Slow hashes (scrypt, argon2) make guessing a password costly; 256 random bits
 * cannot be guessed at any speed, and every request pays for this.
 */
export function hashSecret(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}

/** Whether any of the wanted scopes is granted. */
export function grants(key: ApiKey, wanted: readonly Scope[]): boolean {
  return key.scopes.includes('admin') || wanted.some((scope) => key.scopes.includes(scope))
}
