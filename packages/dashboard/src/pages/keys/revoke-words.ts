import type { ApiKey, Scope } from '@helios/sdk'
import { allows } from './scope-words.ts'

const LOSSES: readonly (readonly [Scope, string])[] = [
  ['decide', 'Services that decide with it go on with the definitions they hold; new ones get fallbacks.'],
  [
    'ingest',
    'Exposures and outcomes sent with it are refused. The sdk keeps them for a while; other senders may lose them.',
  ],
  ['read', 'Dashboards and monitoring that read with it go dark.'],
]

/** What stops when a key is revoked, one sentence each. */
export function consequencesOf(
  key: ApiKey,
  keys: readonly ApiKey[],
  sessionName: string | undefined,
): string[] {
  const found = LOSSES.filter(([scope]) => allows(key.scopes, scope)).map(([, loss]) => loss)
  const others = keys.filter(({ id, revokedAt }) => id !== key.id && revokedAt === undefined)
  if (key.scopes.includes('admin') && !others.some(({ scopes }) => scopes.includes('admin'))) {
    found.push(
      'It is the last key with “admin”. To make another without one, the server has to be stopped: helios keys create --scopes admin --path STORE.',
    )
  }
  if (key.name === sessionName) {
    found.push('Your session has the same name. If you signed in with this key, you will be signed out.')
  }
  return found
}
