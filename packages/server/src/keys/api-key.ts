import { hash, randomBytes } from 'node:crypto'
import type { Scope } from '@helios/sdk'

export const SCOPES = ['read', 'decide', 'ingest', 'admin'] as const satisfies readonly Scope[]

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

/** Whether any of the wanted scopes is among those that somebody has; `admin` implies the others. */
export function grants(scopes: readonly Scope[], wanted: readonly Scope[]): boolean {
  return scopes.includes('admin') || wanted.some((scope) => scopes.includes(scope))
}
