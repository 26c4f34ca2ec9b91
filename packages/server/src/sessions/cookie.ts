import type { FastifyRequest } from 'fastify'
import { SESSION_DAYS } from './session-store.ts'

const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Strict'

/**
 * Name of the session's cookie, with the port under which the browser sees us: a browser sends the cookies
 * of a host to all of its ports, and two servers on one machine would sign each other's people out.
 */
export function cookieName({ headers: { host = '' } }: FastifyRequest): string {
  const port = /:(\d{1,5})$/.exec(host)?.[1]
  return port === undefined ? 'helios_session' : `helios_session_${port}`
}

/** Token in the cookie of a request; empty when there is none. */
export function sessionToken(request: FastifyRequest): string {
  const start = `${cookieName(request)}=`
  const cookies = (request.headers.cookie ?? '').split(';').map((one) => one.trim())
  return cookies.find((one) => one.startsWith(start))?.slice(start.length) ?? ''
}

/** Value of `Set-Cookie` that signs in. */
export function sessionCookie(request: FastifyRequest, token: string): string {
  return cookie(request, token, SESSION_DAYS * 86_400)
}

/** Value of `Set-Cookie` that makes the browser forget. */
export function noCookie(request: FastifyRequest): string {
  return cookie(request, '', 0)
}

function cookie(request: FastifyRequest, value: string, maximumAgeSeconds: number): string {
  const secure = cameByHttps(request) ? '; Secure' : ''
  return `${cookieName(request)}=${value}; ${ATTRIBUTES}; Max-Age=${maximumAgeSeconds}${secure}`
}

/** The proxy in front says so. A client that claims it falsely only gets a cookie that it cannot send back. */
function cameByHttps({ headers, protocol }: FastifyRequest): boolean {
  const forwarded = String(headers['x-forwarded-proto'] ?? '').split(',')[0]
  return protocol === 'https' || forwarded?.trim().toLowerCase() === 'https'
}
