import type { FastifyRequest } from 'fastify'
import { TransportError } from '../problem.ts'

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/**
 * A browser adds the session's cookie also to what other sites make it send. Changes need proof that one
 * of our own pages asks, and readings that no other site does. Throws HEL_CROSS_ORIGIN.
 */
export function requireOwnPage(request: FastifyRequest): void {
  const isFine = SAFE_METHODS.includes(request.method)
    ? request.headers['sec-fetch-site'] !== 'cross-site'
    : isSameOrigin(request) === true
  if (!isFine) throw crossOrigin()
}

/** Programs say nothing of their origin and may sign in; a page of another site may not. Throws HEL_CROSS_ORIGIN. */
export function refuseOtherPages(request: FastifyRequest): void {
  if (isSameOrigin(request) === false) throw crossOrigin()
}

/** What the browser says of the page that asks; undefined when it says nothing. */
function isSameOrigin({ headers }: FastifyRequest): boolean | undefined {
  const { origin, host } = headers
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  if (origin === undefined) return undefined
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase()
}

function crossOrigin(): TransportError {
  return new TransportError(
    'HEL_CROSS_ORIGIN',
    'A session is for the pages of this server only; other pages and programs send an API key.',
  )
}
