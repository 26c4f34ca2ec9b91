import { hash } from 'node:crypto'
import { HeliosError } from '@helios/engine'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Entity tag (RFC 9110, section 8.8.3) of a versioned document. */
export function versionTag(version: number): string {
  return `"${version}"`
}

/** Entity tag of anything else: a digest of what is sent. */
export function digestTag(body: string | Buffer): string {
  return `"${hash('sha256', body, 'base64url').slice(0, 22)}"`
}

/** Sets the tag, and says whether the client has that very thing already (If-None-Match). */
export function isUnchanged(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  // Without `no-cache` a browser might not ask again; with `no-store` it could not keep the thing at all.
  reply.header('etag', tag).header('cache-control', 'private, no-cache')
  const known = (request.headers['if-none-match'] ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(tag) || known.includes('*')
}

/** Version that the client read before it changes something (If-Match); undefined when it does not care. */
export function expectedVersion(request: FastifyRequest): number | undefined {
  const given = request.headers['if-match']?.trim()
  if (given === undefined || given === '*') return undefined
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(given)?.[1]
  if (version === undefined) {
    throw new HeliosError('HEL_REQUEST_INVALID', {
      problem: 'If-Match must be the ETag of the document, like "3"',
    })
  }
  return Number(version)
}
