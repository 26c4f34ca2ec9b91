/** Keeps definitions fresh: by a stream that tells of changes, or by asking now and then. */
import type { Definitions } from './definitions.ts'
import type { LateParts } from './late-parts.ts'
import type { Platform } from './platform.ts'
import { backOffMilliseconds, type Transport } from './transport.ts'

export interface LiveOptions {
  readonly stream: boolean
  readonly pollMilliseconds: number
}

export interface Live {
  /** A page that nobody sees neither listens nor asks. */
  sleep(): void
  wake(): void
  close(): void
}

const SILENCE_MILLISECONDS = 45_000
const LASTING_MILLISECONDS = 60_000

export function keepLive(
  definitions: Definitions,
  transport: Transport,
  platform: Platform,
  lateParts: LateParts,
  { stream, pollMilliseconds }: LiveOptions,
): Live {
  let canStream = stream
  let isAsleep = false
  let isClosed = false
  let failures = 0
  /** Streams in a row that ended soon. */
  let breaks = 0
  /** Ends what the loop is at: a pause or a stream. */
  let interrupt = (): void => {}

  async function run(): Promise<void> {
    while (!isClosed) {
      const wait = await definitions.refresh()
      failures = wait === undefined ? 0 : failures + 1
      if (wait === undefined && canStream && !isAsleep && !isClosed) await listen()
      await pause(Math.max(wait ?? 0, delay()))
    }
  }

  function delay(): number {
    const attempts = Math.max(failures, canStream ? breaks : 0)
    if (attempts > 0) return backOffMilliseconds(attempts, platform.random())
    // A quarter more or less, so that clients which started together do not ask together for ever.
    return pollMilliseconds * (0.75 + platform.random() / 2)
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      if (isClosed) return resolve()
      const cancel = isAsleep ? undefined : platform.setTimer(resolve, milliseconds)
      interrupt = () => {
        cancel?.()
        resolve()
      }
    })
  }

  /** Returns when the stream ended, or we ended it; a server without streams is asked now and then instead. */
  async function listen(): Promise<void> {
    const startedAt = platform.now()
    const abort = new AbortController()
    let stopClock = (): void => {}
    const interrupted = new Promise<void>((resolve) => {
      interrupt = resolve
    })
    const restartClock = (): void => {
      stopClock()
      stopClock = platform.setTimer(interrupt, SILENCE_MILLISECONDS)
    }
    const follow = async (): Promise<boolean> => {
      const followStream = await lateParts.followStream()
      return followStream(transport, abort.signal, hear, restartClock)
    }
    restartClock()
    // What breaks, at loading or later, is tried again. Loading may also take for ever.
    canStream = (await Promise.race([follow(), interrupted]).catch(() => {})) !== false
    stopClock()
    abort.abort()
    const lasted = platform.now() - startedAt > LASTING_MILLISECONDS
    if (!isAsleep) breaks = lasted ? 1 : breaks + 1
  }

  function hear(etag: string | undefined): void {
    if (etag !== definitions.etag()) void definitions.refresh()
  }

  void run()
  return {
    sleep: () => {
      isAsleep = true
      interrupt()
    },
    wake: () => {
      if (isAsleep) {
        isAsleep = false
        interrupt()
      }
    },
    close: () => {
      isClosed = true
      interrupt()
    },
  }
}
