/** What a client does by itself once it is at work: it keeps definitions fresh, and looks after journals. */
import { takeOver } from './adoption.ts'
import type { Chunk } from './chunk.ts'
import type { Definitions } from './definitions.ts'
import type { Journal } from './journal.ts'
import { keepLive, type LiveOptions } from './live.ts'
import type { Platform } from './platform.ts'
import type { Queue } from './queue.ts'
import type { Transport } from './transport.ts'

export interface Background {
  /** A page that nobody sees neither listens nor asks. */
  sleep(): void
  wake(): void
  close(): void
}

const TICK_MILLISECONDS = 30_000

export function startBackground(
  journal: Journal,
  queue: Queue,
  platform: Platform,
  definitions: Definitions,
  transport: Transport,
  options: LiveOptions,
): Background {
  const live = keepLive(definitions, transport, platform, options)
  let stopTicking = (): void => {}

  function tick(): void {
    stopTicking()
    stopTicking = platform.setTimer(tick, TICK_MILLISECONDS)
    if (journal.count() > 0) journal.beat()
    // What cannot be taken over now is tried at the next tick.
    takeOver(journal.all, platform).then(adopt, () => {})
  }

  function adopt(chunks: readonly Chunk[]): void {
    journal.adopt(chunks)
    queue.wake()
  }

  tick()
  return {
    sleep: live.sleep,
    wake: () => {
      live.wake()
      tick()
    },
    close: () => {
      live.close()
      stopTicking()
    },
  }
}
