/** Keeps definitions fresh: by a stream that tells of changes, or by asking now and then. */
import type { Definitions } from './definitions.ts'
import type { Platform } from './platform.ts'
import { followStream } from './stream.ts'
import type { Transport } from './transport.ts'

export interface LiveOptions {
  readonly stream: boolean
  readonly pollMilliseconds: number
}

export interface Live {
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
    let answer = definitions.latest()
    while (!isClosed) {
      const wait = await answer
      failures = wait === undefined ? 0 : failures + 1
      if (wait === undefined && canStream && !isAsleep && !isClosed) await listen()
      await pause(Math.max(wait ?? 0, delay()))
      if (!isClosed) answer = definitions.refresh()
    }
  }

  function delay(): number {
    const attempts = Math.max(failures, canStream ? breaks : 0)
    if (attempts > 0) return transport.backOff(attempts)
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

  /** Returns when the stream ended; a server without streams is asked now and then instead. */
  async function listen(): Promise<void> {
    const startedAt = platform.now()
    const abort = new AbortController()
    let stopClock = (): void => {}
    const restartClock = (): void => {
      stopClock()
      stopClock = platform.setTimer(() => abort.abort(), SILENCE_MILLISECONDS)
    }
    interrupt = () => abort.abort()
    restartClock()
    try {
      canStream = await followStream(transport, abort.signal, hear, restartClock)
    } catch {
      // The stream broke, or we ended it: in both cases the loop goes on.
    } finally {
      stopClock()
      abort.abort()
    }
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
