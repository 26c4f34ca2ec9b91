/** Requests to the server: the key, time limits, what went wrong, and what an answer says about time. */
import type { ClientErrorCode, Report } from './errors.ts'
import type { Platform, PlatformResponse } from './platform.ts'

export interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Goes on when the page is left; at most 64 KiB. */
  readonly keepalive?: boolean
}

export interface Answer {
  readonly status: number
  readonly etag: string | null
  readonly text: string
}

/**
 * Asks the same thing again and again, and reports once when that begins to fail.
 *
 * @param read undefined when the answer is not one of Helios to this question; it may throw then, too
 * @returns what was read, or how many milliseconds to wait at least before asking again
 */
export type Channel = <T extends object>(
  question: Question,
  read: (answer: Answer) => T | undefined,
) => Promise<T | number>

export interface Transport {
  channel(path: string): Channel
  /** The response as soon as its head is there; for answers that never end. */
  open(path: string, signal: AbortSignal): Promise<PlatformResponse>
  /** Milliseconds since 1970 by the clock of this machine, corrected by that of the server. */
  now(): number
  /** Milliseconds to wait after so many failures in a row. */
  backOff(failures: number): number
}

const TIMEOUT_MILLISECONDS = 15_000
const REFUSED_WAIT_MILLISECONDS = 60_000
/** Clocks that agree this well are left alone: `Date` counts whole seconds. */
const SKEW_MILLISECONDS = 2000
/** Characters of a page that some proxy answered with. */
const LONGEST_CAUSE = 300
const LONGEST_WAIT_MILLISECONDS = 300_000

/**
 * @param onFirstSkew told once, when the first answer shows that this machine's clock is wrong: by how many
 *   milliseconds the times so far must be moved
 */
export function createTransport(
  { url, key }: { readonly url: string; readonly key: string },
  platform: Platform,
  report: Report,
  onFirstSkew: (milliseconds: number) => void,
): Transport {
  let skew: number | undefined

  /** The correction is the plain difference of the clocks; a slow answer tells too little to use. */
  function measureSkew(date: string | null, askedAt: number): void {
    const now = platform.now()
    // `Date` is cut to the second: the middle of that second is the best guess.
    const difference = Date.parse(date ?? '') + 500 - now
    if (now - askedAt >= SKEW_MILLISECONDS || Number.isNaN(difference)) return
    const isFirst = skew === undefined
    skew = Math.abs(difference) > SKEW_MILLISECONDS ? difference : 0
    if (isFirst && skew !== 0) onFirstSkew(skew)
  }

  async function open(path: string, signal: AbortSignal, question: Question = {}): Promise<PlatformResponse> {
    const askedAt = platform.now()
    const response = await platform.fetch(url + path, {
      ...question,
      headers: { ...question.headers, authorization: `Bearer ${key}` },
      signal,
      cache: 'no-store',
    })
    measureSkew(response.headers.get('date'), askedAt)
    return response
  }

  function channel(path: string): Channel {
    let told: string | undefined

    return async (question, read) => {
      const abort = new AbortController()
      const cancel = platform.setTimer(() => abort.abort(), TIMEOUT_MILLISECONDS, true)
      let code: ClientErrorCode = 'unreachable'
      let failure = 'cannot be reached'
      let wait = 0
      let cause: unknown
      try {
        const response = await open(path, abort.signal, question)
        const { status, headers } = response
        failure = `answered ${status}`
        wait = waitOf(headers.get('retry-after'), platform.now())
        if (status === 401 || status === 403) {
          code = 'key-refused'
          wait = REFUSED_WAIT_MILLISECONDS
        }
        const text = await response.text()
        const result = read({ status, etag: headers.get('etag'), text })
        cause = text
        if (result) {
          told = undefined
          return result
        }
      } catch (error) {
        cause = error
      } finally {
        cancel()
      }
      const message = `${url}${path} ${failure}; it is tried again. ${`${cause}`.slice(0, LONGEST_CAUSE)}`
      if (told !== code) report(code, message, { cause })
      told = code
      return wait
    }
  }

  return {
    channel,
    open,
    now: () => platform.now() + (skew ?? 0),
    backOff: (failures) => backOffMilliseconds(failures, platform.random()),
  }
}

/** Seconds, or a date (RFC 9110, section 10.2.3). */
function waitOf(retryAfter: string | null, now: number): number {
  const seconds = Number(retryAfter)
  const wait = Number.isNaN(seconds) ? Date.parse(retryAfter as string) - now : seconds * 1000
  return wait > 0 ? Math.min(wait, LONGEST_WAIT_MILLISECONDS) : 0
}

/**
 * How long to wait after `failures` in a row: exponential back-off from 0.5 s to 60 s with full jitter, so
 * that clients which lost the server together do not come back together (Brooker 2015, "Exponential Backoff
 * And Jitter").
 */
export function backOffMilliseconds(failures: number, random: number): number {
  return random * Math.min(60_000, 500 * 2 ** (failures - 1))
}
