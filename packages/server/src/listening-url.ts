import type { App } from './app.ts'

/** Shown where the server does not listen: in tests, and to whom it is a library. */
export const USUAL_URL = 'http://localhost:4300'

/**
 * Address that can be opened on this machine, whatever the server listens on; undefined before it does.
 * The Host header is not asked: whoever sends a request can write anything there.
 */
export function listeningUrl(app: App): string | undefined {
  const at = app.server.address()
  if (at === null || typeof at === 'string') return undefined
  const isAny = at.address === '0.0.0.0' || at.address === '::'
  const host = isAny ? 'localhost' : at.family === 'IPv6' ? `[${at.address}]` : at.address
  return `http://${host}:${at.port}`
}
