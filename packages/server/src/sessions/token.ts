import { hash, randomBytes } from 'node:crypto'

const SECRET_BYTES = 32

/** 256 random bits in base64url: 43 characters. */
export function newToken(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** What is kept of a token: its SHA-256, hexadecimal. Finding it by hash takes as long for unknown tokens. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'hex')
}
