import { type Clock, systemClock } from '@helios/engine'
import { TransportError } from '../problem.ts'
import { hashToken, newToken } from './token.ts'

const PREFIX = 'hll_'
/** Name of those who sign in by a link that was made for nobody in particular. */
export const OWNER = 'owner'
export const LOGIN_LINK_MINUTES = 60
const MILLISECONDS_TO_LIVE = LOGIN_LINK_MINUTES * 60_000

/** For whom a link signs in. */
export interface LoginGrant {
  /** Name that the audit log will show. */
  readonly name: string
  /** Key by which the link was made; the session ends with it. Absent for the links of a start. */
  readonly keyId?: string
}

export interface LoginLink {
  readonly token: string
  readonly expiresAt: number
}

/** One-time tokens that sign an admin in to the pages. Hashes only, in memory only: a restart forgets them. */
export class LoginLinks {
  readonly #clock: Clock
  readonly #grants = new Map<string, LoginGrant & { readonly expiresAt: number }>()

  constructor(clock: Clock = systemClock) {
    this.#clock = clock
  }

  create(grant: LoginGrant): LoginLink {
    this.#forgetExpired()
    const token = `${PREFIX}${newToken()}`
    const expiresAt = this.#clock.now() + MILLISECONDS_TO_LIVE
    this.#grants.set(hashToken(token), { ...grant, expiresAt })
    return { token, expiresAt }
  }

  /** Uses a token up. Throws HEL_LOGIN_LINK_INVALID when it is unknown, was used or has expired. */
  redeem(token: string): LoginGrant {
    const hash = hashToken(token)
    const found = this.#grants.get(hash)
    this.#grants.delete(hash)
    if (!found || found.expiresAt <= this.#clock.now()) throw invalidLink()
    const { expiresAt: _, ...grant } = found
    return grant
  }

  #forgetExpired(): void {
    const now = this.#clock.now()
    for (const [hash, { expiresAt }] of this.#grants) if (expiresAt <= now) this.#grants.delete(hash)
  }
}

function invalidLink(): TransportError {
  return new TransportError(
    'HEL_LOGIN_LINK_INVALID',
    'This login link was used already, has expired or was never made; "helios login" prints a new one.',
  )
}

/**
 * The address that signs in. The token stands in the fragment, which browsers send to nobody: it reaches
 * no log of a proxy and no referrer.
 *
 * @param url where the server is reached, without a slash at the end
 */
export function loginUrl(url: string, token: string): string {
  return `${url}/login#${token}`
}
