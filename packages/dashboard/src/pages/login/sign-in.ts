import { RefusedError } from '../../api/request.ts'

/** How somebody proves who they are. */
export type Proof = { readonly link: string } | { readonly key: string }

/** The one-time token of a login link, which travels behind the # so that no log and no referrer has it. */
export function tokenIn(hash: string): string | undefined {
  const token = hash.replace(/^#/, '')
  return token === '' ? undefined : token
}

/**
 * Where to go after signing in: a path of this server or `/`. Whoever sends a link with an address of
 * theirs in it must not get the visitor there.
 */
export function destinationIn(search: string, origin: string): string {
  const wanted = new URLSearchParams(search).get('then') ?? '/'
  if (!/^\/(?![/\\])/.test(wanted) || !URL.canParse(wanted, origin)) return '/'
  const url = new URL(wanted, origin)
  // What looked like a path may have become the beginning of another address: /..//other.example
  if (url.origin !== origin || url.pathname.startsWith('//') || url.pathname === '/login') return '/'
  return url.pathname + url.search + url.hash
}

export interface RefusalWords {
  readonly title: string
  readonly text: string
  /** Whether a new login link helps. */
  readonly needsLink: boolean
}

/** Why somebody was not let in, and what to do; undefined when it was no refusal. */
export function refusalInWords(error: unknown): RefusalWords | undefined {
  if (!(error instanceof RefusedError) || error.status >= 500) return undefined
  switch (error.code) {
    case 'HEL_LOGIN_LINK_INVALID':
      return {
        title: 'This link does not open anything any more',
        text: 'A login link works once, and only for an hour. Get another where the server runs:',
        needsLink: true,
      }
    case 'HEL_UNAUTHENTICATED':
      return {
        title: 'This key is not known here',
        text: 'It may be mistyped, revoked, or belong to another server. A key looks like hel_3f9a01c2_ followed by 43 characters.',
        needsLink: false,
      }
    case 'HEL_TOO_MANY_ATTEMPTS':
      return { title: 'Too many attempts', text: error.message, needsLink: false }
    default:
      return { title: 'That was refused', text: `${error.message} (${error.code})`, needsLink: false }
  }
}
